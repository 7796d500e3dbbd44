"""What happens on the two roads into the bank."""

from proche.areas.recruitment.actions.applications import (
    Answers,
    DeclaredAccount,
    accept,
    apply,
    ask_applicant,
    ask_review,
    confirm_email,
    refuse,
)
from proche.areas.recruitment.actions.calls import open_call
from proche.areas.recruitment.actions.nominations import (
    accept_nomination,
    expire_nominations,
    open_nomination,
    propose_nomination,
    refuse_nomination,
)

__all__ = [
    "Answers",
    "DeclaredAccount",
    "accept",
    "accept_nomination",
    "apply",
    "ask_applicant",
    "ask_review",
    "confirm_email",
    "expire_nominations",
    "open_call",
    "open_nomination",
    "propose_nomination",
    "refuse",
    "refuse_nomination",
]
