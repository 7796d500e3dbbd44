"""From the open campaign to the exchange, through the actions that make them."""

from typing import Any

from proche.areas.accounts.models import Programme
from proche.areas.brands.models import Brief
from proche.areas.campaigns.actions import (
    Address,
    accept,
    confirm_receipt,
    open_campaign,
    send_offers,
    ship,
)
from proche.areas.campaigns.models import Campaign, Exchange, Offer
from proche.areas.people.models import Person
from tests.factories.accounts import UserFactory
from tests.factories.brands import BrandFactory, BriefFactory
from tests.factories.people import AccountFactory, PersonFactory, consenting

HOME = Address("12, rue de la Gare", "Rimouski", "G5L 1A1", "sonner deux fois")


def a_brief(programme: Programme, **facts: Any) -> Brief:
    return BriefFactory.create(brand=BrandFactory.create(programme=programme), **facts)


def a_campaign(programme: Programme, **facts: Any) -> Campaign:
    return open_campaign(a_brief(programme, **facts), by=None)


def who_agreed(programme: Programme, **facts: Any) -> Person:
    """A member with an account and a sign-in, who agreed to receive offers."""
    user = UserFactory.create(name="Camille Ouellet")
    person = consenting(PersonFactory.create(programme=programme, user=user, **facts))
    AccountFactory.create(person=person)
    return person


def an_offer(person: Person, campaign: Campaign | None = None, **facts: Any) -> Offer:
    campaign = campaign or a_campaign(person.programme, **facts)
    sent = send_offers(campaign, [person], by=None)
    assert sent.left_out == []
    return sent.sent[0]


def an_exchange(person: Person, campaign: Campaign | None = None, **facts: Any) -> Exchange:
    offer = an_offer(person, campaign, **facts)
    product = offer.campaign.brief.format == Brief.Format.PRODUCT
    return accept(offer, address=HOME if product else None)


def shipped(person: Person, **facts: Any) -> Exchange:
    exchange = an_exchange(person, **facts)
    ship(exchange.parcel, tracking="7023 1234", by=None)
    return _fresh(exchange)


def received(person: Person, **facts: Any) -> Exchange:
    exchange = shipped(person, **facts)
    confirm_receipt(exchange.parcel)
    return _fresh(exchange)


def _fresh(exchange: Exchange) -> Exchange:
    return Exchange.objects.get(pk=exchange.pk)
