"""What a form of nomination carries instead of a cookie: a signed ticket.

It makes the form one of ours (so it also stands for the protection against forged requests, in a
frame too), says when it was shown, which work it asks of the browser and which notice was read,
and its nonce makes a form sent twice one nomination.

The work is that of Hashcash (A. Back, 2002): find a number for which the SHA-256 of the ticket and
the number begins with `bits` zero bits. 2**bits tries to find on average, one to check."""

import secrets
import time
from dataclasses import dataclass
from hashlib import sha256

from django.core.signing import BadSignature, Signer
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from proche.areas.recruitment.marks import form_key
from proche.areas.recruitment.models import Call
from proche.areas.recruitment.notices import BY_VERSION, CURRENT
from proche.common.errors import Refusal
from proche.common.words import IN_WORDS

LASTS = 6 * 3600
# Nobody reads the page and sends it sooner; a reader without the work is asked to be slower.
SOONEST, SOONEST_ASKED = 2, 8


@dataclass(frozen=True, slots=True)
class Ticket:
    text: str
    nonce: str
    issued: int  # seconds since 1970
    bits: int
    notice_version: int

    @property
    def key(self) -> str:
        return form_key(self.nonce)

    @property
    def question(self) -> tuple[int, int]:
        """Two numbers to add, for a reader whose browser runs no script."""
        mark = salted_hmac("proche.recruitment.question", self.nonce, algorithm="sha256").digest()
        return mark[0] % 8 + 2, mark[1] % 8 + 2


def _signer(call: Call) -> Signer:
    return Signer(salt=f"nominate:{call.pk}")


def issue(call: Call, *, bits: int, now: float | None = None) -> Ticket:
    nonce, issued = secrets.token_urlsafe(12), int(time.time() if now is None else now)
    text = _signer(call).sign(f"{nonce}.{issued}.{bits}.{CURRENT.version}")
    return Ticket(text, nonce, issued, bits, CURRENT.version)


def read(call: Call, text: str) -> Ticket:
    """The ticket of a form of this call. Raises Refusal for any other, or one too old."""
    try:
        nonce, issued, bits, version = _signer(call).unsign(text).split(".")
    except (BadSignature, ValueError) as wrong:
        raise _stale() from wrong
    ticket = Ticket(text, nonce, int(issued), int(bits), int(version))
    if time.time() - ticket.issued > LASTS or ticket.notice_version not in BY_VERSION:
        raise _stale()
    return ticket


def _stale() -> Refusal:
    return Refusal(
        _("This page had been open for a long time. It is ready again: press once more."),
        code="stale_form",
    )


def check_pace(ticket: Ticket, *, worked: bool) -> None:
    """Raise Refusal where the form comes back faster than a person reads it."""
    if time.time() - ticket.issued < (SOONEST if worked else SOONEST_ASKED):
        raise Refusal(
            _("That was very fast. Take a few seconds, then press once more."), code="too_fast"
        )


def has_worked(ticket: Ticket, work: str) -> bool:
    if not work.isdigit() or len(work) > 12:
        return False
    digest = sha256(f"{ticket.text}|{work}".encode()).digest()
    return int.from_bytes(digest, "big") >> (256 - ticket.bits) == 0


def has_answered(ticket: Ticket, answer: str) -> bool:
    """In digits, or in words of either language."""
    total, given = sum(ticket.question), answer.strip().casefold()
    return given in {str(total), *(words.split()[total] for words in IN_WORDS.values())}
