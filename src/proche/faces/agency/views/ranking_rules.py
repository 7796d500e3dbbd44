"""How the programme ranks: seen by the whole team, set by an owner, every version kept."""

from dataclasses import asdict, dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from proche.areas.accounts.models import Programme
from proche.areas.matching.actions import set_rules
from proche.areas.matching.models import RankingRules
from proche.areas.matching.ranking_rules import rules_of
from proche.areas.matching.rules import may_set_ranking
from proche.common.errors import Refusal
from proche.common.ui import toast
from proche.common.words import figure
from proche.core import matching
from proche.faces.agency.access import StaffRequest, workspace
from proche.faces.agency.forms.ranking_rules import RankingRulesForm
from proche.faces.agency.forms.weights import WeightsForm

VERSIONS_SHOWN = 50


@dataclass(frozen=True)
class Version:
    """`differs` is what is not as shipped: name, value, as shipped."""

    row: RankingRules
    differs: list[tuple[Any, str, str]]


@workspace
def rules(request: StaffRequest) -> HttpResponse:
    may_set = may_set_ranking(request.user, request.programme)
    form = RankingRulesForm(request.POST or None)
    if request.method == "POST":
        if not may_set:
            raise Refusal(
                _("Only an owner changes how the programme ranks. Ask one of them."),
                code="not_yours",
            )
        if form.is_valid():
            set_rules(request.programme, form.weights(), by=request.actor, **form.rules())
            toast(request, _("Kept. The next rankings count this way; earlier ones stay."))
            return redirect("agency:ranking_rules")
    in_force = rules_of(request.programme)
    context = {
        "form": form if form.is_bound else RankingRulesForm.about(in_force),
        "may_set": may_set,
        "in_force": in_force,
        "versions": _versions(request.programme),
    }
    return render(request, "agency/brands/ranking_rules.html", context)


def _versions(programme: Programme) -> list[Version]:
    rows = RankingRules.objects.in_programme(programme).select_related("changed_by")
    return [Version(row, _differing(row)) for row in rows[:VERSIONS_SHOWN]]


def _differing(row: RankingRules) -> list[tuple[Any, str, str]]:
    shipped = asdict(matching.Weights())
    return [
        (WeightsForm.base_fields[name].label, _written(row.weights[name]), _written(value))
        for name, value in shipped.items()
        if row.weights.get(name, value) != value
    ]


def _written(value: float) -> str:
    return figure(value, 0 if value == int(value) else 1)
