"""What changes a post: handed in, read by the rules, decided by a person."""

from proche.areas.content.actions.asking_to_see import ask_screenshot
from proche.areas.content.actions.deciding import (
    approve,
    ask_correction,
    corrected_text,
    remind_post,
    reopen,
    waive,
)
from proche.areas.content.actions.submitting import submit
from proche.areas.content.reading import Draft, notes_of, pre_check, read_everywhere
from proche.areas.content.rechecking import Saw, record_look

__all__ = [
    "Draft",
    "Saw",
    "approve",
    "ask_correction",
    "ask_screenshot",
    "corrected_text",
    "notes_of",
    "pre_check",
    "read_everywhere",
    "record_look",
    "remind_post",
    "reopen",
    "submit",
    "waive",
]
