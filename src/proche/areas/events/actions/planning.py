"""Where and when: an event is planned once for a campaign, and may still be moved."""

from dataclasses import asdict, dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from proche.areas.accounts.models import User
from proche.areas.brands.models import Brief
from proche.areas.campaigns.models import Campaign, Exchange
from proche.areas.events import rules
from proche.areas.events.actions.guests import seat, seat_next
from proche.areas.events.letters import write_to
from proche.areas.events.models import Event
from proche.areas.events.queries import with_event
from proche.common.errors import Refusal


@dataclass(frozen=True)
class Facts:
    """What a guest must know to come."""

    title_fr: str
    title_en: str
    place: str
    address: str
    starts_at: datetime
    ends_at: datetime
    seats: int


@transaction.atomic
def plan_event(campaign: Campaign, facts: Facts, *, by: User | None) -> Event:
    """Set the place and the time; everybody who had already accepted is seated."""
    locked = Campaign.objects.select_for_update().select_related("brief").get(pk=campaign.pk)
    if locked.brief.format != Brief.Format.EVENT:
        raise Refusal(_("This brief is about a product: it has no event."), code="not_an_event")
    if Event.objects.filter(campaign=locked).exists():
        raise Refusal(_("This campaign already has its event."), code="already_planned")
    _coherent(facts)
    event = Event.objects.create(campaign=locked, **asdict(facts))
    accepted = Exchange.objects.filter(offer__campaign=locked).select_related("offer__person")
    for exchange in accepted.order_by("agreed_at", "pk"):
        seat(event, exchange)
    return event


@transaction.atomic
def change_event(event: Event, facts: Facts, *, by: User | None) -> None:
    """Move the event or change its seats; guests are written to when the time or place moved."""
    current = Event.objects.select_for_update().get(pk=event.pk)
    _coherent(facts)
    taken = current.seats - rules.seats_left(current)
    if facts.seats < taken:
        raise Refusal(
            _("%(taken)d seats are taken: keep at least that many.") % {"taken": taken},
            code="seats_taken",
            field="seats",
        )
    moved = any(
        getattr(current, name) != getattr(facts, name)
        for name in ("place", "address", "starts_at", "ends_at")
    )
    Event.objects.filter(pk=current.pk).update(**asdict(facts))
    current.refresh_from_db()
    if moved and not rules.is_over(current):
        _tell_guests(current, by)
    seat_next(current)


def _tell_guests(event: Event, by: User | None) -> None:
    now = timezone.now()
    for guest in with_event(event.invitations.filter(state__in=rules.EXPECTED)):
        # A later change of place is told again: the moment is part of the message's key.
        guest.changed_at = now
        write_to(guest, "event_moved", by=by)


def _coherent(facts: Facts) -> None:
    if facts.ends_at <= facts.starts_at:
        raise Refusal(
            _("The end must come after the start."), code="ends_before_start", field="ends_at"
        )
