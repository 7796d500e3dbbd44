"""The line: who said yes when every place was taken is offered the next one, before anybody new."""

from datetime import timedelta

from django.utils import timezone

from proche.areas.campaigns.actions.telling import tell, write_offer
from proche.areas.campaigns.models import Campaign, Offer
from proche.areas.campaigns.queries import first_in_line, places_open, with_brief


def call_line(campaign: Campaign) -> int:
    """Keep each open place for the next in line, with the days to answer again, and tell them.

    Call it with the campaign locked. Returns how many were called.
    """
    line = with_brief(first_in_line(campaign))
    still_on = line.filter(campaign__brief__ends_on__gte=timezone.localdate())
    waiting = list(still_on[: places_open(campaign)])
    for offer in waiting:
        days = offer.campaign.brief.brand.programme.answer_days
        offer.state = Offer.State.SENT
        offer.called_at = timezone.now()
        offer.respond_by = timezone.localdate() + timedelta(days=days)
        offer.save(update_fields=["state", "called_at", "respond_by"])
        write_offer(
            offer, "place_opened", once_key=f"place_opened:{offer.pk}:{offer.called_at}", by=None
        )
        tell(offer, "offer_place_opened")
    return len(waiting)
