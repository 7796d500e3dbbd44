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
    age_asked,
    apply,
    confirm_email,
)
from proche.areas.recruitment.actions.calls import (
    change_call,
    open_call,
    renew_partner_link,
    revoke_partner_link,
)
from proche.areas.recruitment.actions.decisions import (
    accept,
    ask_applicant,
    ask_review,
    note_answer,
    refuse,
    wait_again,
)
from proche.areas.recruitment.actions.drafts import (
    destroy_draft,
    draft_of,
    keep_draft,
    put_aside,
    take_up,
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
    "age_asked",
    "apply",
    "ask_applicant",
    "ask_review",
    "change_call",
    "confirm_email",
    "destroy_draft",
    "draft_of",
    "expire_nominations",
    "forget",
    "give_duties_up",
    "keep_draft",
    "may_ask_handles",
    "nominate_account",
    "note_answer",
    "offer_ticket",
    "open_call",
    "open_nomination",
    "propose_nomination",
    "put_aside",
    "refuse",
    "refuse_nomination",
    "renew_partner_link",
    "revoke_partner_link",
    "take_up",
    "wait_again",
]
