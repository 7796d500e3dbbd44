"""A caption read by the rules, for the exchange it speaks of; the reading is kept word for word."""

from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from proche.areas.campaigns.models import Exchange
from proche.areas.content.models import Check, Post
from proche.areas.content.rules import link_of, never_received, rules_version
from proche.core import disclosure


@dataclass(frozen=True)
class Draft:
    """What a member is about to post, or posted: only what they tell is read."""

    platform: str
    format: str
    caption: str
    language: str
    on_screen: str = ""
    said: str = ""


def pre_check(exchange: Exchange, draft: Draft) -> disclosure.Check:
    """Read a draft by the rules. Nothing is stored: a draft is the member's own."""
    return disclosure.check(
        disclosure.Post(
            platform=draft.platform,
            format=draft.format,
            caption=draft.caption,
            language=draft.language or None,
            frames=_frames(draft),
            transcript=(disclosure.Spoken(0.0, draft.said),) if draft.said else None,
            facts=disclosure.Facts(never_received=never_received(exchange)),
        ),
        link_of(exchange),
    )


def _frames(draft: Draft) -> tuple[disclosure.Frame, ...] | None:
    """In a story each image stands alone: one line each. Elsewhere it is one text."""
    lines = draft.on_screen.splitlines() if draft.format == "story" else [draft.on_screen]
    written = tuple(disclosure.Frame(line.strip()) for line in lines if line.strip())
    # Nothing told is not « nothing written »: the rules then ask for a person.
    return written or None


def draft_of(post: Post, *, caption: str) -> Draft:
    """The post with these words in place of its caption."""
    return Draft(
        platform=post.platform,
        format=post.format,
        caption=caption,
        language=post.language,
        on_screen=post.on_screen,
        said=post.said,
    )


def keep_reading(post: Post, caption: str, check: disclosure.Check) -> None:
    Check.objects.create(
        post=post,
        at=timezone.now(),
        caption=caption,
        verdict=check.verdict,
        findings=[_kept(finding) for finding in listed(check)],
        not_seen=[{"code": one.code, "fr": one.fr, "en": one.en} for one in check.not_seen],
        rules_version=rules_version(),
    )


def listed(check: disclosure.Check) -> list[disclosure.Finding]:
    """What to mend, unclear words together on one line, then what is only worth knowing."""
    return [*check.to_fix, *notes_of(check)]


def notes_of(check: disclosure.Check) -> list[disclosure.Finding]:
    mild = disclosure.SEVERITY["HUMAN"]
    return [one for one in check.findings if disclosure.SEVERITY[one.verdict] <= mild]


def _kept(finding: disclosure.Finding) -> dict[str, Any]:
    return {
        "rule": finding.rule,
        "verdict": finding.verdict,
        "title_fr": finding.fr.title,
        "title_en": finding.en.title,
        "detail_fr": finding.fr.detail,
        "detail_en": finding.en.detail,
        "suggestion_fr": finding.suggestion_fr,
        "suggestion_en": finding.suggestion_en,
        "source": finding.source,
        "where": finding.where,
        "spans": [list(span) for span in finding.spans],
    }
