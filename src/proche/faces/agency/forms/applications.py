"""The words of a decision, in the languages of those it is about, and the ready words."""

from collections.abc import Collection
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from proche.areas.recruitment.models import Preset
from proche.areas.recruitment.presets import Words
from proche.common.choices import Archetype, Language, Tier
from proche.common.regions import REGIONS
from proche.common.words import language as reading

LABELS: dict[tuple[str, str], str | Promise] = {
    ("refuse", "fr"): _("Why, in French"),
    ("refuse", "en"): _("Why, in English"),
    ("ask", "fr"): _("Your question, in French"),
    ("ask", "en"): _("Your question, in English"),
}


class DecideForm(forms.Form):
    """One box for each language somebody chosen reads; acceptance needs no words."""

    def __init__(
        self, *args: Any, act: str, languages: Collection[str], preset: Words | None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        for language in Language.values:
            if act == "accept" or language not in languages:
                continue
            self.fields[f"text_{language}"] = forms.CharField(
                label=str(LABELS[act, language]),
                max_length=600,
                initial=getattr(preset, f"text_{language}", ""),
                widget=forms.Textarea(attrs={"rows": 4, "lang": language}),
                error_messages={"required": _("Write it: the person reads it.")},
            )

    def text_for(self, language: str) -> str:
        return str(self.cleaned_data.get(f"text_{language}", ""))


class PresetForm(forms.ModelForm):  # type: ignore[type-arg]
    class Meta:
        model = Preset
        fields = ("title_fr", "text_fr", "title_en", "text_en")
        widgets = {
            "text_fr": forms.Textarea(attrs={"rows": 4, "lang": "fr"}),
            "text_en": forms.Textarea(attrs={"rows": 4, "lang": "en"}),
        }


class FiltersForm(forms.Form):
    """What the board shows; every field may stay empty."""

    q = forms.CharField(label=_("Name, trade, city, account"), max_length=120, required=False)
    region = forms.ChoiceField(label=_("Region"), required=False)
    profil = forms.ChoiceField(
        label=_("Profile"), choices=[("", _("All")), *Archetype.choices], required=False
    )
    palier = forms.ChoiceField(
        label=_("Verdict"), choices=[("", _("All")), *Tier.choices], required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = sorted((region.name(reading()), region.code) for region in REGIONS)
        choices = [("", _("All of Québec")), *((code, name) for name, code in names)]
        self.fields["region"].choices = choices  # type: ignore[attr-defined]

    @property
    def asked(self) -> dict[str, str]:
        """The filters that hold; a value nobody could choose is no filter."""
        self.is_valid()
        return {name: str(value) for name, value in self.cleaned_data.items() if value}
