"""The exact text to paste first, for what the exchange is."""

from functools import lru_cache

from proche.core.disclosure.model import Link
from proche.core.disclosure.platforms import read_toml


def suggest(link: Link, language: str, *, jurisdiction: str = "CA") -> str:
    """One line in French or English, two for "bilingual"; "" when there is no link.

    In France and Germany the line opens with the word the law or the courts ask for.
    """
    around = suggested_around(link.kind, link.obligation, link.perks, language, jurisdiction)
    return named(link).join(around)


def named(link: Link) -> str:
    return " ".join(link.brand_name.split())


@lru_cache(maxsize=4096)
def suggested_around(
    kind: str, obligation: bool, perks: tuple[str, ...], language: str, jurisdiction: str
) -> tuple[str, ...]:
    """What stands around the brand's name: all that does not differ from brand to brand."""
    if kind == "none":
        return ("",)
    languages = ("fr", "en") if language == "bilingual" else (language[:2].lower(),)
    lines = [_line(kind, obligation, perks, one, jurisdiction) for one in languages]
    return tuple("\n".join(lines).split("{X}"))


def _line(
    kind: str, obligation: bool, perks: tuple[str, ...], language: str, jurisdiction: str
) -> str:
    if language not in ("fr", "en", "de"):
        language = "en"
    lead, tag = _lead(language, jurisdiction)
    sentence = read_toml("suggestions.toml")[_sentence_of(kind, obligation)][language]
    return " ".join(filter(None, [lead, sentence, _perks(kind, perks, language), tag]))


def _lead(language: str, jurisdiction: str) -> tuple[str, str]:
    asked = {"FR": "fr", "DE": "de", "UK": "en", "NZ": "en"}.get(jurisdiction, language)
    texts = read_toml("suggestions.toml")
    return texts["lead"][asked], texts["tag"][asked]


def _sentence_of(kind: str, obligation: bool) -> str:
    if obligation and kind == "gift":
        return "exchange"
    if obligation and kind == "invitation":
        return "invitation-owed"
    return kind


def _perks(kind: str, perks: tuple[str, ...], language: str) -> str:
    paid = [perk for perk in ("travel", "lodging") if perk in perks]
    if kind != "invitation" or not paid:
        return ""
    words = read_toml("suggestions.toml")["perks"][language]
    return str(words["both" if len(paid) == 2 else paid[0]])
