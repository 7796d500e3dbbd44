"""What campaigns were worth: the studies, their plans, their results, their figures."""

from typing import Any

from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from proche.areas.impact import rules
from proche.areas.impact.actions import change_study, freeze_plan, plan_study
from proche.areas.impact.models import Study
from proche.areas.impact.queries import campaign_facts, with_result
from proche.common import ui
from proche.common.exports import csv_response
from proche.core.impact import Labels, Lift
from proche.core.impact.sentences import lead
from proche.faces.agency.access import StaffRequest, decides, workspace
from proche.faces.agency.forms.kept import kept
from proche.faces.agency.forms.studies import USUAL, StudyForm, as_typed, labels_of
from proche.faces.agency.impact_report import (
    basis,
    ratio_shown,
    report_of,
    unknowns,
    week_by_week,
)
from proche.faces.agency.impact_report.export import COLUMNS, lines

PER_PAGE = 50
STATES = {
    "conclusive": Q(result__conclusive=True),
    "not_enough": Q(result__conclusive=False),
    "open": Q(result=None),
}
# A sentence to judge the words by; the figures are nobody's.
EXAMPLE = [Lift("nano", 30, 9.4, 6.8, 12.0), Lift("star", 30, 3.6, 1.0, 6.2)]


def own(request: StaffRequest, study_id: int) -> Study:
    studies = with_result(Study.objects.for_actor(request.user))
    study: Study = get_object_or_404(studies, pk=study_id)
    return study


@workspace
def index(request: StaffRequest) -> HttpResponse:
    words, state = request.GET.get("q", "").strip(), request.GET.get("state", "")
    studies = with_result(Study.objects.for_actor(request.user))
    counts = {name: studies.filter(chosen).count() for name, chosen in STATES.items()}
    if state in STATES:
        studies = studies.filter(STATES[state])
    page = Paginator(_named(studies, words), PER_PAGE).get_page(request.GET.get("page"))
    shown = [(study, report_of(study) if rules.result_of(study) else None) for study in page]
    context = {"page": page, "shown": shown, "counts": counts, "state": state, "words": words}
    return render(request, "agency/studies/index.html", context)


def _named(studies: QuerySet[Study], words: str) -> QuerySet[Study]:
    if not words:
        return studies
    return studies.filter(
        Q(title_fr__icontains=words)
        | Q(title_en__icontains=words)
        | Q(brand__name__icontains=words)
    )


@workspace
def show(request: StaffRequest, study_id: int) -> HttpResponse:
    study = own(request, study_id)
    if rules.result_of(study) is None:
        return render(request, "agency/studies/planned.html", {"study": study})
    report, campaign = report_of(study), campaign_facts(study)
    context = {
        "study": study,
        "report": report,
        "lifts": report.lifts(campaign.get("people", 0)),
        "series": week_by_week(report),
        "ratio": ratio_shown(report),
        "other": _other(request, study),
        "campaign": campaign,
        "basis": list(basis(report, campaign)),
        "unknowns": list(unknowns(report, campaign)),
    }
    return render(request, "agency/studies/study.html", context)


def _other(request: StaffRequest, study: Study) -> Any:
    """The latest other study with a star, to set beside: one ratio is one campaign."""
    others = with_result(Study.objects.for_actor(request.user)).exclude(pk=study.pk)
    other = others.filter(result__isnull=False).exclude(result__figures__ratio=None).first()
    return ratio_shown(report_of(other)) if other else None


@workspace
def plan(request: StaffRequest) -> HttpResponse:
    if "preview" in request.POST:
        return _form_page(request, StudyForm(initial=request.POST.dict(), actor=request.actor))
    form = StudyForm(request.POST or None, initial=USUAL, actor=request.actor)
    if request.method == "POST":
        study = kept(form, lambda: plan_study(**_asked(form), by=request.actor))
        if study:
            ui.toast(request, _("The study is planned."))
            return redirect("agency:study", study.pk)
    return _form_page(request, form)


@workspace
def change(request: StaffRequest, study_id: int) -> HttpResponse:
    study = own(request, study_id)
    fixed = not rules.may_change_plan(study)
    typed = as_typed(study)
    if "preview" in request.POST:
        sent = typed | request.POST.dict()
        form = StudyForm(initial=sent, actor=request.actor, fixed=fixed)
        return _form_page(request, form, study=study)
    form = StudyForm(request.POST or None, initial=typed, actor=request.actor, fixed=fixed)
    form.fields["brand"].disabled = True
    if request.method == "POST" and form.is_valid():
        asked = _asked(form)
        asked.pop("brand")
        done = kept(form, lambda: change_study(study, **asked, by=request.actor) or study)
        if done:
            ui.toast(request, _("The study was changed."))
            return redirect("agency:study", study.pk)
    return _form_page(request, form, study=study)


def _asked(form: StudyForm) -> dict[str, Any]:
    data = form.cleaned_data
    return {"brand": data["brand"], "campaign": data["campaign"], "facts": form.facts()}


def _form_page(
    request: StaffRequest, form: StudyForm, *, study: Study | None = None
) -> HttpResponse:
    typed = {name: form[name].value() for name in form.fields}
    context = {"form": form, "study": study, "said": _said(labels_of(typed))}
    return render(request, "agency/studies/form.html", context)


def _said(labels: Labels) -> Any:
    return lead(EXAMPLE, labels, by_exposure=False, bounds=False)


@workspace
def freeze(request: StaffRequest, study_id: int) -> HttpResponse:
    """Asked first: a frozen plan does not thaw."""
    decides(request)
    study = own(request, study_id)
    if request.method == "POST":
        freeze_plan(study, by=request.actor)
        ui.toast(request, _("The plan is frozen."))
        return redirect("agency:study", study.pk)
    context = {
        "question": _("Freeze the plan of this study?"),
        "lines": [
            _("What is compared, from when and on how many units can no longer change."),
            _("Results entered later are then read against what was decided before them."),
        ],
        "verb": _("Freeze the plan"),
        "back_url": study_url(study),
    }
    return render(request, "confirm.html", context)


@workspace
def remove(request: StaffRequest, study_id: int) -> HttpResponse:
    """Asked first: the plan and the results go together, and do not come back."""
    decides(request)
    study = own(request, study_id)
    if request.method == "POST":
        study.delete()
        ui.toast(request, _("The study was removed."))
        return redirect("agency:studies")
    context = {
        "question": _("Remove this study?"),
        "lines": [_("Its plan and its results are erased. They do not come back.")],
        "verb": _("Remove the study"),
        "back_url": study_url(study),
        "stop": True,
    }
    return render(request, "confirm.html", context)


def study_url(study: Study) -> str:
    return reverse("agency:study", args=[study.pk])


@workspace
def figures_csv(request: StaffRequest, study_id: int) -> HttpResponse:
    study = _measured(request, study_id)
    return csv_response(f"retombees-{study.pk}", COLUMNS, lines(study.result.figures))


@workspace
def figures_json(request: StaffRequest, study_id: int) -> HttpResponse:
    study = _measured(request, study_id)
    response = JsonResponse(
        study.result.figures, json_dumps_params={"ensure_ascii": False, "indent": 2}
    )
    response["Content-Disposition"] = f'attachment; filename="retombees-{study.pk}.json"'
    return response


def _measured(request: StaffRequest, study_id: int) -> Study:
    studies = with_result(Study.objects.for_actor(request.user)).filter(result__isnull=False)
    study: Study = get_object_or_404(studies, pk=study_id)
    return study
