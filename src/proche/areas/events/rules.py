"""Who takes a seat, and what may still be done with an invitation, by its state."""

from django.utils import timezone

from proche.areas.events.models import Event, Invitation

State = Invitation.State

# A seat is held from the yes until the end, whether or not the person came.
SEATED = {State.ACCEPTED, State.CONFIRMED, State.CHECKED_IN, State.NO_SHOW}
EXPECTED = {State.ACCEPTED, State.CONFIRMED}
CONFIRMABLE = {State.ACCEPTED}
CANCELLABLE = {State.INVITED, State.ACCEPTED, State.CONFIRMED, State.WAITLISTED}
# Somebody marked absent who was there can still be let in.
ADMISSIBLE = {State.ACCEPTED, State.CONFIRMED, State.NO_SHOW}


def seats_left(event: Event) -> int:
    return max(0, event.seats - event.invitations.filter(state__in=SEATED).count())


def is_over(event: Event) -> bool:
    return event.ends_at <= timezone.now()
