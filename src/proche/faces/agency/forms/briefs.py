"""A brief on one screen, French and English side by side."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from proche.areas.brands.models import Brief
from proche.areas.brands.queries import topic_names
from proche.common.choices import Archetype, ExchangeKind, Language
from proche.common.regions import REGIONS
from proche.common.ui import RadioCards
from proche.core.topics import named
from proche.faces.agency.forms.brands import split_words


def _regions() -> list[tuple[str, str]]:
    return [(region.code, region.name(get_language() or "fr")) for region in REGIONS]


class Day(forms.DateInput):
    input_type = "date"

    def __init__(self) -> None:
        # The control of the browser reads and writes ISO dates in every language.
        super().__init__(format="%Y-%m-%d")


class BriefForm(forms.ModelForm):  # type: ignore[type-arg]
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
    regions = forms.MultipleChoiceField(
        label=_("Regions"),
        choices=_regions,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("None ticked: everywhere in Québec."),
    )
    languages = forms.MultipleChoiceField(
        label=_("Languages of the posts"),
        choices=Language.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("None ticked: both."),
    )
    archetypes = forms.MultipleChoiceField(
        label=_("Profiles"),
        choices=Archetype.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("None ticked: both."),
    )

    class Meta:
        model = Brief
        fields = [
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
        widgets = {
            "format": RadioCards(
                helps={
                    "product": _("Something is sent to the member."),
                    "event": _("The member is invited somewhere."),
                }
            ),
            "gets_fr": forms.Textarea(attrs={"rows": 2}),
            "gets_en": forms.Textarea(attrs={"rows": 2}),
            "asks_fr": forms.Textarea(attrs={"rows": 4}),
            "asks_en": forms.Textarea(attrs={"rows": 4}),
            "starts_on": Day(),
            "ends_on": Day(),
        }
        help_texts = {
            "obligation": _(
                "Ticked, the member owes a post and the offer says so. Not ticked, they are free."
            ),
            "adults_only": _("Alcohol and the like: only members who said they are 18 or older."),
            "for_children": _("The law forbids it: the brief will be refused."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # No empty card: one of them is always meant.
        self._choices("format", Brief.Format.choices)
        self._choices("exchange", ExchangeKind.choices)
        self._choices("archetypes", Archetype.choices)
        brief = self.instance
        if brief.pk:
            self.initial = {
                **self.initial,
                "fair_value": Decimal(brief.fair_value_cents) / 100,
                "topics": ", ".join(topic_names(brief.topics)),
                "regions": brief.regions,
                "languages": brief.languages,
                "archetypes": brief.archetypes,
            }

    def _choices(self, name: str, choices: list[tuple[str, Any]]) -> None:
        field: Any = self.fields[name]
        field.choices = [(value, capfirst(str(label))) for value, label in choices]

    def clean_topics(self) -> list[str]:
        """A word of the taxonomy becomes its topic; another one is kept as it was typed."""
        words = split_words(self.cleaned_data["topics"])
        return list(dict.fromkeys(code for word in words for code in named(word) or (word,)))

    def validate_constraints(self) -> None:
        """Left to the verb, whose refusal says the reason in words."""

    def facts(self) -> dict[str, Any]:
        facts = dict(self.cleaned_data)
        facts["fair_value_cents"] = int(facts.pop("fair_value") * 100)
        return facts
