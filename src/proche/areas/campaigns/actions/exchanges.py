"""What is said after the exchange: the member's word, and the thanks."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from proche.areas.accounts.models import User
from proche.areas.campaigns.actions.parcels import tell_later
from proche.areas.campaigns.models import Exchange
from proche.areas.people.actions import record
from proche.common.errors import Refusal


@transaction.atomic
def feedback(exchange: Exchange, text: str) -> None:
    """Private words to the team: « not for me » is useful too, and has no consequence."""
    current = _locked(exchange)
    current.feedback = text.strip()
    current.save(update_fields=["feedback"])
    _tell(current, "feedback_given", None)


@transaction.atomic
def thank(exchange: Exchange, *, by: User | None) -> None:
    current = _locked(exchange)
    if current.thanked_at is not None:
        raise Refusal(_("This person was already thanked."), code="already_thanked")
    current.thanked_at = timezone.now()
    current.save(update_fields=["thanked_at"])
    _tell(current, "thanked", by)
    tell_later("proche.areas.campaigns.tasks.tell_thanks", current.pk)


@transaction.atomic
def take_back_thanks(exchange: Exchange, *, by: User | None) -> None:
    """Undo of `thank`, before the mail leaves."""
    current = _locked(exchange)
    current.thanked_at = None
    current.save(update_fields=["thanked_at"])
    _tell(current, "thanks_taken_back", by)


def _locked(exchange: Exchange) -> Exchange:
    rows = Exchange.objects.select_for_update(of=("self",))
    rows = rows.select_related("offer__person", "offer__campaign__brief__brand__programme")
    current: Exchange = rows.get(pk=exchange.pk)
    return current


def _tell(exchange: Exchange, verb: str, by: User | None) -> None:
    brief = exchange.offer.campaign.brief
    record(exchange.offer.person, verb, by=by, brand=brief.brand.name, campaign=brief.title_fr)
