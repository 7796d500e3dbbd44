from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from proche.areas.accounts.models import Programme
from proche.areas.evidence.thresholds import SETTABLE, thresholds_of
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

    ceiling = forms.IntegerField(
        label=_("Follower ceiling"),
        min_value=100,
        max_value=1_000_000,
        help_text=_("A nano has fewer followers than this on each account."),
    )
    star = forms.IntegerField(
        label=_("Followers from which somebody who lives from influence is a star"),
        min_value=1_000,
        max_value=100_000_000,
    )
    sponsored_share = forms.FloatField(
        label=_("Share of sponsored posts that shows a living, from 0 to 1"),
        min_value=0,
        max_value=1,
    )
    active = forms.FloatField(
        label=_("Posts a week of somebody very active"), min_value=0, max_value=100
    )
    quiet = forms.FloatField(label=_("Posts a week below which we ask"), min_value=0, max_value=100)
    near = forms.IntegerField(label=_("Closeness that is near"), min_value=0, max_value=100)
    far = forms.IntegerField(label=_("Closeness below which we ask"), min_value=0, max_value=100)

    @classmethod
    def about(cls, programme: Programme) -> "ThresholdsForm":
        own = thresholds_of(programme)
        return cls(initial={name: getattr(own, name) for name in ("ceiling", *SETTABLE)})

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        pairs = (("quiet", "active"), ("far", "near"), ("ceiling", "star"))
        for low, high in pairs:
            if low in values and high in values and values[low] >= values[high]:
                self.add_error(
                    low,
                    _("This must be smaller than “%(other)s”.")
                    % {"other": self.fields[high].label},
                )
        return values
