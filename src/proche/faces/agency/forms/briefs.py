"""A brief on one screen, French and English side by side."""

from decimal import Decimal
from typing import Any

from django import forms
from django.forms import fields_for_model, model_to_dict
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from proche.areas.brands.models import Brief
from proche.areas.brands.queries import topic_names
from proche.areas.content.rules import PLACE_NAMES
from proche.common.choices import Archetype, ExchangeKind, Language
from proche.common.regions import REGIONS
from proche.common.ui import RadioCards
from proche.core.topics import named
from proche.faces.agency.forms.brands import split_words

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
    "quantity",
    "starts_on",
    "ends_on",
    "adults_only",
    "for_children",
]
CHOSEN = ["regions", "languages", "archetypes", "countries"]
CENT = Decimal("0.01")


class Day(forms.DateInput):
    input_type = "date"

    def __init__(self) -> None:
        # The control of the browser reads and writes ISO dates in every language.
        super().__init__(format="%Y-%m-%d")


class Ticked(forms.MultipleChoiceField):
    widget = forms.CheckboxSelectMultiple

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, **kwargs)


def _regions() -> list[tuple[str, str]]:
    return [(region.code, region.name(get_language() or "fr")) for region in REGIONS]


def _capitals(choices: list[tuple[str, Any]]) -> list[tuple[str, str]]:
    return [(value, capfirst(str(label))) for value, label in choices]


class BriefForm(forms.Form):
    """Not a model form: the verb refuses in words what a constraint would refuse in its name."""

    fair_value = forms.DecimalField(
        label=_("Fair value for each member, in dollars"),
        min_value=Decimal(0),
        max_value=Decimal(100000),
        decimal_places=2,
        help_text=_("What it would cost in a shop, taxes included."),
    )
    topics = forms.CharField(
        label=_("Topics"),
        required=False,
        max_length=400,
        help_text=_("Separated by commas, in French or English: hair, cooking, hiking…"),
    )
    regions = Ticked(
        label=_("Regions"), choices=_regions, help_text=_("None ticked: everywhere in Québec.")
    )
    languages = Ticked(
        label=_("Languages of the posts"),
        choices=Language.choices,
        help_text=_("None ticked: both."),
    )
    required_words = forms.CharField(
        label=_("Words every post must hold"),
        required=False,
        max_length=300,
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
        label=_("Profiles"),
        choices=lambda: _capitals(Archetype.choices),
        help_text=_("None ticked: both."),
    )

    def __init__(self, data: Any = None, *, brief: Brief | None = None) -> None:
        super().__init__(data, initial=_typed(brief) if brief else None)
        self.fields |= fields_for_model(Brief, WRITTEN, widgets=_widgets(), help_texts=HELPS)
        # No empty choice: one of them is always meant.
        for name, choices in (("format", Brief.Format), ("exchange", ExchangeKind)):
            field: Any = self.fields[name]
            field.choices = _capitals(choices.choices)

    def clean_topics(self) -> list[str]:
        """A word of the taxonomy becomes its topic; another one is kept as it was typed."""
        words = split_words(self.cleaned_data["topics"])
        return list(dict.fromkeys(code for word in words for code in named(word) or (word,)))

    def clean_required_words(self) -> list[str]:
        return split_words(self.cleaned_data["required_words"])

    def facts(self) -> dict[str, Any]:
        facts = dict(self.cleaned_data)
        facts["fair_value_cents"] = int(facts.pop("fair_value") * 100)
        return facts


HELPS: dict[str, Any] = {
    "obligation": _(
        "Ticked, the member owes a post and the offer says so. Not ticked, they are free."
    ),
    "adults_only": _("Alcohol and the like: only members who said they are 18 or older."),
    "for_children": _("The law forbids it: the brief will be refused."),
}


def _widgets() -> dict[str, Any]:
    helps = {
        "product": _("Something is sent to the member."),
        "event": _("The member is invited somewhere."),
    }
    short = {name: forms.Textarea(attrs={"rows": 2}) for name in ("gets_fr", "gets_en")}
    long = {name: forms.Textarea(attrs={"rows": 4}) for name in ("asks_fr", "asks_en")}
    days = {name: Day() for name in ("starts_on", "ends_on")}
    return {"format": RadioCards(helps=helps), **short, **long, **days}


def _typed(brief: Brief) -> dict[str, Any]:
    return {
        **model_to_dict(brief, [*WRITTEN, *CHOSEN]),
        "fair_value": (Decimal(brief.fair_value_cents) / 100).quantize(CENT),
        "topics": ", ".join(topic_names(brief.topics)),
        "required_words": ", ".join(brief.required_words),
    }
