"""How measures are called on screen."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

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
