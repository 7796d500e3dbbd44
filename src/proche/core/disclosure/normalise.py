"""One comparable form of a text, with the way back to the code points it came from.

NFKC, zero-width characters and underscores dropped, case folded, accents ignored, curly
apostrophes made straight. The brand's names are then covered by a mark of the same length,
so that patterns of the lexicon hold no brand and are compiled once.
"""

import re
from functools import lru_cache
from unicodedata import category, normalize

from proche.core.disclosure.model import Link, Span

BRAND = "\ue000\ue001*"
_DROPPED = frozenset("\u200b\u200c\u200d\u2060\ufeff_")
_APOSTROPHES = frozenset("‘’ʼ`´′")
_MARKS = frozenset("\ue000\ue001")


def _fold(char: str) -> str:
    if char in _DROPPED:
        return ""
    if char in _APOSTROPHES:
        return "'"
    if char in _MARKS:
        return " "
    # Decomposing after case folding too: some letters fold into an accented form.
    decomposed = normalize("NFKD", normalize("NFKD", char).casefold())
    kept = "".join(c for c in decomposed if category(c) not in ("Mn", "Me"))
    return kept.replace("_", "")


class _Folding(dict[int, str]):
    """A translation table that learns each character the first time it is met."""

    def __missing__(self, code: int) -> str:
        folded = self[code] = _fold(chr(code))
        return folded


_TABLE = _Folding()


def fold(text: str) -> str:
    return text.translate(_TABLE)


def squash(text: str) -> str:
    """The letters and digits alone: "Vélo-Pruche", "@velo_pruche" and "velopruche" are one."""
    return "".join(c for c in fold(text) if c.isalnum())


def original_offsets(text: str) -> list[int]:
    """For each character of `fold(text)`, the index of the character it came from."""
    return [i for i, char in enumerate(text) for _ in _TABLE[ord(char)]]


class BrandNames:
    """The aliases of one brand, ready to be found in folded text."""

    def __init__(self, names: tuple[str, ...]) -> None:
        self.squashed = frozenset(filter(None, map(squash, names)))
        words = {tuple(re.findall(r"[^\W_]+", fold(name))) for name in names}
        words |= {(one,) for one in self.squashed}
        # Longest first: "Hôtel Brise-Roche" must not leave "Hôtel" behind.
        forms = sorted(
            (r"[\s'&.-]{0,3}".join(map(re.escape, w)) for w in words if w),
            key=lambda form: (-len(form), form),
        )
        self.pattern = re.compile(
            rf"(?<!\w)[@#]?(?:{'|'.join(forms)})(?!\w|\.\w)" if forms else r"(?!)"
        )


@lru_cache(maxsize=8192)
def brand_names(link: Link) -> BrandNames:
    return BrandNames((link.brand_name, *link.brand_aliases))


def _cover(match: re.Match[str]) -> str:
    return "\ue000" + "\ue001" * (match.end() - match.start() - 1)


class Text:
    """A supplied text with its folded form; `covered` has the brand's names marked."""

    __slots__ = ("_offsets", "covered", "folded", "raw")

    def __init__(self, raw: str, names: BrandNames) -> None:
        self.raw = raw
        self.folded = raw.translate(_TABLE)
        self.covered = names.pattern.sub(_cover, self.folded)
        self._offsets: list[int] | None = None

    def span(self, start: int, end: int) -> Span:
        """Offsets in `raw` of the folded characters from `start` to `end`."""
        if self._offsets is None:
            self._offsets = original_offsets(self.raw)
        if start >= end:
            return (0, 0)
        return (self._offsets[start], self._offsets[end - 1] + 1)
