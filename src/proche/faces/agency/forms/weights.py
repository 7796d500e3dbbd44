"""How much each part of the ranking counts."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from proche.areas.matching.models import Shortlist

MOST = 10


class Weight(forms.FloatField):
    def __init__(self, **kwargs: Any) -> None:
        control = forms.NumberInput(attrs={"step": "0.5", "inputmode": "decimal"})
        super().__init__(min_value=0, max_value=MOST, widget=control, **kwargs)


class WeightsForm(forms.Form):
    relevance = Weight(label=_("Subject"), help_text=_("Talks about what the brief is about."))
    affinity = Weight(label=_("Names the brand"), help_text=_("Without being asked."))
    closeness = Weight(label=_("Closeness"), help_text=_("Close to their community."))
    wishes = Weight(label=_("Wishes"), help_text=_("Likes products, or events."))
    reliability = Weight(label=_("Word kept"), help_text=_("Posted when it was agreed."))
    fairness = Weight(label=_("Turn"), help_text=_("Never asked, or long ago."))

    @classmethod
    def of(cls, shortlist: Shortlist) -> "WeightsForm":
        return cls(initial={name: f"{value:g}" for name, value in shortlist.weights.items()})
