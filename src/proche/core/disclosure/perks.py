"""Whether the travel and lodging a brand paid for are named as paid or provided."""

import re

from proche.core.disclosure.normalise import BRAND, Text

_PAID = re.compile(
    r"\b(?:paye|offert|fourni|inclu|couvert|rembourse|gratuit)(?:e|s|es|se|ses)?\b"
    r"|\bpris(?:e|es)? en charge\b|\bgracieusete"
    r"|\b(?:paid|provided|covered|included|gifted|complimentary|comped|courtesy|reimbursed)\b"
    r"|\bfor free\b|\bbezahlt\b"
)
_DENIED = re.compile(r"\b(?:pas|not|non|n't)\s+(?:ete |been )?\w*$")
_NAMED = {
    "travel": re.compile(
        r"\b(?:voyages?|travel|trip|vols?|flights?|airfare|billets? d'avion|reise)\b"
    ),
    "lodging": re.compile(
        r"\b(?:hebergements?|unterkunft|lodging|accommodations?)\b"
        # "payé par l'hôtel" says who pays, not what is paid.
        r"|(?<!par l')(?<!by the )(?<!from the )\b(?:hotels?|hotel room)\b"
    ),
}
_SENTENCES = re.compile(r"[.!?\n]+")


def unnamed_perks(texts: list[Text], perks: tuple[str, ...]) -> tuple[str, ...]:
    """The perks to be named that no sentence names as paid. A meal needs no naming."""
    wanted = [perk for perk in ("travel", "lodging") if perk in perks]
    if not wanted:
        return ()
    paid = [s for text in texts for s in _SENTENCES.split(text.covered) if _says_paid(s)]
    return tuple(p for p in wanted if not any(_NAMED[p].search(s) for s in paid))


def _says_paid(sentence: str) -> bool:
    sentence = re.sub(BRAND, " ", sentence)
    match = _PAID.search(sentence)
    return match is not None and not _DENIED.search(sentence[: match.start()])
