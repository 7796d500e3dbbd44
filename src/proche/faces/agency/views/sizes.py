"""How many units a study takes, before anything is drawn or spent."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from proche.areas.impact import rules
from proche.areas.impact.models import Study
from proche.areas.impact.queries import labels_of
from proche.common import words
from proche.core.impact import PowerTable
from proche.core.impact import Study as Trial
from proche.core.impact import plan_study as simulate
from proche.core.results import InputRefused
from proche.faces.agency.access import StaffRequest, workspace
from proche.faces.agency.forms.studies import SizeForm
from proche.faces.agency.views.studies import own

# What the simulation supposes where the plan says nothing.
USUAL_PERIODS = 6


@workspace
def show(request: StaffRequest, study_id: int) -> HttpResponse:
    study = own(request, study_id)
    form = SizeForm(request.GET or None)
    table = _table(form, study) if request.GET and form.is_valid() else None
    context = {
        "study": study,
        "form": form,
        "table": table,
        "rows": _rows(table) if table else [],
        "units": words.sentence(labels_of(study).units),
        "may_change": rules.may_change_plan(study),
        "before": study.periods_before or USUAL_PERIODS,
        "after": study.periods_after or USUAL_PERIODS,
    }
    return render(request, "agency/studies/size.html", context)


def _table(form: SizeForm, study: Study) -> PowerTable | None:
    wanted = form.cleaned_data
    trial = Trial(
        lift_star=wanted["star"],
        lift_nano=wanted["star"] if wanted["members"] is None else wanted["members"],
        baseline=wanted["usual"],
        before=study.periods_before or USUAL_PERIODS,
        after=study.periods_after or USUAL_PERIODS,
    )
    try:
        return simulate(trial)
    except InputRefused:
        form.add_error("star", _("No test can show this. Give an effect other than zero."))
        return None


def _rows(table: PowerTable) -> list[dict[str, Any]]:
    return [
        {
            "units": row.units,
            "star": words.share(row.star),
            "members": words.share(row.nano),
            "width": row.width,
            "enough": row.units == table.recommended,
        }
        for row in table.rows
    ]
