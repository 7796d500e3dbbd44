"""What a bio, a category or an occupation says of livelihood and trade, in French or English."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from proche.core.results import Sentence

Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class LivelihoodSign:
    name: str
    points: int
    column: str
    pattern: str
    sentence: Sentence


@dataclass(frozen=True, slots=True)
class Trade:
    fr: str
    en: str
    pattern: str


@dataclass(frozen=True, slots=True)
class Lexicon:
    livelihood: tuple[LivelihoodSign, ...]
    trades: tuple[Trade, ...]
    booking: str
    booking_sentence: Sentence


@dataclass(frozen=True, slots=True)
class Said:
    """`trade` is the place in the lexicon of the first trade named, or -1."""

    livelihood: Mapping[str, Flags]
    trade: NDArray[np.int64]
    booking: Flags


@cache
def shipped_lexicon() -> Lexicon:
    path = Path(__file__).with_name("lexicon.toml")
    document = tomllib.loads(path.read_text(encoding="utf-8"))
    signs = tuple(
        LivelihoodSign(
            entry["name"],
            entry["points"],
            entry.get("in", "bio"),
            _pattern(entry["words"]),
            Sentence(entry["name"], entry["fr"], entry["en"]),
        )
        for entry in document["livelihood"]
    )
    trades = tuple(
        Trade(entry["fr"], entry["en"], _pattern(entry["words"])) for entry in document["trade"]
    )
    booking = document["booking"]
    return Lexicon(
        signs,
        trades,
        _pattern(booking["words"]),
        Sentence("booking_link", booking["fr"], booking["en"]),
    )


def _pattern(words: Sequence[str]) -> str:
    # Word bounds, written out because a sign ending in ":" or "%" has none of its own.
    return "(^|[^a-z0-9])(" + "|".join(words) + ")($|[^a-z0-9])"


def read_bios(accounts: pa.Table, lexicon: Lexicon) -> Said:
    texts = {name: _folded(accounts[name]) for name in ("bio", "category", "occupation")}
    # A link says as much as the words beside it: a storefront, a place to book.
    links = _folded(accounts["external_url"])
    texts["bio"] = pc.binary_join_element_wise(
        pc.fill_null(texts["bio"], ""), pc.fill_null(links, ""), " "
    )
    livelihood = {
        sign.name: _matches(texts[sign.column], sign.pattern) for sign in lexicon.livelihood
    }
    trade = np.full(len(accounts), -1, dtype=np.int64)
    # A declared occupation counts before the words of a bio.
    for column in ("bio", "category", "occupation"):
        for place, entry in reversed(list(enumerate(lexicon.trades))):
            trade[_matches(texts[column], entry.pattern)] = place
    return Said(livelihood, trade, _matches(texts["bio"], lexicon.booking))


def _folded(column: Any) -> Any:
    """Lower case, without accents; an apostrophe of either shape is a dot in the patterns."""
    plain = pc.utf8_normalize(pc.utf8_lower(column), "NFKD")
    return pc.replace_substring_regex(plain, r"\p{M}+", "")


def _matches(texts: Any, pattern: str) -> Any:
    found = pc.fill_null(pc.match_substring_regex(texts, pattern), False)
    return found.to_numpy(zero_copy_only=False) if isinstance(found, pa.Array) else found.to_numpy()
