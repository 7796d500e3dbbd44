"""What happens on the two roads into the bank."""

from proche.areas.recruitment.actions.accounts import (
    NamedAccount,
    accept_duties,
    give_duties_up,
    may_ask_handles,
    nominate_account,
)
from proche.areas.recruitment.actions.admission import Admitted, Sent, admit, offer_ticket
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
from proche.areas.recruitment.actions.calls import (
    change_call,
    open_call,
    renew_partner_link,
    revoke_partner_link,
)
from proche.areas.recruitment.actions.nominations import (
    accept_nomination,
    expire_nominations,
    forget,
    open_nomination,
    propose_nomination,
    refuse_nomination,
)

__all__ = [
    "Admitted",
    "Answers",
    "DeclaredAccount",
    "NamedAccount",
    "Sent",
    "accept",
    "accept_duties",
    "accept_nomination",
    "admit",
    "apply",
    "ask_applicant",
    "ask_review",
    "change_call",
    "confirm_email",
    "expire_nominations",
    "forget",
    "give_duties_up",
    "may_ask_handles",
    "nominate_account",
    "offer_ticket",
    "open_call",
    "open_nomination",
    "propose_nomination",
    "refuse",
    "refuse_nomination",
    "renew_partner_link",
    "revoke_partner_link",
]
