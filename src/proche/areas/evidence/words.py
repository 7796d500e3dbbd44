"""How measures, what they are counted on, signs and thresholds are called on screen."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from proche.areas.people.models import Account

MEASURES: dict[str, str | Promise] = {
    "reply_rate": _("Comments they answer"),
    "returning_share": _("People who come back"),
    "comment_rate": _("Comments per follower"),
    "reciprocity": _("Reciprocity"),
    "local_share": _("Share of the public close to home"),
    "response_time": _("Time to answer"),
    "engagement_rate": _("Reactions per follower"),
    "posts_per_week": _("Posts per week"),
    "regularity": _("Regularity"),
    "topic_focus": _("Focus on a few topics"),
    "sponsored_share": _("Share of sponsored posts"),
    "followers": _("Followers"),
    "authenticity": _("Authenticity signals"),
}
# What a value is: decides how it is written.
SHARES = {
    "reply_rate",
    "returning_share",
    "comment_rate",
    "reciprocity",
    "local_share",
    "engagement_rate",
    "sponsored_share",
    "regularity",
}
HOURS = {"response_time"}


def _comments(n: int) -> str:
    return ngettext("%(n)s comment", "%(n)s comments", n)


def _people(n: int) -> str:
    return ngettext("%(n)s person", "%(n)s people", n)


def _posts(n: int) -> str:
    return ngettext("%(n)s post", "%(n)s posts", n)


# What the sample of a measure is made of.
COUNTED_ON: dict[str, Callable[[int], str]] = {
    "reply_rate": _comments,
    "returning_share": _people,
    "comment_rate": _posts,
    "reciprocity": _people,
    "local_share": _people,
    "response_time": lambda n: ngettext("%(n)s answer", "%(n)s answers", n),
    "engagement_rate": _posts,
    "posts_per_week": _posts,
    "regularity": lambda n: ngettext("%(n)s week", "%(n)s weeks", n),
    "topic_focus": lambda n: ngettext("%(n)s topic named", "%(n)s topics named", n),
    "sponsored_share": _posts,
}


def counted_on(measure: str, n: int | None, written: str) -> str:
    """“60 comments”, `written` being the number as people read it; empty where it says nothing."""
    if not n or measure not in COUNTED_ON:
        return ""
    return str(COUNTED_ON[measure](n)) % {"n": written}


@dataclass(frozen=True)
class Sign:
    """A signal of core.evidence.authenticity: its name on screen, and whether the figures kept
    of an account are enough to look at it."""

    label: str | Promise
    seen: Callable[[Account], bool]


SIGNS = {
    "follows_many": Sign(
        _("how many accounts they follow"), lambda account: account.following is not None
    ),
    "hardly_posts": Sign(_("number of posts"), lambda account: account.posts_total is not None),
    "no_avatar": Sign(_("profile picture"), lambda account: False),
    "digits_in_handle": Sign(_("digits in the handle"), lambda account: bool(account.handle)),
    "empty_bio": Sign(_("bio"), lambda account: bool(account.bio)),
    "bursts": Sign(_("days on which people followed them"), lambda account: False),
    "repeated_comments": Sign(_("words of the comments received"), lambda account: False),
}

THRESHOLDS: dict[str, str | Promise] = {
    "ceiling": _("Follower ceiling"),
    "star": _("Followers from which somebody who lives from influence is a star"),
    "livelihood_points": _("Points that show a living"),
    "sponsored_share": _("Share of sponsored posts that shows a living, from 0 to 1"),
    "sponsored_low": _("Low end that this share must pass too, from 0 to 1"),
    "sponsored_points": _("Points given by sponsored posts"),
    "topic_focus": _("Focus on a few topics that shows a niche, from 0 to 1"),
    "regularity": _("Regularity that shows a niche, from 0 to 1"),
    "active": _("Posts a week of somebody very active"),
    "quiet": _("Posts a week below which we ask"),
    "near": _("Closeness that is near"),
    "far": _("Closeness below which we ask"),
    "ask": _("Authenticity at or below which a person looks, from 0 to 1"),
    "signals": _("Signs needed before a person is asked to look"),
}
