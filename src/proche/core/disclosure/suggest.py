"""The exact text to paste first, for what the exchange is."""

from functools import lru_cache

from proche.core.disclosure.model import Link
from proche.core.disclosure.platforms import read_toml


@lru_cache(maxsize=4096)
def suggest(link: Link, language: str, *, jurisdiction: str = "CA") -> str:
    """One line in French or English, two for "bilingual"; "" when there is no link.

    In France and Germany the line opens with the word the law or the courts ask for.
    """
    if link.kind == "none":
        return ""
    if language == "bilingual":
        return "\n".join(suggest(link, one, jurisdiction=jurisdiction) for one in ("fr", "en"))
    language = language[:2].lower()
    if language not in ("fr", "en", "de"):
        language = "en"
    lead, tag = _lead(language, jurisdiction)
    texts = read_toml("suggestions.toml")
    sentence = texts[_sentence_of(link)][language].format(X=" ".join(link.brand_name.split()))
    return " ".join(filter(None, [lead, sentence, _perks(link, language), tag]))


def _lead(language: str, jurisdiction: str) -> tuple[str, str]:
    asked = {"FR": "fr", "DE": "de", "UK": "en", "NZ": "en"}.get(jurisdiction, language)
    texts = read_toml("suggestions.toml")
    return texts["lead"][asked], texts["tag"][asked]


def _sentence_of(link: Link) -> str:
    if link.obligation and link.kind == "gift":
        return "exchange"
    if link.obligation and link.kind == "invitation":
        return "invitation-owed"
    return link.kind


def _perks(link: Link, language: str) -> str:
    paid = [perk for perk in ("travel", "lodging") if perk in link.perks]
    if link.kind != "invitation" or not paid:
        return ""
    words = read_toml("suggestions.toml")["perks"][language]
    return str(words["both" if len(paid) == 2 else paid[0]])
