"""From a rule that applies to the sentences its author reads, in both languages."""

from functools import cache, lru_cache
from typing import Any

from msgspec.structs import replace

from proche.core.disclosure.model import (
    PERKS,
    SEVERITY,
    Check,
    Finding,
    Link,
    Post,
    Span,
    Value,
    Wording,
)
from proche.core.disclosure.platforms import read_toml
from proche.core.disclosure.suggest import named, suggested_around
from proche.core.results import Sentence

_UNCLEAR = {"D-WORD-1", "D-WORD-6"}
_LANGUAGES = ("fr", "en")
_SAYS = {"fr": ("ne dit", "ne disent"), "en": ("does", "do")}


class Issue(Value, frozen=True):
    """A rule that applies, with what its sentences need; the text is made only for the
    issues that are kept."""

    rule: str
    case: str = ""
    words: tuple[str, ...] = ()
    where: str = "caption"
    spans: tuple[Span, ...] = ()
    frame: int = 0
    perks: tuple[str, ...] = ()

    @property
    def severity(self) -> int:
        return severity_of(self.rule, self.case)


class _Told(Value, frozen=True):
    """A rule's row, all said but the brand: `around` is what stands around its name in the title,
    the detail and the suggestion, in French and then in English."""

    verdict: str
    source: str
    since: str
    around: tuple[tuple[str, ...], ...]


@cache
def rules() -> dict[tuple[str, str], dict[str, Any]]:
    return {(row["id"], row.get("case", "")): row for row in read_toml("rules.toml")["rule"]}


@cache
def severity_of(rule: str, case: str) -> int:
    return SEVERITY[rules()[rule, case]["verdict"]]


def finding(issue: Issue, link: Link, jurisdiction: str) -> Finding:
    told = _told(
        (issue.rule, issue.case, issue.words, issue.frame, issue.perks),
        (link.kind, link.obligation, link.perks, jurisdiction),
    )
    brand = named(link)
    title_fr, detail_fr, paste_fr, title_en, detail_en, paste_en = map(brand.join, told.around)
    return Finding(
        issue.rule,
        told.verdict,
        Wording(title_fr, detail_fr),
        Wording(title_en, detail_en),
        paste_fr,
        paste_en,
        told.source,
        told.since,
        issue.where,
        issue.spans,
        issue.words,
    )


def to_fix(check: Check) -> tuple[Finding, ...]:
    """What its author can mend, as a page lists it: unclear words of one text make one line."""
    listed: list[Finding] = []
    for found in check.findings:
        if SEVERITY[found.verdict] <= SEVERITY["HUMAN"]:
            continue
        same = next((n for n, one in enumerate(listed) if _told_together(one, found)), None)
        if same is None:
            listed.append(found)
        else:
            listed[same] = _together(listed[same], found)
    return tuple(listed)


def _told_together(one: Finding, other: Finding) -> bool:
    return one.where == other.where and {one.rule, other.rule} <= _UNCLEAR


def _together(one: Finding, other: Finding) -> Finding:
    words = (*one.words, *other.words)
    row = rules()["D-WORD-1", ""]
    fr, en = (
        row[f"title_{language}"].format(words=quoted_list(words, language), say=says[-1])
        for language, says in _SAYS.items()
    )
    return replace(
        one,
        words=words,
        spans=(*one.spans, *other.spans),
        fr=replace(one.fr, title=fr),
        en=replace(one.en, title=en),
    )


@lru_cache(maxsize=4096)
def _told(
    issue: tuple[str, str, tuple[str, ...], int, tuple[str, ...]],
    due: tuple[str, bool, tuple[str, ...], str],
) -> _Told:
    rule, case, words, frame, missing = issue
    kind, obligation, perks, jurisdiction = due
    row, document = rules()[rule, case], read_toml("rules.toml")
    around = []
    for language in _LANGUAGES:
        unnamed = [document["perks"][perk][language] for perk in PERKS if perk in missing]
        paste = suggested_around(kind, obligation, perks, language, jurisdiction)
        values = {
            "words": quoted_list(words, language),
            "say": _SAYS[language][len(words) > 1],
            "unsaid": document["unsaid"].get(kind, {"fr": "", "en": ""})[language],
            "frame": str(frame + 1),
            "missing_perks": _joined(unnamed, language),
        }
        for part in ("title", "detail", "suggestion"):
            text = row[f"{part}_{language}"].replace("{paste}", "{brand}".join(paste))
            around.append(_around(text, values))
    return _Told(row["verdict"], row["source"], row["since"], tuple(around))


def _around(text: str, values: dict[str, str]) -> tuple[str, ...]:
    # Parted before it is filled: the words quoted may hold anything.
    first, *others = (piece.format_map(values) for piece in text.split("{brand}"))
    return tuple([first.lstrip(), *others[:-1], others[-1].rstrip()] if others else [first.strip()])


def quoted_list(words: tuple[str, ...], language: str) -> str:
    if not words:
        return "l’étiquette de la plateforme" if language == "fr" else "the platform’s label"
    opening, closing = ("«\u00a0", "\u00a0»") if language == "fr" else ("“", "”")
    return _joined([f"{opening}{word}{closing}" for word in words], language)


def _joined(parts: list[str], language: str) -> str:
    if len(parts) == 1:
        return parts[0]
    last = " et " if language == "fr" else " and "
    return last.join(filter(None, [", ".join(parts[:-1]), *parts[-1:]]))


@cache
def _not_seen() -> dict[str, Sentence]:
    rows = read_toml("rules.toml")["not_seen"]
    return {code: Sentence(f"not_seen_{code}", row["fr"], row["en"]) for code, row in rows.items()}


def not_seen(post: Post, family: str) -> tuple[Sentence, ...]:
    """What nobody supplied, among what this format shows."""
    missing = (post.caption is None, post.frames is None, post.transcript is None)
    return _missing(family, *missing)


@cache
def _missing(family: str, caption: bool, frames: bool, transcript: bool) -> tuple[Sentence, ...]:
    on_screen = family in ("story", "video")
    codes = (
        "caption" if caption else "",
        ("frames" if on_screen else "image") if frames else "",
        "transcript" if transcript and family == "video" else "",
    )
    return tuple(_not_seen()[code] for code in codes if code)


@lru_cache(maxsize=512)
def because(kind: str, jurisdiction: str, only_tag: bool) -> tuple[Sentence, ...]:
    """Why a disclosure is due, where the rule table gives a reason of its own."""
    return tuple(
        Sentence(rule, row["fr"], row["en"])
        for rule, row in read_toml("rules.toml")["because"].items()
        if kind in row["kinds"] and jurisdiction in row["jurisdictions"]
        if rule != "D-LINK-4" or only_tag
    )
