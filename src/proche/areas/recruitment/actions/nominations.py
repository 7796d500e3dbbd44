"""A nomination by a link to forward: nothing about the nominee is kept until they sign up.

On refusal and after 30 days what the nominator wrote is destroyed; the row keeps only its state,
so that the counts of the call stay true (privacy notes 2.2)."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from proche.areas.recruitment.models import Call, Nomination
from proche.common.errors import Refusal

State = Nomination.State
LIFETIME = timedelta(days=30)
OPEN = [State.PROPOSED, State.INVITED]
# What a refused or expired row forgets.
FORGOTTEN = {"nominator_name": "", "platform": "", "handle": ""}


def propose_nomination(call: Call, *, nominator_name: str = "") -> Nomination:
    """A personal link to forward. The name is kept only if the nominator wants it said."""
    today = timezone.localdate()
    if not call.opens_on <= today <= call.closes_on:
        raise Refusal(_("This call is closed. Thank you for thinking of somebody."), code="closed")
    now = timezone.now()
    return Nomination.objects.create(
        call=call, nominator_name=nominator_name.strip(), created_at=now, changed_at=now
    )


def open_nomination(nomination: Nomination) -> None:
    """The nominee opened the link."""
    Nomination.objects.filter(pk=nomination.pk, state=State.PROPOSED).update(
        state=State.INVITED, changed_at=timezone.now()
    )


def accept_nomination(nomination: Nomination) -> Nomination:
    """Check that the nominee may go on to sign up with this link."""
    if nomination.state not in OPEN:
        raise Refusal(_("This invitation was already answered."), code="already_answered")
    return nomination


@transaction.atomic
def refuse_nomination(nomination: Nomination) -> None:
    """No is final and leaves nothing behind."""
    changed = Nomination.objects.filter(pk=nomination.pk, state__in=OPEN).update(
        state=State.REFUSED, changed_at=timezone.now(), **FORGOTTEN
    )
    if not changed:
        raise Refusal(_("This invitation was already answered."), code="already_answered")


def expire_nominations(now: datetime) -> int:
    """Destroy what unanswered nominations hold; returns how many expired."""
    return Nomination.objects.filter(
        state__in=OPEN, created_at__lt=now - LIFETIME, person=None
    ).update(state=State.EXPIRED, changed_at=now, **FORGOTTEN)
