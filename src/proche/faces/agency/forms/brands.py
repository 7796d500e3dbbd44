"""What is asked of a brand and of its contacts."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from proche.areas.brands.models import Brand
from proche.common.choices import Language


def split_words(text: str) -> list[str]:
    """Words typed with commas or on separate lines, once each, in the order typed."""
    parts = text.replace("\n", ",").replace(";", ",").split(",")
    return list(dict.fromkeys(part.strip() for part in parts if part.strip()))


class BrandForm(forms.ModelForm):  # type: ignore[type-arg]
    aliases = forms.CharField(
        label=_("Handles and other spellings"),
        required=False,
        max_length=400,
        help_text=_("Separated by commas. Posts are checked for these names."),
    )
    website = forms.URLField(label=_("Website"), required=False, assume_scheme="https")

    class Meta:
        model = Brand
        fields = [
            "name",
            "category",
            "aliases",
            "website",
            "values_fr",
            "values_en",
            "never_beside",
        ]
        widgets = {
            "values_fr": forms.Textarea(attrs={"rows": 3}),
            "values_en": forms.Textarea(attrs={"rows": 3}),
        }
        help_texts = {
            "category": _("For example: hair care, bakery, outdoor clothing."),
            "never_beside": _("Subjects or kinds of products, separated by commas."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial["aliases"] = ", ".join(self.instance.aliases)

    def clean_aliases(self) -> list[str]:
        return split_words(self.cleaned_data["aliases"])

    def validate_constraints(self) -> None:
        """Left to the verb, whose refusal says the reason in words."""


class ContactForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=120)
    email = forms.EmailField(
        label=_("Email"), help_text=_("Links to approve a roster are sent here.")
    )
    language = forms.ChoiceField(
        label=_("Language of the messages"), choices=Language.choices, initial=Language.FRENCH
    )
