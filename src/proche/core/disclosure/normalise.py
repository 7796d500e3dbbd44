"""One comparable form of a text, with the way back to the code points it came from.

NFKC, zero-width characters and underscores dropped, case folded, accents ignored, curly
apostrophes made straight. The brand's names are then covered by a mark of the same length,
so that patterns of the lexicon hold no brand and are compiled once.
"""

import re
from functools import lru_cache
from unicodedata import category, normalize

from proche.core.disclosure.model import Link, Span

BRAND = "\ue000\ue001*+"
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


def _is_even(folded: str) -> bool:
    return len(folded) == 1 and ord(folded) < 256


# Beyond this the way back is walked once and kept, so that long texts stay linear.
_NEAR = 400


# Characters met that fold to one: where only these precede, offsets are the same.
_ONE_TO_ONE: set[str] = set()


class _Folding(dict[int, str]):
    """A translation table that learns each character the first time it is met."""

    def __missing__(self, code: int) -> str:
        folded = self[code] = _fold(chr(code))
        if len(folded) == 1:
            _ONE_TO_ONE.add(chr(code))
        return folded


_TABLE = _Folding()
# Most of what is posted in French or English folds byte for byte, ten times as fast.
_LATIN = {chr(code): folded for code in range(256) if _is_even(folded := _fold(chr(code)))}
_LATIN_PARTS = re.compile(f"([{re.escape(''.join(_LATIN))}]+)")
_FOLDED = bytes(ord(_LATIN.get(chr(code), " ")) for code in range(256))
_SPACED = bytes(code if re.match(r"\w", chr(code)) else ord(" ") for code in _FOLDED)


def fold(text: str) -> str:
    # What is no such text stands before and after each part that is.
    parts = _LATIN_PARTS.split(text)
    for place, part in enumerate(parts):
        if part:
            parts[place] = _latin(part) if place % 2 else part.translate(_TABLE)
    return "".join(parts)


def _latin(part: str) -> str:
    return part.encode("latin-1").translate(_FOLDED).decode("latin-1")


def squash(text: str) -> str:
    """The letters and digits alone: "Vélo-Pruche", "@velo_pruche" and "velopruche" are one."""
    return "".join(c for c in fold(text) if c.isalnum())


class BrandNames:
    """The aliases of one brand, ready to be found in folded text."""

    def __init__(self, names: tuple[str, ...]) -> None:
        self.squashed = frozenset(filter(None, map(squash, names)))
        self.spellings = tuple(sorted(self.squashed))
        words = {tuple(re.findall(r"[^\W_]+", fold(name))) for name in names}
        words |= {(one,) for one in self.squashed}
        # What must stand in a text before the pattern is worth trying.
        self.openings = tuple(sorted({form[0] for form in words if form}))
        # Longest first: "Hôtel Brise-Roche" must not leave "Hôtel" behind.
        forms = sorted(
            (r"[\s'&.-]{0,3}".join(map(re.escape, w)) for w in words if w),
            key=lambda form: (-len(form), form),
        )
        self._pattern = re.compile(rf"(?:{'|'.join(forms)})(?!\w|\.\w)")

    def places(self, folded: str) -> list[Span]:
        """Where the brand is named, the "@" or "#" before it included."""
        for opening in self.openings:
            if opening in folded:
                return self._places(folded)
        return []

    def _places(self, folded: str) -> list[Span]:
        found = []
        for match in self._pattern.finditer(folded):
            start, end = match.span()
            if start and folded[start - 1] in "@#":
                start -= 1
            if not (start and folded[start - 1].isalnum()):
                found.append((start, end))
        return found


def brand_names(link: Link) -> BrandNames:
    return _names_of(link.brand_name, link.brand_aliases)


# By the names alone: one brand has links of many kinds.
@lru_cache(maxsize=8192)
def _names_of(name: str, aliases: tuple[str, ...]) -> BrandNames:
    return BrandNames((name, *aliases))


def _covered(folded: str, places: list[Span]) -> str:
    pieces: list[str] = []
    done = 0
    for start, end in places:
        pieces += folded[done:start], "\ue000", "\ue001" * (end - start - 1)
        done = end
    return "".join(pieces) + folded[done:]


class Text:
    """A supplied text with its folded form; `covered` has the brand's names marked."""

    __slots__ = ("_latin", "_offsets", "_read", "covered", "folded", "places", "raw")

    def __init__(self, raw: str, names: BrandNames) -> None:
        self.raw = raw
        self._latin = raw.encode("latin-1") if _LATIN_PARTS.fullmatch(raw) else None
        latin = self._latin
        self.folded = fold(raw) if latin is None else latin.translate(_FOLDED).decode("latin-1")
        # Where the brand is named, in the folded text.
        self.places = names.places(self.folded)
        self.covered = _covered(self.folded, self.places) if self.places else self.folded
        # For each folded character, where it came from; filled only as far as asked.
        self._offsets: list[int] = []
        self._read = 0

    def words(self) -> set[str]:
        """Every word of it, folded; the brand's too. A letter that is not Latin parts words, so
        that there may be some more than a reader sees, and never fewer."""
        latin = self._latin or self.folded.encode("latin-1", "replace")
        return set(latin.translate(_SPACED).decode("latin-1").split())

    def span(self, start: int, end: int) -> Span:
        """Offsets in `raw` of the folded characters from `start` to `end`."""
        if self._latin is not None or (end <= _NEAR and _ONE_TO_ONE.issuperset(self.raw[:end])):
            return (start, end)
        offsets = self._offsets
        while len(offsets) < end:
            offsets.extend((self._read,) * len(_TABLE[ord(self.raw[self._read])]))
            self._read += 1
        return (offsets[start], offsets[end - 1] + 1)
