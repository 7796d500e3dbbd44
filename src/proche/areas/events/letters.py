"""What a guest is told: a place is kept, they are in line, their place is given up."""

from django.db import transaction
from django.urls import reverse

from proche.areas.accounts.models import User
from proche.areas.campaigns.queries import in_language
from proche.areas.events.models import Invitation
from proche.areas.events.queries import with_event
from proche.areas.messages.actions import Recipient, send


def write_to(invitation: Invitation, kind: str, *, by: User | None = None) -> None:
    """One message for each change: the moment of the change is part of its key."""
    person, event = invitation.person, invitation.event
    offer = invitation.exchange.offer if invitation.exchange else None
    send(
        event.campaign.brief.brand.programme,
        kind,
        Recipient.of(person),
        once_key=f"{kind}:{invitation.pk}:{invitation.changed_at.isoformat()}",
        by=by,
        context={
            "event": event,
            "title": in_language(event, "title", person.language),
            "brand": event.campaign.brief.brand.name,
            "address": reverse("member:exchange", args=[offer.key]) if offer else "/moi/",
        },
    )


@transaction.atomic
def cancelled_letter(invitation_id: int) -> None:
    """Nothing is sent where the cancellation was taken back in the meantime."""
    rows = with_event(Invitation.objects.filter(state=Invitation.State.CANCELLED))
    invitation = rows.filter(pk=invitation_id).first()
    if invitation is not None:
        write_to(invitation, "event_cancelled")
