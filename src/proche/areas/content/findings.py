"""The findings kept with a check, as words in the reader's language."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from proche.areas.content.models import Check, Post
from proche.core.disclosure.model import SEVERITY

VERDICT_NAMES = {
    "MISSING": _("missing"),
    "MISPLACED": _("misplaced"),
    "WRONG_KIND": _("says too little"),
    "AMBIGUOUS": _("unclear"),
    "LANGUAGE": _("in the other language"),
    "HUMAN": _("for a person to look at"),
    "OK_NOTE": _("fine, with advice"),
    "OK": _("fine"),
    "NOT_REQUIRED": _("nothing to disclose"),
}


@dataclass(frozen=True)
class FindingWords:
    """`wrong` asks for a correction; the others are notes."""

    rule: str
    title: str
    detail: str
    source: str
    wrong: bool


def findings_in(check: Check | None, language: str) -> list[FindingWords]:
    if check is None:
        return []
    side = "en" if language.startswith("en") else "fr"
    return [_words(finding, side) for finding in check.findings]


def _words(finding: dict[str, Any], side: str) -> FindingWords:
    return FindingWords(
        rule=finding["rule"],
        title=finding[f"title_{side}"],
        detail=finding[f"detail_{side}"],
        source=finding["source"],
        wrong=SEVERITY[finding["verdict"]] > SEVERITY["HUMAN"],
    )


def latest_check(post: Post) -> Check | None:
    """The newest reading; the checks of the post are prefetched, newest first."""
    return next(iter(post.checks.all()), None)


def flagged_spans(check: Check | None) -> list[tuple[int, int]]:
    """What to underline in the caption: the words of the findings that ask for a correction."""
    if check is None:
        return []
    return [
        (start, end)
        for finding in check.findings
        if finding["where"] == "caption" and SEVERITY[finding["verdict"]] > SEVERITY["HUMAN"]
        for start, end in finding["spans"]
    ]
