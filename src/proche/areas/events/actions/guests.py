"""A guest's place: kept on a yes, in line when the room is full, confirmed, given up."""

from collections.abc import Collection
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from proche.areas.accounts.models import User
from proche.areas.campaigns.actions.parcels import tell_later
from proche.areas.campaigns.models import Exchange
from proche.areas.events import rules
from proche.areas.events.letters import write_to
from proche.areas.events.models import Event, Invitation
from proche.areas.events.queries import with_event
from proche.areas.people.actions import record
from proche.common.errors import Refusal

State = Invitation.State


@transaction.atomic
def invite(exchange: Exchange) -> Invitation | None:
    """Seat the member who accepted: their place is kept, or they wait in line when it is full.

    Calling it again gives the same invitation. None while the event of the campaign has no date
    yet: planning it seats everybody who accepted, in the order of their yes.
    """
    event = Event.objects.select_for_update().filter(campaign=exchange.offer.campaign_id).first()
    if event is None:
        return None
    return seat(event, exchange)


def seat(event: Event, exchange: Exchange) -> Invitation:
    """Call it with the event locked: of two people on the last seat, one waits."""
    known = with_event(event.invitations.filter(person=exchange.offer.person_id)).first()
    if known is not None and known.state not in {State.INVITED, State.DECLINED}:
        return known
    state = State.ACCEPTED if rules.seats_left(event) else State.WAITLISTED
    row, _created = Invitation.objects.update_or_create(
        event=event,
        person=exchange.offer.person,
        defaults={"exchange": exchange, "state": state, "changed_at": timezone.now()},
    )
    invitation: Invitation = with_event(Invitation.objects.all()).get(pk=row.pk)
    tell(invitation, "place_kept" if state == State.ACCEPTED else "in_line_for_event")
    write_to(invitation, "event_place" if state == State.ACCEPTED else "event_in_line")
    return invitation


@transaction.atomic
def confirm(invitation: Invitation, *, by: User | None = None) -> None:
    """The guest said again that they come."""
    current = locked(invitation, rules.CONFIRMABLE, _("Only a kept place can be confirmed."))
    move(current, State.CONFIRMED, "presence_confirmed", by)


@transaction.atomic
def take_back_confirm(invitation: Invitation, *, by: User | None = None) -> None:
    """Undo of `confirm`."""
    current = locked(invitation, {State.CONFIRMED}, _("This guest is not confirmed."))
    move(current, State.ACCEPTED, "presence_not_confirmed", by)


@transaction.atomic
def cancel(invitation: Invitation, *, by: User | None = None) -> None:
    """Give the place up; whoever waited longest takes it."""
    current = locked(
        invitation, rules.CANCELLABLE, _("Only a guest who is still expected can be cancelled.")
    )
    move(current, State.CANCELLED, "place_given_up", by)
    tell_later("proche.areas.events.tasks.tell_cancelled", current.pk)
    seat_next(current.event)


@transaction.atomic
def reinstate(invitation: Invitation, *, by: User | None = None) -> Invitation:
    """Undo of `cancel`; where the place was taken meanwhile, the guest waits in line."""
    current = locked(invitation, {State.CANCELLED}, _("This guest was not cancelled."))
    room = rules.seats_left(current.event)
    move(
        current,
        State.ACCEPTED if room else State.WAITLISTED,
        "place_given_back" if room else "in_line_for_event",
        by,
    )
    return current


def seat_next(event: Event) -> None:
    """Offer free seats to those in line, first come first seated."""
    if rules.is_over(event):
        return
    waiting = with_event(event.invitations.filter(state=State.WAITLISTED))
    for invitation in waiting.order_by("changed_at", "pk")[: rules.seats_left(event)]:
        move(invitation, State.ACCEPTED, "place_opened", None)
        write_to(invitation, "event_place")


def locked(invitation: Invitation, states: Collection[str], otherwise: str | Promise) -> Invitation:
    """The row as it is now, refused in any other state."""
    current = held(invitation)
    if current.state not in states:
        raise Refusal(otherwise, code=f"invitation_{current.state}")
    return current


def held(invitation: Invitation) -> Invitation:
    """The row with its event locked first, so that seats are counted by one at a time."""
    Event.objects.select_for_update().get(pk=invitation.event_id)
    current: Invitation = with_event(Invitation.objects.all()).get(pk=invitation.pk)
    return current


def move(invitation: Invitation, state: Invitation.State, verb: str, by: User | None) -> None:
    invitation.state = state
    invitation.changed_at = timezone.now()
    invitation.save(update_fields=["state", "changed_at"])
    tell(invitation, verb, by)


def tell(invitation: Invitation, verb: str, by: User | None = None, **details: Any) -> None:
    event = invitation.event
    brand = event.campaign.brief.brand.name
    record(invitation.person, verb, by=by, brand=brand, event=event.title_fr, **details)
