"""Results of a study: a file or a table typed by hand, read whole or not at all."""

import csv
import io
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from proche.areas.impact import rules
from proche.areas.impact.actions import ResultsRefused, enter_results, swap_back
from proche.areas.impact.models import Study
from proche.common import ui, words
from proche.common.exports import BYTE_ORDER_MARK
from proche.core.impact import Problem
from proche.faces.agency.access import StaffRequest, workspace
from proche.faces.agency.forms.studies import (
    FIRST_ROWS,
    MORE_ROWS,
    MOST_ROWS,
    TypedTable,
    UploadForm,
    put_beside,
    typed_before,
    typed_table,
)
from proche.faces.agency.views.studies import own


@workspace
def enter(request: StaffRequest, study_id: int) -> HttpResponse:
    study = own(request, study_id)
    if request.method != "POST":
        return _page(request, study)
    if "upload" in request.POST:
        return _upload(request, study)
    if "more" in request.POST:
        return _page(request, study, table=TypedTable(_with_more(request)))
    return _typed(request, study)


def _upload(request: StaffRequest, study: Study) -> HttpResponse:
    form = UploadForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, study, upload=form)
    file = form.cleaned_data["table"]
    try:
        enter_results(study, file.read(), name=file.name, by=request.actor)
    except ResultsRefused as refused:
        problems = [_placed(problem) for problem in refused.problems]
        context = {"problems": problems, "file_name": file.name, "more": refused.more}
        return _page(request, study, upload=form, **context)
    return _entered(request, study)


def _placed(problem: Problem) -> dict[str, Any]:
    titles = {
        "unit": _("unit"),
        "arm": _("arm"),
        "period": _("period"),
        "outcome": _("outcome"),
        "exposure": _("exposure"),
        "cost": _("cost"),
    }
    column = titles.get(problem.column or "", problem.column or "")
    return {"row": problem.row, "column": column, "what": _what(problem)}


def _what(problem: Problem) -> str:
    """The reader's sentence; where it names an option of the command, the words of this page."""
    here = {
        "missing_period": _(
            "This column is missing. Add it, with “before” or “after” on each row; or give the "
            "first day of the campaign in the plan, and keep the dates."
        ),
        "not_a_period": _(
            "This is neither “before” nor “after”. If these are dates, give the first day of the "
            "campaign in the plan."
        ),
    }
    return here.get(problem.what.code, words.sentence(problem.what))


def _typed(request: StaffRequest, study: Study) -> HttpResponse:
    table = TypedTable(request.POST)
    if not table.is_valid():
        return _page(request, study, table=table)
    content, origin = typed_table(table.forms)
    try:
        enter_results(study, content, by=request.actor)
    except ResultsRefused as refused:
        general = put_beside(table.forms, refused.problems, origin)
        if any(row.errors for row in table.forms):
            general.append(_("Nothing was kept: fix the rows marked below."))
        return _page(request, study, table=table, general=general)
    return _entered(request, study)


def _entered(request: StaffRequest, study: Study) -> HttpResponse:
    replaced = rules.result_of(study) is not None
    done = _("The results were replaced.") if replaced else _("The results are in.")
    ui.toast(request, done, undo=reverse("agency:study_results_undo", args=[study.pk]))
    return redirect("agency:study", study.pk)


def _with_more(request: StaffRequest) -> dict[str, Any]:
    """What was typed, and more empty rows after it."""
    data = request.POST.dict()
    count = data.get("form-TOTAL_FORMS", "")
    total = int(count) if count.isdecimal() else FIRST_ROWS
    return {**data, "form-TOTAL_FORMS": str(min(MOST_ROWS, total + MORE_ROWS))}


def _page(request: StaffRequest, study: Study, **context: Any) -> HttpResponse:
    if "table" not in context:
        kept = typed_before(list(study.observations.all()[: 2 * MOST_ROWS + 1]))
        blank = max(0, FIRST_ROWS - len(kept))
        context["table"] = TypedTable(initial=[*kept, *({} for _row in range(blank))])
    page = {"study": study, "upload": UploadForm(), **context}
    refused = request.method == "POST" and "more" not in request.POST
    return render(request, "agency/studies/results.html", page, status=422 if refused else 200)


@workspace
@require_POST
def undo(request: StaffRequest, study_id: int) -> HttpResponse:
    study = own(request, study_id)
    result = swap_back(study, by=request.actor)
    done = _("The earlier results are back.") if result else _("The results were taken back.")
    ui.toast(request, done, undo=reverse("agency:study_results_undo", args=[study.pk]))
    return redirect("agency:study", study.pk)


@workspace
def example(request: StaffRequest) -> HttpResponse:
    """A table to start from, titled in the reader's language, as their spreadsheet writes it."""
    french = not words.language().startswith("en")
    name = "exemple-resultats" if french else "results-example"
    out = io.StringIO(BYTE_ORDER_MARK)
    out.seek(0, io.SEEK_END)
    csv.writer(out, delimiter=";" if french else ",").writerows(_example_rows(french))
    response = HttpResponse(out.getvalue(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response


def _example_rows(french: bool) -> Iterable[list[Any]]:
    """Two units in each group, two weeks before and two after; the counts are invented."""
    first = timezone.localdate().replace(month=1, day=5)
    if french:
        yield ["unité", "groupe", "période", "date", "résultat", "coût"]
    else:
        yield ["unit", "arm", "period", "date", "outcome", "cost"]
    groups = ("témoin", "membres", "vedette") if french else ("control", "members", "star")
    phases = ("avant", "après") if french else ("before", "after")
    counts = {0: (41, 42, 42, 43), 1: (40, 42, 50, 52), 2: (42, 41, 45, 46)}
    for group, name in enumerate(groups):
        for unit in (1, 2):
            label = f"{'Magasin' if french else 'Store'} {2 * group + unit}"
            for week, count in enumerate(counts[group]):
                spent = "" if group == 0 or week < 2 else 60 * group
                day = _week(first, week)
                yield [label, name, phases[week >= 2], day, count + unit, spent]


def _week(first: date, week: int) -> str:
    return (first + timedelta(weeks=week)).isoformat()
