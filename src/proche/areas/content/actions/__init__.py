"""What changes a post: handed in, read by the rules, decided by a person."""

from proche.areas.content.actions.deciding import (
    approve,
    ask_correction,
    corrected_text,
    remind_post,
    reopen,
    waive,
)
from proche.areas.content.actions.submitting import (
    Draft,
    notes_of,
    pre_check,
    read_everywhere,
    submit,
)

__all__ = [
    "Draft",
    "approve",
    "ask_correction",
    "corrected_text",
    "notes_of",
    "pre_check",
    "read_everywhere",
    "remind_post",
    "reopen",
    "submit",
    "waive",
]
