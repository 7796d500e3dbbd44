"""A caption read by the rules, for the exchange it speaks of; the reading is kept word for word."""

import re
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from proche.areas.campaigns.models import Exchange
from proche.areas.content.models import Check, Post
from proche.areas.content.rules import link_of, never_received, places_of, rules_version
from proche.core import disclosure

IMAGE_BY_IMAGE = ("story", "carousel")
# « 0:31 Merci Sapinelle »: what subtitles become, one line each; without a time, at the start.
_TIMED = re.compile(r"(?:(\d{1,4}):)?(\d{1,4}):(\d{2})\s+(.*)")


@dataclass(frozen=True)
class Draft:
    """What a member is about to post, or posted: only what they tell is read."""

    platform: str
    format: str
    caption: str
    language: str
    on_screen: str = ""
    said: str = ""


def pre_check(exchange: Exchange, draft: Draft, *, warning: str = "") -> disclosure.Check:
    """Read a draft by the rules of the strictest country. Nothing is stored: a draft is the
    member's own."""
    return next(iter(read_everywhere(exchange, draft, warning=warning).values()))


def read_everywhere(
    exchange: Exchange, draft: Draft, *, warning: str = ""
) -> dict[str, disclosure.Check]:
    """The reading in each country of the brief's audience, the worst first: that one decides.
    `warning`: what was seen to hide the caption until a click."""
    post = disclosure.Post(
        platform=draft.platform,
        format=draft.format,
        caption=draft.caption,
        language=draft.language or None,
        content_warning=warning or None,
        frames=_frames(draft),
        transcript=spoken_in(draft.said) or None,
        facts=disclosure.Facts(never_received=never_received(exchange)),
    )
    places = places_of(exchange.offer.campaign.brief)
    return disclosure.strictest(post, link_of(exchange), places)


def _frames(draft: Draft) -> tuple[disclosure.Frame, ...] | None:
    """In a story or a carousel each image stands alone: one line each. Elsewhere it is one text."""
    by_image = draft.format in IMAGE_BY_IMAGE
    lines = draft.on_screen.splitlines() if by_image else [draft.on_screen]
    written = tuple(disclosure.Frame(line.strip()) for line in lines if line.strip())
    # Nothing told is not « nothing written »: the rules then ask for a person.
    return written or None


def spoken_in(said: str) -> tuple[disclosure.Spoken, ...]:
    """What is said, line by line, with its time where the line begins with one."""
    spoken, at = [], 0.0
    for line in filter(None, map(str.strip, said.splitlines())):
        timed = _TIMED.fullmatch(line)
        if timed:
            hours, minutes, seconds, line = timed.groups()
            at = float(int(hours or 0) * 3600 + int(minutes) * 60 + int(seconds))
        spoken.append(disclosure.Spoken(at, line))
    return tuple(spoken)


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


def keep_reading(post: Post, caption: str, everywhere: dict[str, disclosure.Check]) -> str:
    """Keep the reading that decides, of `read_everywhere`. Returns its verdict."""
    place, check = next(iter(everywhere.items()))
    Check.objects.create(
        post=post,
        at=timezone.now(),
        caption=caption,
        verdict=check.verdict,
        findings=[_kept(finding) for finding in listed(check)],
        not_seen=[{"code": one.code, "fr": one.fr, "en": one.en} for one in check.not_seen],
        rules_version=rules_version(),
        jurisdiction=place,
    )
    return check.verdict


def listed(check: disclosure.Check) -> list[disclosure.Finding]:
    """What to mend, unclear words together on one line, then what is only worth knowing."""
    return [*disclosure.to_fix(check), *notes_of(check)]


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
