"""Adding brands and their contacts, and writing briefs that may be sent."""

from datetime import date
from typing import TypedDict, Unpack

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from proche.areas.accounts.models import Programme, User
from proche.areas.brands.models import Brand, Brief, Contact
from proche.areas.brands.rules import check_brief
from proche.common.errors import Refusal


class BrandFacts(TypedDict, total=False):
    name: str
    aliases: list[str]
    category: str
    values_fr: str
    values_en: str
    never_beside: str
    website: str


class BriefFacts(TypedDict, total=False):
    format: str
    exchange: str
    obligation: bool
    title_fr: str
    title_en: str
    gets_fr: str
    gets_en: str
    asks_fr: str
    asks_en: str
    fair_value_cents: int
    quantity: int
    starts_on: date
    ends_on: date
    topics: list[str]
    regions: list[str]
    languages: list[str]
    archetypes: list[str]
    required_words: list[str]
    countries: list[str]
    adults_only: bool
    for_children: bool


def add_brand(programme: Programme, *, by: User | None, **facts: Unpack[BrandFacts]) -> Brand:
    return _saved_once(Brand(programme=programme, **facts))


def change_brand(brand: Brand, *, by: User | None, **facts: Unpack[BrandFacts]) -> Brand:
    for name, value in facts.items():
        setattr(brand, name, value)
    return _saved_once(brand)


def _saved_once(brand: Brand) -> Brand:
    try:
        with transaction.atomic():
            brand.save()
    except IntegrityError as twice:
        raise Refusal(
            _("This brand is already in the programme."), code="brand_twice", field="name"
        ) from twice
    return brand


@transaction.atomic
def add_contact(
    brand: Brand, *, by: User | None, name: str, email: str, language: str = "fr"
) -> Contact:
    Brand.objects.select_for_update().get(pk=brand.pk)
    if brand.contacts.filter(email__iexact=email.strip()).exists():
        raise Refusal(
            _("This address is already a contact of the brand."),
            code="contact_twice",
            field="email",
        )
    return brand.contacts.create(name=name, email=email.strip().lower(), language=language)


def write_brief(brand: Brand, *, by: User | None, **facts: Unpack[BriefFacts]) -> Brief:
    """Keep a new brief. Raises Refusal where it may not be sent as it is written."""
    brief = Brief(brand=brand, **facts)
    check_brief(brief)
    brief.save()
    return brief


@transaction.atomic
def change_brief(brief: Brief, *, by: User | None, **facts: Unpack[BriefFacts]) -> Brief:
    """Keep what changed. Raises Refusal where it may not be sent as it is written."""
    locked: Brief = Brief.objects.select_for_update().get(pk=brief.pk)
    for name, value in facts.items():
        setattr(locked, name, value)
    check_brief(locked)
    locked.save()
    return locked
