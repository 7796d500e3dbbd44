"""What changes verdicts: proposing, signing, qualifying the bank again, deciding on proposals."""

from proche.areas.evidence.actions.deciding import (
    keep_in_force,
    let_go,
    sign_many,
    take_back_keeping,
)
from proche.areas.evidence.actions.figures import Figures, confirm
from proche.areas.evidence.actions.refreshing import refresh, start_refresh
from proche.areas.evidence.actions.setting import load_thresholds, set_thresholds
from proche.areas.evidence.actions.verdicts import account_record, keep, propose, reopen, sign

__all__ = [
    "Figures",
    "account_record",
    "confirm",
    "keep",
    "keep_in_force",
    "let_go",
    "load_thresholds",
    "propose",
    "refresh",
    "reopen",
    "set_thresholds",
    "sign",
    "sign_many",
    "start_refresh",
    "take_back_keeping",
]
