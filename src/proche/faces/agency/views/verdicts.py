"""Verdicts to look at: the bank qualified again, what differs, and a person's hand on each."""

from collections.abc import Iterable
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Count, Prefetch, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from proche.areas.evidence.actions import (
    keep_in_force,
    let_go,
    sign,
    sign_many,
    start_refresh,
    take_back_keeping,
)
from proche.areas.evidence.models import Change, RefreshRun, RunState, Verdict
from proche.areas.evidence.queries import bank_norms, to_look_at
from proche.areas.evidence.thresholds import thresholds_of
from proche.common import ui
from proche.common.errors import Refusal
from proche.common.exports import csv_response
from proche.common.words import sentence
from proche.faces.agency.access import StaffRequest, decides, workspace
from proche.faces.agency.exporting import noting
from proche.faces.agency.forms.verdicts import GrownForm
from proche.faces.agency.measures import PAGES
from proche.faces.agency.measures.changes import ProposedChange, proposed_change

PER_PAGE = 50
# Waiting for a first signature, or opened again by somebody.
FIRST = "first"
KINDS = {
    **{change.value: change.label for change in Change},
    FIRST: gettext_lazy("to sign"),
}


def _waiting(request: StaffRequest) -> QuerySet[Verdict]:
    signed = Prefetch(
        "person__verdicts",
        Verdict.objects.signed().select_related("signed_by"),
        to_attr="in_force",
    )
    rows = to_look_at(request.programme).select_related("person", "run")
    return rows.prefetch_related(signed, "person__accounts").order_by("proposed_at", "pk")


def _of_kind(rows: QuerySet[Verdict], kind: str) -> QuerySet[Verdict]:
    if kind not in KINDS:
        return rows
    return rows.filter(change="" if kind == FIRST else kind)


def _changes(rows: Iterable[Verdict]) -> list[ProposedChange]:
    return [proposed_change(row, next(iter(_person(row).in_force), None)) for row in rows]


def _person(row: Verdict) -> Any:
    return row.person


@workspace
def index(request: StaffRequest) -> HttpResponse:
    kind = request.GET.get("kind", "")
    counted = dict(
        to_look_at(request.programme).order_by().values_list("change").annotate(n=Count("pk"))
    )
    counts = {name: counted.get("" if name == FIRST else name, 0) for name in KINDS}
    page = Paginator(_of_kind(_waiting(request), kind), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "kinds": [(name, label, counts[name]) for name, label in KINDS.items() if counts[name]],
        "kind": kind,
        "total": sum(counts.values()),
        "page": page,
        "changes": _changes(page.object_list),
        "norms": bank_norms(request.programme),
        "thresholds": thresholds_of(request.programme),
        **_progress(request),
    }
    return render(request, "agency/verdicts/index.html", context)


def _progress(request: StaffRequest) -> dict[str, Any]:
    run = (
        RefreshRun.objects.for_actor(request.user)
        .in_programme(request.programme)
        .select_related("started_by")
        .first()
    )
    state = run.standing(timezone.now()) if run else ""
    return {"run": run, "state": state, "under_way": state == RunState.UNDER_WAY}


@workspace
def progress(request: StaffRequest) -> HttpResponse:
    """How far the run is, for the page to ask again; done or broken off, all is shown anew."""
    context = _progress(request)
    answer = render(request, "agency/verdicts/_progress.html", context)
    if not context["under_way"]:
        answer["HX-Refresh"] = "true"
    return answer


@workspace
@require_POST
def refresh(request: StaffRequest) -> HttpResponse:
    decides(request)
    start_refresh(request.programme, by=request.actor)
    return redirect("agency:verdicts")


@workspace
@require_POST
def sign_ticked(request: StaffRequest) -> HttpResponse:
    """Sign as proposed every verdict ticked, all or none."""
    decides(request)
    chosen = _waiting(request).filter(pk__in=_numbers(request.POST.getlist("verdict")))
    n = sign_many(chosen, by=request.actor)
    if n:
        ui.toast(request, ngettext("%(n)d verdict signed.", "%(n)d verdicts signed.", n) % {"n": n})
    return redirect("agency:verdicts")


def _numbers(keys: Iterable[str]) -> list[int]:
    return [int(key) for key in keys if key.isdecimal() and len(key) < 18]


def _one(request: StaffRequest, pk: int) -> Verdict:
    verdict: Verdict = get_object_or_404(
        Verdict.objects.for_actor(request.user).select_related("person__programme"), pk=pk
    )
    return verdict


@workspace
@require_POST
def keep(request: StaffRequest, pk: int) -> HttpResponse:
    decides(request)
    verdict = keep_in_force(_one(request, pk), by=request.actor)
    said = _("The verdict of %(name)s stays as it was.") % {"name": verdict.person}
    ui.toast(request, said, undo=reverse("agency:verdict_unkeep", args=[pk]))
    return redirect("agency:verdicts")


@workspace
@require_POST
def unkeep(request: StaffRequest, pk: int) -> HttpResponse:
    decides(request)
    take_back_keeping(_one(request, pk), by=request.actor)
    return redirect("agency:verdicts")


@workspace
def grown(request: StaffRequest, pk: int) -> HttpResponse:
    """Decide what becomes of a nano who reached the ceiling."""
    decides(request)
    verdict = get_object_or_404(
        _waiting(request).filter(change=Change.GRADUATION).select_related("person__programme"),
        pk=pk,
    )
    proposed = {
        "decision": "stay",
        "tier": verdict.proposed_tier,
        "archetype": verdict.proposed_archetype or verdict.person.archetype,
    }
    form = GrownForm(request.POST or None, initial=proposed)
    if request.method == "POST" and form.is_valid():
        try:
            said = _decide(request, verdict, form.cleaned_data)
        except Refusal as refusal:
            form.add_error(refusal.field, str(refusal.sentence))
        else:
            ui.toast(request, said)
            return redirect("agency:verdicts")
    change = _changes([verdict])[0]
    return render(request, "agency/verdicts/grown.html", {"change": change, "form": form})


def _decide(request: StaffRequest, verdict: Verdict, answers: dict[str, Any]) -> str:
    name, by = {"name": verdict.person}, request.actor
    if answers["decision"] == "until":
        keep_in_force(verdict, by=by, until=answers["until"])
        return _("%(name)s stays as they are for now.") % name
    if answers["decision"] == "leave":
        let_go(verdict, by=by, words=answers["words"])
        return _("%(name)s is thanked by email.") % name
    chosen = {key: answers[key] for key in ("tier", "archetype", "reason")}
    sign(verdict, by=by, **chosen)
    return _("Verdict signed for %(name)s.") % name


@workspace
def export(request: StaffRequest) -> HttpResponse:
    found = _of_kind(_waiting(request), request.GET.get("kind", ""))
    changes = _changes(found.iterator(chunk_size=2_000))
    rows = noting(request, changes, lambda change: change.proposal.person_id)
    return csv_response("verdicts", _columns(), (_cells(change) for change in rows))


def _columns() -> list[str]:
    return [
        _("Person"),
        _("Kind of change"),
        _("Tier in force"),
        _("Profile in force"),
        _("Proposed tier"),
        _("Proposed profile"),
        _("Followers"),
        _("Why"),
        _("Proposed on"),
        _("Rules"),
    ]


def _cells(change: ProposedChange) -> list[Any]:
    new, old = change.proposal, change.in_force
    return [
        str(new.person),
        str(KINDS[new.change or FIRST]),
        old.tier if old else None,
        old.archetype if old else None,
        new.proposed_tier,
        new.proposed_archetype,
        max((a.followers or 0 for a in new.person.accounts.all()), default=None),
        " ".join(sentence(one) for one in change.now),
        timezone.localdate(new.proposed_at),
        new.thresholds_version,
    ]


@workspace
def measures(request: StaffRequest) -> HttpResponse:
    """Each measure in plain words."""
    context = {"measures": PAGES, "norms": bank_norms(request.programme)}
    return render(request, "agency/verdicts/measures.html", context)
