from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from proche.areas.recruitment.models import Call


class CallForm(forms.ModelForm):  # type: ignore[type-arg]
    class Meta:
        model = Call
        fields = [
            "partner_name",
            "slug",
            "title_fr",
            "title_en",
            "text_fr",
            "text_en",
            "opens_on",
            "closes_on",
        ]
        widgets = {
            "text_fr": forms.Textarea(attrs={"rows": 5}),
            "text_en": forms.Textarea(attrs={"rows": 5}),
            "opens_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            "closes_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        }
        help_texts = {
            "slug": _("The page is /appels/ followed by this word: letters, digits, dashes."),
        }

    def clean(self) -> dict[str, Any] | None:
        data = super().clean()
        opens, closes = self.cleaned_data.get("opens_on"), self.cleaned_data.get("closes_on")
        if opens and closes and closes < opens:
            self.add_error("closes_on", _("The end comes before the beginning."))
        return data
