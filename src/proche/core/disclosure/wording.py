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
from proche.core.disclosure.suggest import suggest
from proche.core.results import Sentence

_UNCLEAR = {"D-WORD-1", "D-WORD-6"}
_LANGUAGES = ("fr", "en")
# Marks in a half-made template; private characters no folded text or sentence holds.
_BRAND, _WORDS = "\uf8f0", "\uf8f1"
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


class _Template(Value, frozen=True):
    """Title, detail and suggestion of a rule, the brand and the words quoted still to come."""

    parts: tuple[str, ...]
    quotes: bool


@cache
def rules() -> dict[tuple[str, str], dict[str, Any]]:
    return {(row["id"], row.get("case", "")): row for row in read_toml("rules.toml")["rule"]}


@cache
def severity_of(rule: str, case: str) -> int:
    return SEVERITY[rules()[rule, case]["verdict"]]


@lru_cache(maxsize=8192)
def finding(issue: Issue, link: Link, jurisdiction: str) -> Finding:
    row = rules()[issue.rule, issue.case]
    french, english = _templates(issue, link, jurisdiction)
    title_fr, detail_fr, paste_fr = _told(french, "fr", issue, link.brand_name)
    title_en, detail_en, paste_en = _told(english, "en", issue, link.brand_name)
    return Finding(
        rule=issue.rule,
        verdict=row["verdict"],
        fr=Wording(title_fr, detail_fr),
        en=Wording(title_en, detail_en),
        suggestion_fr=paste_fr,
        suggestion_en=paste_en,
        source=row["source"],
        since=row["since"],
        where=issue.where,
        spans=issue.spans,
        words=issue.words,
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


def _told(template: _Template, language: str, issue: Issue, brand: str) -> list[str]:
    texts = [part.replace(_BRAND, brand) for part in template.parts]
    if template.quotes:
        words = quoted_list(issue.words, language)
        texts = [text.replace(_WORDS, words) for text in texts]
    return texts


def _templates(issue: Issue, link: Link, jurisdiction: str) -> tuple[_Template, ...]:
    several = len(issue.words) > 1
    shape = (issue.rule, issue.case, several, issue.frame, issue.perks)
    return _made(shape, link.kind, link.obligation, link.perks, jurisdiction)


@lru_cache(maxsize=4096)
def _made(
    shape: tuple[str, str, bool, int, tuple[str, ...]],
    kind: str,
    obligation: bool,
    perks: tuple[str, ...],
    jurisdiction: str,
) -> tuple[_Template, ...]:
    """All but the brand and the words quoted, which differ from post to post."""
    rule, case, several, frame, missing = shape
    row, document = rules()[rule, case], read_toml("rules.toml")
    nameless = Link(kind, _BRAND, (), obligation, perks)
    made = []
    for language in _LANGUAGES:
        unnamed = [document["perks"][perk][language] for perk in PERKS if perk in missing]
        values = {
            "brand": _BRAND,
            "words": _WORDS,
            "say": _SAYS[language][several],
            "unsaid": document["unsaid"].get(kind, {"fr": "", "en": ""})[language],
            "frame": str(frame + 1),
            "missing_perks": _joined(unnamed, language),
            "paste": suggest(nameless, language, jurisdiction=jurisdiction),
        }
        parts = (row[f"{part}_{language}"] for part in ("title", "detail", "suggestion"))
        told = tuple(part.format_map(values).strip() for part in parts)
        made.append(_Template(told, quotes=any(_WORDS in part for part in told)))
    return tuple(made)


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
