"""What is asked of a brand and of its contacts."""

from typing import Any

from django import forms
from django.forms import fields_for_model, model_to_dict
from django.utils.translation import gettext_lazy as _

from proche.areas.brands.models import Brand
from proche.common.choices import Language

KEPT = ["name", "category", "values_fr", "values_en", "never_beside"]


def split_words(text: str) -> list[str]:
    """Words typed with commas or on separate lines, once each, in the order typed."""
    parts = text.replace("\n", ",").replace(";", ",").split(",")
    return list(dict.fromkeys(part.strip() for part in parts if part.strip()))


class BrandForm(forms.Form):
    """Not a model form: the verb refuses in words what a constraint would refuse in its name."""

    aliases = forms.CharField(
        label=_("Handles and other spellings"),
        required=False,
        max_length=400,
        help_text=_("Separated by commas. Posts are checked for these names."),
    )
    website = forms.URLField(label=_("Website"), required=False, assume_scheme="https")

    def __init__(self, data: Any = None, *, brand: Brand | None = None) -> None:
        super().__init__(data, initial=_typed(brand) if brand else None)
        self.fields |= fields_for_model(
            Brand,
            KEPT,
            widgets={
                "values_fr": forms.Textarea(attrs={"rows": 3}),
                "values_en": forms.Textarea(attrs={"rows": 3}),
            },
            help_texts=HELPS,
        )

    def clean_aliases(self) -> list[str]:
        return split_words(self.cleaned_data["aliases"])


def _typed(brand: Brand) -> dict[str, Any]:
    facts = model_to_dict(brand, [*KEPT, "website"])
    return {**facts, "aliases": ", ".join(brand.aliases)}


HELPS: dict[str, Any] = {
    "category": _("For example: hair care, bakery, outdoor clothing."),
    "never_beside": _("Subjects or kinds of products, separated by commas."),
}


class ContactForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=120)
    email = forms.EmailField(
        label=_("Email"), help_text=_("Links to approve a roster are sent here.")
    )
    language = forms.ChoiceField(
        label=_("Language of the messages"), choices=Language.choices, initial=Language.FRENCH
    )
