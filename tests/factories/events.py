"""An event with its place and time, and guests who accepted, through the actions that make them."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from proche.areas.accounts.models import Programme
from proche.areas.brands.models import Brief
from proche.areas.campaigns.models import Campaign
from proche.areas.events.actions import Facts, invite, plan_event
from proche.areas.events.models import Event, Invitation
from tests.factories.campaigns import a_campaign, an_exchange, who_agreed


def evening(**changed: Any) -> Facts:
    starts_at = (timezone.now() + timedelta(days=9)).replace(microsecond=0)
    known: dict[str, Any] = {
        "title_fr": "Soirée d’automne",
        "title_en": "Fall evening",
        "place": "La Fabrique",
        "address": "85, rue Saint-Paul, Québec",
        "starts_at": starts_at,
        "ends_at": starts_at + timedelta(hours=3),
        "seats": 2,
    }
    return Facts(**known | changed)


def event_campaign(programme: Programme, **facts: Any) -> Campaign:
    known: dict[str, Any] = {"format": Brief.Format.EVENT, "exchange": "invitation"}
    return a_campaign(programme, **known | facts)


def an_event(programme: Programme, *, obligation: bool = False, **changed: Any) -> Event:
    campaign = event_campaign(programme, obligation=obligation)
    return plan_event(campaign, evening(**changed), by=None)


def a_guest(event: Event, **person: Any) -> Invitation:
    """Somebody who said yes: seated, or in line where the event is full."""
    programme = event.campaign.brief.brand.programme
    invitation = invite(an_exchange(who_agreed(programme, **person), event.campaign))
    assert invitation is not None
    return invitation


def finished(event: Event) -> Event:
    """The same event, two days ago."""
    begun = timezone.now() - timedelta(days=2)
    Event.objects.filter(pk=event.pk).update(starts_at=begun, ends_at=begun + timedelta(hours=3))
    return Event.objects.get(pk=event.pk)


def last_verb(invitation: Invitation) -> str:
    return invitation.person.timeline.latest("at", "pk").verb
