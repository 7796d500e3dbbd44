"""What every act about an offer shares: the row as it is now, the letter, the timeline."""

from django.urls import reverse

from proche.areas.accounts.models import User
from proche.areas.campaigns.models import Offer
from proche.areas.campaigns.queries import in_language, with_brief
from proche.areas.messages.actions import Recipient, send
from proche.areas.people.actions import record


def locked(offer: Offer) -> Offer:
    return with_brief(Offer.objects.select_for_update(of=("self",))).get(pk=offer.pk)


def write_offer(offer: Offer, kind: str, *, once_key: str, by: User | None) -> None:
    brief, person = offer.campaign.brief, offer.person
    send(
        brief.brand.programme,
        kind,
        Recipient.of(person),
        once_key=once_key,
        by=by,
        context={
            "offer": offer,
            "brief": brief,
            "brand": brief.brand.name,
            "title": in_language(brief, "title", person.language),
            "gets": in_language(brief, "gets", person.language),
            "asks": in_language(brief, "asks", person.language),
            "address": reverse("member:offer", args=[offer.key]),
        },
    )


def tell(offer: Offer, verb: str, *, by: User | None = None, **details: str | int) -> None:
    """One entry of the timeline, which is the contact log too: it says of which offer it tells."""
    brief = offer.campaign.brief
    told = {"brand": brief.brand.name, "campaign": brief.title_fr, "offer": offer.pk}
    record(offer.person, verb, by=by, **told, **details)
