from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from proche.areas.accounts.models import Programme
from proche.areas.evidence.thresholds import (
    HIGHEST,
    LOWEST,
    SETTABLE,
    WHOLE,
    out_of_order,
    thresholds_of,
)
from proche.areas.evidence.words import THRESHOLDS
from proche.common import ui
from proche.common.choices import Archetype, Tier


class GrownForm(forms.Form):
    """What becomes of somebody who has grown: one of three, each with what it needs."""

    decision = forms.ChoiceField(
        label=_("What do you decide?"),
        choices=[
            ("stay", _("They stay, under another tier")),
            ("until", _("They stay as they are, until a date")),
            ("leave", _("They leave the programme, with thanks")),
        ],
        widget=ui.RadioCards(
            helps={
                "stay": _("A new verdict is signed; brands may still ask for them."),
                "until": _("The question comes back on that day."),
                "leave": _(
                    "They get an email now and no brand is shown their name any more. Their page "
                    "stays open and nothing is erased."
                ),
            }
        ),
    )
    tier = forms.ChoiceField(
        label=_("New tier"),
        choices=[choice for choice in Tier.choices if choice[0] != Tier.NANO],
        required=False,
    )
    archetype = forms.ChoiceField(label=_("Profile"), choices=Archetype.choices, required=False)
    reason = forms.CharField(
        label=_("Why, if you decide otherwise"),
        max_length=300,
        required=False,
        help_text=_("The person may ask for it and read it."),
    )
    until = forms.DateField(
        label=_("Until"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    words = forms.CharField(
        label=_("A word from you, in their email"),
        max_length=600,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class ThresholdsForm(forms.Form):
    """The few thresholds a team sets; the others are argued in the methods."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("ceiling", *SETTABLE):
            kind: Any = forms.IntegerField if name in WHOLE else forms.FloatField
            self.fields[name] = kind(
                label=THRESHOLDS[name], min_value=LOWEST.get(name, 0), max_value=HIGHEST[name]
            )
        self.fields["ceiling"].help_text = _(
            "A nano has fewer followers than this on each account."
        )

    @classmethod
    def about(cls, programme: Programme) -> "ThresholdsForm":
        own = thresholds_of(programme)
        return cls(initial={name: getattr(own, name) for name in ("ceiling", *SETTABLE)})

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        for low, high in out_of_order(values):
            other = self.fields[high].label
            self.add_error(low, _("This must be smaller than “%(other)s”.") % {"other": other})
        return values


class ThresholdsFileForm(forms.Form):
    """A thresholds.toml, whole."""

    LARGEST = 16_384

    file = forms.FileField(
        label=_("File thresholds.toml"),
        help_text=_("Change its version with any value: verdicts are signed under it."),
        widget=forms.FileInput(attrs={"accept": ".toml,application/toml,text/plain"}),
    )

    def clean_file(self) -> Any:
        given = self.cleaned_data["file"]
        if given.size > self.LARGEST:
            raise forms.ValidationError(_("This file is not one of thresholds."))
        return given
