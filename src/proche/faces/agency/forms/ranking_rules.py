"""How the programme ranks, by default."""

from dataclasses import asdict
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from proche.areas.matching.ranking_rules import Rules
from proche.faces.agency.forms.weights import WeightsForm


class RankingRulesForm(WeightsForm):
    exclusivity_months = forms.IntegerField(
        label=_("Months between two rival brands"),
        min_value=0,
        max_value=36,
        help_text=_("Whoever worked with a rival within them is set aside. 0: nobody is."),
    )
    asks_per_quarter = forms.IntegerField(
        label=_("Offers a member may receive in a quarter"), min_value=1, max_value=20
    )

    @classmethod
    def about(cls, rules: Rules) -> "RankingRulesForm":
        weights = {name: f"{value:g}" for name, value in asdict(rules.weights).items()}
        more = ("exclusivity_months", "asks_per_quarter")
        return cls(initial=weights | {name: getattr(rules, name) for name in more})

    def weights(self) -> dict[str, float]:
        return {name: self.cleaned_data[name] for name in WeightsForm.base_fields}

    def rules(self) -> dict[str, Any]:
        return {name: v for name, v in self.cleaned_data.items() if name not in self.weights()}
