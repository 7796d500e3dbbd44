"""Does a post say what links its author to the brand, early and clearly enough?"""

from proche.core.disclosure.brief import words_taken_for_it
from proche.core.disclosure.check import check, check_all, strictest, words_suffice
from proche.core.disclosure.model import (
    JURISDICTIONS,
    KINDS,
    PERKS,
    SEVERITY,
    VERDICTS,
    Check,
    Facts,
    Finding,
    Frame,
    Link,
    Post,
    Spoken,
    Wording,
)
from proche.core.disclosure.platforms import FORMATS, PLATFORMS, fold_of
from proche.core.disclosure.record import check_lines, check_record
from proche.core.disclosure.signs import Sign, signs_of_commerce
from proche.core.disclosure.suggest import suggest
from proche.core.disclosure.transcript import read_transcript
from proche.core.disclosure.wording import to_fix

__all__ = [
    "FORMATS",
    "JURISDICTIONS",
    "KINDS",
    "PERKS",
    "PLATFORMS",
    "SEVERITY",
    "VERDICTS",
    "Check",
    "Facts",
    "Finding",
    "Frame",
    "Link",
    "Post",
    "Sign",
    "Spoken",
    "Wording",
    "check",
    "check_all",
    "check_lines",
    "check_record",
    "fold_of",
    "read_transcript",
    "signs_of_commerce",
    "strictest",
    "suggest",
    "to_fix",
    "words_suffice",
    "words_taken_for_it",
]
