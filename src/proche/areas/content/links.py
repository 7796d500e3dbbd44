"""Links that open one page of one person without signing in: signed, for a purpose, for a time."""

from datetime import timedelta

from django.core.signing import BadSignature, TimestampSigner
from django.utils.translation import gettext_lazy as _

from proche.areas.people.kept import Departure, StillTrue
from proche.common.errors import Refusal

# Longer than the question waits for an answer, or than a departure can be taken back.
LIFETIME = timedelta(days=100)


def _signer(purpose: str) -> TimestampSigner:
    return TimestampSigner(salt=f"person-{purpose}")


def _token(purpose: str, pk: int) -> str:
    return _signer(purpose).sign(str(pk)).replace(":", "~")


def _key(purpose: str, token: str) -> str:
    try:
        return _signer(purpose).unsign(token.replace("~", ":"), max_age=LIFETIME)
    except BadSignature as wrong:
        raise old_link() from wrong


def old_link() -> Refusal:
    return Refusal(
        _("This link no longer opens anything. Sign in, or write to us."), code="old_link"
    )


def still_true_token(question: StillTrue) -> str:
    return _token("still-true", question.pk)


def question_of(token: str) -> StillTrue:
    """The question a link asks, while it waits. Raises Refusal afterwards."""
    found = StillTrue.objects.select_related("person__programme").filter(
        pk=_key("still-true", token), answered_at=None
    )
    question: StillTrue | None = found.first()
    if question is None:
        raise old_link()
    return question


def stay_token(departure: Departure) -> str:
    return _token("stay", departure.pk)


def departure_of(token: str) -> Departure:
    """The departure a link takes back, until it is done. Raises Refusal afterwards."""
    found = Departure.objects.select_related("person__programme").filter(pk=_key("stay", token))
    departure = found.first()
    if departure is None:
        raise old_link()
    return departure
