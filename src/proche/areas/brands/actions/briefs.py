"""Writing and changing briefs that may be sent."""

from datetime import date
from typing import TypedDict, Unpack

from django.db import transaction

from proche.areas.accounts.models import User
from proche.areas.brands.models import Brand, Brief, BriefDraft
from proche.areas.brands.rules import check_brief


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
    content_fr: str
    content_en: str
    avoid_fr: str
    avoid_en: str
    fair_value_cents: int
    budget_cents: int | None
    quantity: int
    starts_on: date
    ends_on: date
    topics: list[str]
    regions: list[str]
    languages: list[str]
    archetypes: list[str]
    contains: list[str]
    alcohol: bool
    required_words: list[str]
    countries: list[str]
    adults_only: bool
    for_children: bool


@transaction.atomic
def write_brief(
    brand: Brand, *, by: User | None, draft: BriefDraft | None = None, **facts: Unpack[BriefFacts]
) -> Brief:
    """Keep a new brief, and let its draft go. Raises Refusal where it may not be sent as it is
    written; the draft then stays."""
    brief = _settled(Brief(brand=brand), facts)
    brief.save()
    if draft is not None:
        draft.delete()
    return brief


@transaction.atomic
def change_brief(brief: Brief, *, by: User | None, **facts: Unpack[BriefFacts]) -> Brief:
    """Keep what changed. Raises Refusal where it may not be sent as it is written. Of a brief
    that members were asked with, `campaigns.actions.change_sent_brief` says what may change."""
    locked: Brief = Brief.objects.select_for_update().get(pk=brief.pk)
    _settled(locked, facts).save()
    return locked


def _settled(brief: Brief, facts: BriefFacts) -> Brief:
    for name, value in facts.items():
        setattr(brief, name, value)
    # Nobody under 18 is offered alcohol, whatever box was forgotten.
    brief.adults_only = brief.adults_only or brief.alcohol
    check_brief(brief)
    return brief
