"""The door of a call: what lets a form in, before anything is written."""

from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from proche.areas.recruitment import tickets
from proche.areas.recruitment.limits import bits_for
from proche.areas.recruitment.marks import address_mark
from proche.areas.recruitment.models import Call
from proche.areas.recruitment.tickets import Ticket
from proche.common.errors import Refusal


@dataclass(frozen=True, slots=True)
class Sent:
    """What came with a form: its ticket, the number found, the answer, the field nobody sees."""

    ticket: str
    work: str = ""
    answer: str = ""
    trap: str = ""


@dataclass(frozen=True, slots=True)
class Admitted:
    """A form let in: the key of what it gives, the mark of its address, how it was let in."""

    key: str
    mark: str
    worked: bool
    notice_version: int


def offer_ticket(call: Call, address: str) -> Ticket:
    return tickets.issue(call, bits=bits_for(call, _mark(address)))


def admit(call: Call, sent: Sent, address: str) -> Admitted:
    """Let a form in, or raise Refusal: its code says whether the same form may be sent again."""
    if not call.is_open:
        raise Refusal(_("This call is closed. Thank you for thinking of somebody."), code="closed")
    if sent.trap:
        raise Refusal(
            _("A field that readers do not see was filled. Press once more to send without it."),
            code="trap",
        )
    ticket = tickets.read(call, sent.ticket)
    worked = tickets.has_worked(ticket, sent.work)
    if not worked and not tickets.has_answered(ticket, sent.answer):
        raise Refusal(
            _("One small question first: your browser could not show that a person is there."),
            code="question",
            field="answer",
        )
    tickets.check_pace(ticket, worked=worked)
    return Admitted(ticket.key, _mark(address), worked, ticket.notice_version)


def _mark(address: str) -> str:
    return address_mark(address, timezone.localdate())
