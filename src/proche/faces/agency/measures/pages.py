"""Each measure in plain words: what it says, how it is counted, what it cannot tell."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from proche.areas.evidence.words import MEASURES


@dataclass(frozen=True)
class MeasurePage:
    name: str
    says: str | Promise
    counted: str | Promise
    cannot: str | Promise

    @property
    def label(self) -> str | Promise:
        return MEASURES[self.name]


PAGES = (
    MeasurePage(
        "reply_rate",
        _("Of the comments people leave, how many get an answer from this person."),
        _("Comments answered, out of comments received under their posts."),
        _("It does not see answers by private message, or a heart given to a comment."),
    ),
    MeasurePage(
        "returning_share",
        _("Whether the same people come back, post after post."),
        _("Of everyone who reacted, those seen under three posts or more."),
        _("More posts give more chances to come back: compare people followed for as long."),
    ),
    MeasurePage(
        "comment_rate",
        _("How much people talk, for an account of this size."),
        _("Comments per post, divided by the number of followers."),
        _("It does not know who commented, nor whether the words were kind."),
    ),
    MeasurePage(
        "reciprocity",
        _("Whether this person also goes to see those who come to see them."),
        _("Of the people who reacted, those to whom this person reacted too, one day or another."),
        _("What happens on another network is not seen, so the real figure may be higher."),
    ),
    MeasurePage(
        "local_share",
        _("Whether the public lives nearby."),
        _("Of the people whose region is known, those who live in the same region."),
        _("Few people say where they live: the others may be from anywhere."),
    ),
    MeasurePage(
        "response_time",
        _("How long people wait for an answer."),
        _("Half of the answers came sooner than this. Five answers are needed to say it."),
        _("It does not know about nights, work or holidays."),
    ),
    MeasurePage(
        "engagement_rate",
        _("How many people react, for an account of this size."),
        _("Likes and comments per post, divided by the number of followers."),
        _("A like costs nothing, and some are bought."),
    ),
    MeasurePage(
        "posts_per_week",
        _("How often this person posts."),
        _("Posts of the last twelve weeks, per week."),
        _("Stories disappear before they can be counted."),
    ),
    MeasurePage(
        "regularity",
        _("Whether posts come every week, or all at once."),
        _("Of the last twelve weeks, those with a post at least."),
        _("A quiet month may be a holiday, a move or a newborn."),
    ),
    MeasurePage(
        "topic_focus",
        _("Whether the posts always speak of the same things."),
        _("From 0, every topic is different, to 1, always the same one."),
        _("A post that names no known topic says nothing here."),
    ),
    MeasurePage(
        "sponsored_share",
        _("How many posts are paid for."),
        _("Posts that say they are sponsored, out of the posts that were read."),
        _("Advertising that hides cannot be counted."),
    ),
    MeasurePage(
        "authenticity",
        _("Whether the profile shows signs often seen on accounts made to be sold."),
        _(
            "Plain signs: following far more people than follow back, hardly a post, no picture, "
            "an empty bio, many digits in the name, followers who all came on one day, comments "
            "that repeat word for word."
        ),
        _("It proves nothing. It opens a question, and a person looks."),
    ),
)
