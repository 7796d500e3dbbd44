"""A caption as a reader of the platform meets it: before the fold, after it, faults underlined."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from proche.core.disclosure.platforms import fold_of

Span = tuple[int, int]


@dataclass(frozen=True)
class Piece:
    text: str
    flagged: bool


@dataclass(frozen=True)
class Drawn:
    """`fold` is None where the platform shows the whole caption, or the caption is shorter."""

    seen: list[Piece]
    hidden: list[Piece]
    fold: int | None


def draw(caption: str, *, platform: str, format: str, spans: Iterable[Span]) -> Drawn:
    """Cut where the platform cuts; spans are offsets of the caption, in code points."""
    limit = fold_of(platform, format)
    cut = limit if limit is not None and limit < len(caption) else None
    edges = {0, len(caption), *([cut] if cut else [])}
    marked = [(max(0, start), min(len(caption), end)) for start, end in spans]
    edges.update(edge for span in marked for edge in span)
    ordered = sorted(edges)
    pieces = [
        (start, Piece(caption[start:end], any(a <= start and end <= b for a, b in marked)))
        for start, end in pairwise(ordered)
    ]
    return Drawn(
        seen=[piece for start, piece in pieces if cut is None or start < cut],
        hidden=[piece for start, piece in pieces if cut is not None and start >= cut],
        fold=cut,
    )
