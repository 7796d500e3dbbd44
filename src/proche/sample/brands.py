"""The brands, their contacts, their briefs and a draft."""

from typing import Any

from proche.areas.accounts.models import Programme, User
from proche.areas.brands.actions import add_brand, add_contact, save_draft, write_brief
from proche.areas.brands.models import Brand, Brief, BriefDraft
from proche.sample.calendar import Calendar
from proche.sample.draw import table

Briefs = dict[str, Brief]


def make_brands(programme: Programme, calendar: Calendar, *, by: User) -> Briefs:
    """The briefs by the name they have in the tables of the sample."""
    brands: dict[str, Brand] = {}
    for months, facts in enumerate(table("brands")["brand"], start=1):
        known = {name: value for name, value in facts.items() if name not in {"contacts", "rivals"}}
        brand = add_brand(programme, by=by, **known)
        for name, email, language in facts["contacts"]:
            add_contact(brand, by=by, name=name, email=email, language=language)
        Brand.objects.filter(pk=brand.pk).update(created_at=calendar.at(400 - 40 * months))
        brand.rivals.set([brands[name] for name in facts.get("rivals", [])])
        brands[brand.name] = brand
    for facts in table("brands")["draft"]:
        draft = save_draft(brands[facts["brand"]], _typed(facts), by=by)
        BriefDraft.objects.filter(pk=draft.pk).update(saved_at=calendar.at(2, 16))
    return {
        facts["name"]: _brief(brands, facts, calendar, by) for facts in table("brands")["brief"]
    }


def _typed(facts: dict[str, Any]) -> dict[str, list[str]]:
    return {name: typed for name, typed in facts.items() if name != "brand"}


def _brief(brands: dict[str, Brand], facts: dict[str, Any], calendar: Calendar, by: User) -> Brief:
    known = {k: v for k, v in facts.items() if k not in {"name", "brand", "from", "to"}}
    brief = write_brief(
        brands[facts["brand"]],
        by=by,
        starts_on=calendar.day(-facts["from"]),
        ends_on=calendar.day(-facts["to"]),
        **known,
    )
    # Written two weeks before it starts, and never tomorrow.
    brief.created_at = calendar.at(max(1, 14 - facts["from"]), 14)
    brief.save(update_fields=["created_at"])
    return brief
