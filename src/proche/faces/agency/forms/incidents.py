"""What the register asks of an incident."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from proche.areas.incidents.models import FACTS, IncidentVersion

DAYS = ("happened_on", "happened_until", "known_on", "commission_told_on", "people_told_on")


class IncidentForm(forms.ModelForm):  # type: ignore[type-arg]
    serious = forms.TypedChoiceField(
        label=_("Risk of serious injury"),
        choices=[("yes", _("Yes")), ("no", _("No"))],
        coerce=lambda said: said == "yes",
        widget=forms.RadioSelect,
        error_messages={"required": _("Say yes or no: the reason follows.")},
    )

    class Meta:
        model = IncidentVersion
        fields = FACTS
        help_texts = {
            "what": _("The circumstances, and the cause if it is known. Name nobody concerned."),
            "happened_on": _("Empty where it is not known."),
            "information": _("Names, addresses, allergies… or why it is not known."),
            "whose": _("Members, people who signed up, guests, colleagues…"),
            "people": _("Empty where it is not known."),
            "why_serious": _(
                "How sensitive the information is, what may be feared of its use, and how likely "
                "that is."
            ),
            "commission_told_on": _("Where the risk is serious: as soon as possible."),
            "public_notice": _("Where writing to each person was not possible."),
            "measures": _("What was done to lessen the harm, and so that it does not come again."),
        }
        widgets = {
            **{name: forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d") for name in DAYS},
            **{
                name: forms.Textarea(attrs={"rows": 3})
                for name in ("what", "information", "why_serious", "public_notice", "measures")
            },
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial["serious"] = "yes" if self.instance.serious else "no"

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        today = timezone.localdate()
        for name in DAYS:
            if data.get(name) and data[name] > today:
                self.add_error(name, _("This day is still to come: write the one it happened on."))
        began, until, known = (data.get(name) for name in DAYS[:3])
        if began and until and until < began:
            self.add_error("happened_until", _("It cannot end before it begins."))
        if began and known and known < began:
            self.add_error("known_on", _("It cannot be known before it happened."))
        return data

    def facts(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in FACTS}


class CorrectionForm(IncidentForm):
    reason = forms.CharField(
        label=_("Why it is corrected"),
        max_length=300,
        help_text=_("Kept with the version; what was written before stays readable."),
    )
    read = forms.IntegerField(widget=forms.HiddenInput)


def label_of(name: str) -> str:
    return str(capfirst(str(IncidentVersion._meta.get_field(name).verbose_name)))  # type: ignore[union-attr]
