"""A brief on one screen, French and English side by side."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.forms import fields_for_model, model_to_dict
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from proche.areas.brands.models import Brand, Brief, BriefDraft
from proche.areas.brands.queries import topic_names
from proche.areas.campaigns.rules import MAY_STILL_CHANGE
from proche.areas.content.rules import PLACE_NAMES
from proche.common.choices import Archetype, ExchangeKind, Language
from proche.common.ui import RadioCards
from proche.core import matching
from proche.core.topics import named
from proche.faces.agency.forms.fields import (
    BOTH,
    EVERYWHERE,
    Day,
    Dollars,
    Ticked,
    WordList,
    capitals,
    region_choices,
)

WRITTEN = [
    "format",
    "exchange",
    "obligation",
    "title_fr",
    "title_en",
    "gets_fr",
    "gets_en",
    "asks_fr",
    "asks_en",
    "content_fr",
    "content_en",
    "avoid_fr",
    "avoid_en",
    "quantity",
    "starts_on",
    "ends_on",
    "alcohol",
    "adults_only",
    "for_children",
]
CHOSEN = ["regions", "languages", "archetypes", "countries"]
# Everybody's to give again: the days of an earlier brief are over.
NOT_COPIED = ("starts_on", "ends_on")
# Of the forms of one page, what is no field of the brief.
NOT_TYPED = {"csrfmiddlewaretoken", "draft", "brouillon"}
CENT = Decimal("0.01")


def _limits() -> list[tuple[str, str]]:
    side = get_language() or "fr"
    return capitals([(limit.code, limit.name(side)) for limit in matching.limits()])


class BriefForm(forms.Form):
    """Not a model form: the verb refuses in words what a constraint would refuse in its name."""

    fair_value = Dollars(
        label=_("Fair value for each member, in dollars"),
        help_text=_("What it would cost in a shop, taxes included."),
    )
    budget = Dollars(
        label=_("Budget of the brand, in dollars"),
        required=False,
        help_text=_("For the team only: members and the brand’s link never show it."),
    )
    topics = WordList(
        label=_("Topics"),
        help_text=_("Separated by commas, in French or English: hair, cooking, hiking…"),
        meaning=named,
    )
    regions = Ticked(label=_("Regions"), choices=region_choices, help_text=EVERYWHERE)
    languages = Ticked(label=_("Languages of the posts"), choices=Language.choices, help_text=BOTH)
    required_words = WordList(
        label=_("Words every post must hold"),
        help_text=_(
            "Separated by commas, as they must be written. They never take the place of what the "
            "law asks; where the rules do not accept them, the brief says so."
        ),
    )
    countries = Ticked(
        label=_("Where the audience lives, besides Canada"),
        choices=[(code, name) for code, name in PLACE_NAMES.items() if code != "CA"],
        help_text=_("The strictest of their rules decides for every post."),
    )
    archetypes = Ticked(
        label=_("Profiles"), choices=lambda: capitals(Archetype.choices), help_text=BOTH
    )
    contains = Ticked(
        label=_("What it contains"),
        choices=_limits,
        help_text=_("Whoever cannot take it, by allergy, diet or choice, is not asked."),
    )
    contains_more = WordList(
        label=_("And also"),
        help_text=_("Separated by commas. Looked for in what members wrote of their limits."),
    )

    def __init__(
        self, data: Any = None, *, initial: Mapping[str, Any] | None = None, sent: bool = False
    ) -> None:
        """`sent`: only what may still change once members were asked."""
        super().__init__(data, initial=dict(initial) if initial else None)
        self.fields |= fields_for_model(Brief, WRITTEN, widgets=_widgets(), help_texts=HELPS)
        # No empty choice: one of them is always meant.
        for name, choices in (("format", Brief.Format), ("exchange", ExchangeKind)):
            field: Any = self.fields[name]
            field.choices = capitals(choices.choices)
        if sent:
            still = {*MAY_STILL_CHANGE, "budget", "contains_more"}
            self.fields = {name: f for name, f in self.fields.items() if name in still}

    def facts(self) -> dict[str, Any]:
        facts = dict(self.cleaned_data)
        facts["contains"] = [*facts["contains"], *facts.pop("contains_more")]
        budget = facts.pop("budget")
        facts["budget_cents"] = None if budget is None else int(budget * 100)
        if "fair_value" in facts:
            facts["fair_value_cents"] = int(facts.pop("fair_value") * 100)
        return facts


HELPS: dict[str, Any] = {
    "obligation": _(
        "Ticked, the member owes a post and the offer says so. Not ticked, they are free."
    ),
    "content_fr": _("An idea, a picture, a mood. Never the words to say."),
    "avoid_fr": _("Claims, comparisons, subjects to leave aside."),
    "quantity": _("Of a product, how many there are; of an event, the seats."),
    "alcohol": _("Only members of 18 or older who said that they accept alcohol."),
    "adults_only": _("Only members who said they are 18 or older."),
    "for_children": _("The law forbids it: the brief will be refused."),
}


def _widgets() -> dict[str, Any]:
    helps = {
        "product": _("Something is sent to the member."),
        "event": _("The member is invited somewhere."),
    }
    sides = ("fr", "en")
    short = {f"gets_{side}": forms.Textarea(attrs={"rows": 2}) for side in sides}
    long = {
        f"{name}_{side}": forms.Textarea(attrs={"rows": rows})
        for name, rows in (("asks", 4), ("content", 3), ("avoid", 3))
        for side in sides
    }
    days = {name: Day() for name in ("starts_on", "ends_on")}
    return {"format": RadioCards(helps=helps), **short, **long, **days}


def of_brief(brief: Brief) -> dict[str, Any]:
    """The form as it would be filled in to write this brief."""
    known = {limit.code for limit in matching.limits()}
    return {
        **model_to_dict(brief, [*WRITTEN, *CHOSEN]),
        "fair_value": _dollars(brief.fair_value_cents),
        "budget": None if brief.budget_cents is None else _dollars(brief.budget_cents),
        "topics": ", ".join(topic_names(brief.topics)),
        "contains": [code for code in brief.contains if code in known],
        "contains_more": ", ".join(word for word in brief.contains if word not in known),
        "required_words": ", ".join(brief.required_words),
    }


def copied_from(brief: Brief) -> dict[str, Any]:
    """Everything of an earlier brief but its days, which are over."""
    return {name: value for name, value in of_brief(brief).items() if name not in NOT_COPIED}


def of_brand(brand: Brand) -> dict[str, Any]:
    """What a first brief of this brand starts from."""
    return {"regions": brand.regions, "languages": brand.languages}


def of_draft(draft: BriefDraft) -> dict[str, Any]:
    """As it was typed, right or wrong."""
    return {
        name: values if name in {*CHOSEN, "contains"} else "".join(values[-1:])
        for name, values in draft.typed.items()
    }


def typed_in(data: Any) -> dict[str, Sequence[str]]:
    return {name: values for name, values in data.lists() if name not in NOT_TYPED}


def _dollars(cents: int) -> Decimal:
    return (Decimal(cents) / 100).quantize(CENT)
