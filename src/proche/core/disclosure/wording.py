"""From a rule that applies to the sentences its author reads, in both languages."""

from dataclasses import replace
from functools import cache, lru_cache
from typing import Any, NamedTuple

from proche.core.disclosure.model import PERKS, SEVERITY, Finding, Link, Post, Span, Wording
from proche.core.disclosure.platforms import read_toml
from proche.core.disclosure.suggest import suggest
from proche.core.results import Sentence

_UNCLEAR = {"D-WORD-1", "D-WORD-6"}
_SAYS = {"fr": ("ne dit", "ne disent"), "en": ("does", "do")}


class Issue(NamedTuple):
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


@cache
def rules() -> dict[tuple[str, str], dict[str, Any]]:
    return {(row["id"], row.get("case", "")): row for row in read_toml("rules.toml")["rule"]}


@cache
def severity_of(rule: str, case: str) -> int:
    return SEVERITY[rules()[rule, case]["verdict"]]


@lru_cache(maxsize=8192)
def finding(issue: Issue, link: Link, jurisdiction: str) -> Finding:
    row = rules()[issue.rule, issue.case]
    fr, en, paste_fr, paste_en = _worded(issue, link, jurisdiction)
    return Finding(
        rule=issue.rule,
        verdict=row["verdict"],
        fr=fr,
        en=en,
        suggestion_fr=paste_fr,
        suggestion_en=paste_en,
        source=row["source"],
        since=row["since"],
        where=issue.where,
        spans=issue.spans,
        words=issue.words,
    )


def to_fix(findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """The findings to mend; unclear words of one text are told together."""
    listed: list[Finding] = []
    for found in findings:
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
        _fill(row[f"title_{language}"], {"words": _quoted(words, language), "say": says[-1]})
        for language, says in _SAYS.items()
    )
    return replace(
        one,
        words=words,
        spans=(*one.spans, *other.spans),
        fr=replace(one.fr, title=fr),
        en=replace(one.en, title=en),
    )


def _worded(issue: Issue, link: Link, jurisdiction: str) -> tuple[Wording, Wording, str, str]:
    return _wordings(
        issue.rule, issue.case, issue.words, issue.frame, issue.perks, link, jurisdiction
    )


@lru_cache(maxsize=4096)
def _wordings(
    rule: str,
    case: str,
    words: tuple[str, ...],
    frame: int,
    perks: tuple[str, ...],
    link: Link,
    jurisdiction: str,
) -> tuple[Wording, Wording, str, str]:
    row = rules()[rule, case]
    texts = []
    for language in ("fr", "en"):
        values = _values(language, words, frame, perks, link)
        values["paste"] = suggest(link, language, jurisdiction=jurisdiction)
        parts = (row[f"{part}_{language}"] for part in ("title", "detail", "suggestion"))
        texts.append([_fill(part, values) for part in parts])
    (title_fr, detail_fr, paste_fr), (title_en, detail_en, paste_en) = texts
    return Wording(title_fr, detail_fr), Wording(title_en, detail_en), paste_fr, paste_en


def _fill(template: str, values: dict[str, str]) -> str:
    text = template.format_map(values).strip()
    return text[:1].upper() + text[1:]


def _values(
    language: str, words: tuple[str, ...], frame: int, perks: tuple[str, ...], link: Link
) -> dict[str, str]:
    document = read_toml("rules.toml")
    missing = [document["perks"][perk][language] for perk in PERKS if perk in perks]
    one = len(words) <= 1
    says = _SAYS[language]
    unsaid = document["unsaid"].get(link.kind, {"fr": "", "en": ""})
    return {
        "brand": link.brand_name,
        "words": _quoted(words, language),
        "say": says[0] if one else says[1],
        "unsaid": unsaid[language],
        "frame": str(frame + 1),
        "missing_perks": _joined(missing, language),
    }


def _quoted(words: tuple[str, ...], language: str) -> str:
    if not words:
        return "l’étiquette de la plateforme" if language == "fr" else "the platform’s label"
    opening, closing = ("«\u00a0", "\u00a0»") if language == "fr" else ("“", "”")
    return _joined([f"{opening}{word}{closing}" for word in words], language)


def _joined(parts: list[str], language: str) -> str:
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
