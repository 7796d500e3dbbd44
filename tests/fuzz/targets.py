"""What is fuzzed: whatever bytes come in, a clear answer or a clear refusal goes out.

A target takes bytes and fails by an exception. It needs no fuzzer, so that the inputs kept in
`corpus/` are replayed by the ordinary tests.
"""

import json
from collections.abc import Callable, Iterator
from contextlib import suppress
from itertools import pairwise
from math import isfinite
from typing import Any

from proche.cli.disclose import as_json
from proche.core.disclosure import (
    FORMATS,
    JURISDICTIONS,
    KINDS,
    PERKS,
    PLATFORMS,
    SEVERITY,
    Frame,
    Link,
    Post,
    Spoken,
    check,
    check_lines,
    check_record,
    read_transcript,
)
from proche.core.disclosure.normalise import BrandNames, Text
from proche.core.disclosure.platforms import FAMILY_OF
from proche.core.results import InputRefused

BRAND = ("Sapinelle", "@sapinelle", "Maison Brise-Roche")
NAMES = BrandNames(BRAND)


def line(data: bytes) -> None:
    """One line of `proche disclose`: answered as what Python reads of it, checked, written."""
    [answer] = check_lines([data])
    checked = None if isinstance(answer, InputRefused) else answer
    with suppress(ValueError, RecursionError):
        record = json.loads(data, parse_constant=finite, parse_float=finite, object_pairs_hook=once)
        assert checked == answered(lambda: check_record(record))
    if checked is not None:
        assert json.loads(as_json(checked))["verdict"] in SEVERITY


def finite(number: str) -> float:
    """Python would read NaN, and what is beyond its numbers: neither is JSON."""
    if not isfinite(float(number)):
        raise ValueError(number)
    return float(number)


def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """A name given twice: the one reader judges both, the other the last."""
    read = dict(pairs)
    if len(read) < len(pairs):
        raise ValueError(pairs)
    return read


def answered(check: Callable[[], dict[str, Any]]) -> dict[str, Any] | None:
    """None: refused, in a sentence."""
    with suppress(InputRefused):
        return check()
    return None


def normalise(data: bytes) -> None:
    """Every stretch of the folded text leads back into the text as it was supplied."""
    raw = data.decode("utf-8", "replace")
    text = Text(raw, NAMES)
    assert len(text.covered) == len(text.folded)
    ends = [0]
    for at in range(len(text.folded)):
        start, end = text.span(at, at + 1)
        assert 0 <= start < end <= len(raw)
        ends.append(end)
    assert all(one <= other for one, other in pairwise(ends))


def checker(data: bytes) -> None:
    """Any post gets the worst of its findings, and is not called fine for what was not seen."""
    post, link = post_of(data)
    result = check(post, link)
    worst = max((SEVERITY[found.verdict] for found in result.findings), default=SEVERITY["OK"])
    assert SEVERITY[result.verdict] == worst
    for found in result.findings:
        for start, end in found.spans:
            assert 0 <= start < end <= len(_text_of(post, found.where))
    if link.kind != "none" and _is_unseen(post):
        assert not result.is_ok


def _is_unseen(post: Post) -> bool:
    family = FAMILY_OF[post.format]
    if family == "story":
        return post.frames is None
    return family == "video" and post.frames is None and post.transcript is None


def _text_of(post: Post, where: str) -> str:
    name, _, number = where.partition(" ")
    if name == "frame":
        return (post.frames or ())[int(number)].text
    if name == "transcript":
        return (post.transcript or ())[int(number)].text
    return (post.content_warning if name == "warning" else post.caption) or ""


def post_of(data: bytes) -> tuple[Post, Link]:
    """Eight bytes choose; what follows is text, cut at each byte zero."""
    chosen = [*data[:8], *[0] * (8 - len(data[:8]))]
    texts = [part.decode("utf-8", "replace") for part in data[8:].split(b"\0")]
    caption, warning, *others = [*texts, "", ""][: max(2, len(texts))]
    half = (len(others) + 1) // 2
    flags = chosen[5]
    post = Post(
        platform=[*PLATFORMS, "elsewhere"][chosen[0] % (len(PLATFORMS) + 1)],
        format=FORMATS[chosen[1] % len(FORMATS)],
        caption=None if flags & 1 else caption,
        language=(None, "fr", "en", "de", "bilingual")[chosen[3] % 5],
        jurisdiction=JURISDICTIONS[chosen[2] % len(JURISDICTIONS)],
        content_warning=warning or None,
        frames=None if flags & 2 else tuple(_frames(others[:half], chosen[6])),
        transcript=None
        if flags & 4
        else tuple(Spoken(float(20 * n), text) for n, text in enumerate(others[half:])),
        platform_label=bool(flags & 8),
        in_bio_only=bool(flags & 16),
    )
    link = Link(
        kind=KINDS[chosen[4] % len(KINDS)],
        brand_name=BRAND[0],
        brand_aliases=BRAND[1:],
        obligation=bool(flags & 32),
        perks=tuple(perk for bit, perk in enumerate(PERKS) if chosen[7] >> bit & 1),
        required_words=("#DouceurSapinelle",) if flags & 64 else (),
    )
    return post, link


def _frames(texts: list[str], seconds: int) -> Iterator[Frame]:
    for number, text in enumerate(texts):
        yield Frame(text, float(seconds % 5), names_brand=bool(seconds >> number % 8 & 1))


def transcript(data: bytes) -> None:
    """A subtitle file is refused, or gives lines in order of time."""
    try:
        spoken = read_transcript(data.decode("utf-8", "replace"))
    except InputRefused:
        return
    assert spoken
    assert all(isfinite(each.at) and each.at >= 0 for each in spoken)
    assert all(one.at <= other.at for one, other in pairwise(spoken))


TARGETS: dict[str, Callable[[bytes], None]] = {
    "line": line,
    "normalise": normalise,
    "checker": checker,
    "transcript": transcript,
}
