"""The measures in a member's words, with their figure as people say it."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from proche.areas.evidence.models import Evidence
from proche.areas.evidence.showing import OwnScale, own_scale, written
from proche.areas.evidence.words import counted_on
from proche.common.words import figure
from proche.core.evidence import WHY_UNKNOWN
from proche.core.results import Sentence

NAMES: dict[str, str | Promise] = {
    "followers": _("People who follow me"),
    "posts_per_week": _("Posts a week"),
    "regularity": _("How regularly I post"),
    "engagement_rate": _("Reactions to a post, per follower"),
    "comment_rate": _("Comments on a post, per follower"),
    "reply_rate": _("Comments I answer"),
    "response_time": _("Time before I answer"),
    "reciprocity": _("People I also react to"),
    "returning_share": _("People who come back, on three posts or more"),
    "local_share": _("People of my region"),
    "topic_focus": _("How much I keep to my topics"),
    "sponsored_share": _("Sponsored posts"),
}


@dataclass(frozen=True)
class Fact:
    """One line of the page; `value` is None when unknown, and the reason is then told."""

    name: str | Promise
    value: str | None
    scale: OwnScale | None
    sample: str
    why_unknown: Sentence | str
    evidence: Evidence


def facts_of(evidence: Mapping[str, Evidence]) -> list[Fact]:
    """In the order of the list above. Authenticity is a question for the team, not a fact."""
    return [_fact(NAMES[name], evidence[name]) for name in NAMES if name in evidence]


def _fact(name: str | Promise, row: Evidence) -> Fact:
    value = None if row.value is None else _said(row.measure, row.value)
    sample = counted_on(row.measure, row.n, figure(row.n or 0))
    why = WHY_UNKNOWN.get(row.note, row.note)
    return Fact(name, value, own_scale(row.measure, row), sample, why, row)


def _said(measure: str, value: float) -> str:
    if measure == "followers":
        return figure(value)
    if measure == "response_time":
        hours = max(1, round(value))
        return ngettext("%(n)s hour", "%(n)s hours", hours) % {"n": figure(hours)}
    return written(measure, value)
