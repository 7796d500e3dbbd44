"""Is this commercial? Plain signs in a post nobody declared, for a person to ask about.

For members who consented to it, and brands of the bank only. A sign is what was seen, never a
finding: no verdict, no score, nothing is held against anyone.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from proche.core.disclosure.hits import CODE, read, scope_of
from proche.core.disclosure.model import Link, Post, Span
from proche.core.disclosure.normalise import Text, brand_names
from proche.core.disclosure.platforms import read_toml
from proche.core.disclosure.wording import quoted_list
from proche.core.results import Sentence

_PRICE = re.compile(r"\d[\d\s]{0,6}(?:[.,]\d{2})?\s?(?:\$|€|£|%)|[$€£]\s?\d[\d,.]*")


def _any_of(words: list[str]) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, words))})(?!\w)")


_BUYING = _any_of(read_toml("signs.toml")["buying"])
_SUPERLATIVE = _any_of(read_toml("signs.toml")["superlatives"])


@dataclass(frozen=True, slots=True)
class Sign:
    """What was seen, in words, and where in the caption."""

    sentence: Sentence
    spans: tuple[Span, ...] = ()


def signs_of_commerce(
    post: Post, brand_name: str, brand_aliases: tuple[str, ...]
) -> tuple[Sign, ...]:
    """Empty when the caption does not name the brand, or shows nothing worth asking about."""
    link = Link("paid", brand_name, brand_aliases)
    text = Text(post.caption or "", brand_names(link))
    named = brand_names(link).places(text.folded)
    if not named and not post.platform_label:
        return ()
    return tuple(_signs(post, text, link, named))


def _signs(post: Post, text: Text, link: Link, named: list[Span]) -> Iterator[Sign]:
    if post.platform_label:
        yield _sign("label", link, text, [])
    hits = read(text.raw, scope_of(link, post.jurisdiction, None)).hits
    if hits:
        yield _sign("wording", link, text, [(hit.start, hit.end) for hit in hits])
    codes = [match.span() for match in CODE.finditer(text.raw)]
    if codes:
        yield _told("code", link, text.raw, codes)
    prices, buying = _found(_PRICE, text), _found(_BUYING, text)
    if prices and buying:
        yield _sign("price", link, text, sorted(prices + buying))
    praise = _found(_SUPERLATIVE, text)
    if praise and any(text.folded[start] in "@#" for start, _ in named):
        yield _sign("praise", link, text, praise)


def _found(pattern: re.Pattern[str], text: Text) -> list[Span]:
    return [match.span() for match in pattern.finditer(text.covered)]


def _sign(code: str, link: Link, text: Text, places: list[Span]) -> Sign:
    return _told(code, link, text.raw, [text.span(start, end) for start, end in places])


def _told(code: str, link: Link, raw: str, spans: list[Span]) -> Sign:
    row = read_toml("signs.toml")["sign"][code]
    words = tuple(dict.fromkeys(" ".join(raw[start:end].split()) for start, end in spans))
    fr, en = (
        row[language].format(words=quoted_list(words, language), brand=link.brand_name)
        for language in ("fr", "en")
    )
    return Sign(Sentence(f"sign_{code}", fr, en), tuple(spans))
