"""Subtitle files, .srt and .vtt, as lines of a transcript.

Formats: SubRip, and WebVTT (W3C). Both are blocks with a timing line "start --> end"; what is
no cue (notes, styles, numbers) is passed over, and markup inside a cue is dropped.
"""

import re

from proche.core.disclosure.model import Spoken
from proche.core.results import InputRefused, Sentence

_TIMING = re.compile(r"^\s*(?:(\d{1,4}):)?(\d{1,2}):(\d{1,2})(?:[.,](\d{1,3}))?\s*-->")
_MARKUP = re.compile(r"<[^<>]*>|\{\\[^{}]*\}")
_BLOCK = re.compile(r"\n[^\S\n]*\n")
_NO_CUE = Sentence(
    "no_cue",
    "Aucun sous-titre dans ce fichier. Il faut un fichier .srt ou .vtt, avec des lignes comme "
    "«\u00a000:00:02,000 --> 00:00:05,000\u00a0».",
    "There is no subtitle in this file. It must be a .srt or .vtt file, with lines such as "
    "“00:00:02,000 --> 00:00:05,000”.",
)


def read_transcript(text: str) -> tuple[Spoken, ...]:
    """The cues in order of time. Raises InputRefused when there is none."""
    lines = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    cues = [cue for block in _BLOCK.split(lines) if (cue := _cue(block)) is not None]
    if not cues:
        raise InputRefused(_NO_CUE)
    return tuple(sorted(cues, key=lambda cue: cue.at))


def _cue(block: str) -> Spoken | None:
    lines = block.split("\n")
    for number, line in enumerate(lines):
        timing = _TIMING.match(line)
        if timing:
            said = " ".join(_MARKUP.sub("", " ".join(lines[number + 1 :])).split())
            return Spoken(_seconds(timing), said)
    return None


def _seconds(timing: re.Match[str]) -> float:
    hours, minutes, seconds, fraction = timing.groups()
    whole = int(hours or 0) * 3600 + int(minutes) * 60 + int(seconds)
    return whole + (int(fraction.ljust(3, "0")) / 1000 if fraction else 0.0)
