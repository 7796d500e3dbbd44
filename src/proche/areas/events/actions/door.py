"""The door: each guest comes in once; who did not come is marked after the end."""

from django.db import transaction
from django.utils import timezone
from django.utils.formats import time_format
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from proche.areas.accounts.models import User
from proche.areas.campaigns.clock import start_clock, stop_clock
from proche.areas.events import rules
from proche.areas.events.actions.guests import State, held, locked, move
from proche.areas.events.models import CheckIn, Event, Invitation
from proche.areas.events.queries import with_event
from proche.common.errors import Refusal


@transaction.atomic
def check_in(invitation: Invitation, *, by: User | None) -> CheckIn:
    """Let the guest in, once; the posting clock starts where something must be posted.

    A second try is refused with the time of the first.
    """
    current = held(invitation)
    if current.state == State.CHECKED_IN:
        at = time_format(timezone.localtime(current.check_in.at))
        raise Refusal(gettext("Already in at %(time)s") % {"time": at}, code="already_in")
    if current.state not in rules.ADMISSIBLE:
        raise Refusal(_why_not(current), code=f"invitation_{current.state}")
    entered = CheckIn.objects.create(invitation=current, at=timezone.now(), by=by)
    move(current, State.CHECKED_IN, "checked_in", by)
    if current.exchange is not None:
        start_clock(current.exchange, on=timezone.localdate())
    return entered


def _why_not(invitation: Invitation) -> str | Promise:
    sentences = {
        State.WAITLISTED: _("This guest is in line: a place must open first."),
        State.CANCELLED: _("This guest’s place was given up. Ask the person in charge."),
    }
    otherwise = _("This guest has not accepted the invitation.")
    return sentences.get(State(invitation.state), otherwise)


@transaction.atomic
def take_back_check_in(invitation: Invitation, *, by: User | None) -> None:
    """Undo of `check_in`: the guest is expected again, and no post is due."""
    current = locked(invitation, {State.CHECKED_IN}, _("This guest is not in yet."))
    CheckIn.objects.filter(invitation=current).delete()
    move(current, State.CONFIRMED, "check_in_taken_back", by)
    if current.exchange is not None:
        stop_clock(current.exchange)


@transaction.atomic
def mark_no_shows(event: Event, *, by: User | None) -> int:
    """Everybody expected who is not in; returns how many. Refused before the end."""
    current = Event.objects.select_for_update().get(pk=event.pk)
    if not rules.is_over(current):
        raise Refusal(_("The event is not over: late guests may still come in."), code="not_over")
    expected = list(with_event(current.invitations.filter(state__in=rules.EXPECTED)))
    for invitation in expected:
        move(invitation, State.NO_SHOW, "did_not_come", by)
    return len(expected)
