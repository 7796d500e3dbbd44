"""A list brought into the bank: its columns, what is wrong in it, the import, its undoing."""

from collections.abc import Iterator
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from proche.areas.accounts.rules import may_decide
from proche.areas.imports import actions, invitations
from proche.areas.imports.columns import Choices
from proche.areas.imports.files import read_problems
from proche.areas.imports.models import FILE_DAYS, ImportBatch
from proche.areas.imports.problems import PROBLEMS, Problem
from proche.areas.people.models import Person
from proche.common import ui
from proche.common.errors import Refusal
from proche.common.regions import region_name
from proche.common.words import language
from proche.faces.agency.access import StaffRequest, decides, workspace
from proche.faces.agency.forms.imports import ChoicesForm, ColumnsForm, FileForm
from proche.faces.agency.forms.kept import kept

State = ImportBatch.State
PER_PAGE, SHOWN = 50, 30


@workspace
def index(request: StaffRequest) -> HttpResponse:
    form = FileForm(request.POST or None, request.FILES or None)
    if request.method == "POST":
        decides(request)
        batch = kept(form, lambda: _received(request, form))
        if batch:
            return redirect("agency:import", batch.key)
    batches = ImportBatch.objects.in_programme(request.programme).select_related("by")
    page = Paginator(batches, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "page": page,
        "days": FILE_DAYS,
        "may_decide": may_decide(request.user, request.programme),
    }
    return render(request, "agency/imports/index.html", context)


def _received(request: StaffRequest, form: FileForm) -> ImportBatch:
    file = form.cleaned_data["file"]
    return actions.receive(request.programme, file.name, file.read(), by=request.actor)


def _batch(request: StaffRequest, key: str) -> ImportBatch:
    batches = ImportBatch.objects.for_actor(request.user).in_programme(request.programme)
    found: ImportBatch = get_object_or_404(
        batches.select_related("by", "undone_by", "programme"), key=key
    )
    return found


@workspace
def batch(request: StaffRequest, key: str) -> HttpResponse:
    """Where the import is: columns to name, a job under way, what it would do, what it did."""
    shown = _batch(request, key)
    if request.headers.get("HX-Target") == "progress":
        answer = render(request, "agency/imports/_progress.html", {"batch": shown})
        # Nothing more to watch: the page is shown anew.
        if not shown.under_way or shown.is_stuck():
            answer["HX-Refresh"] = "true"
        return answer
    if shown.state == State.MAPPING:
        return _columns_page(request, shown)
    templates = {State.CHECKED: "checked", State.IMPORTED: "done", State.UNDONE: "done"}
    name = templates.get(State(shown.state), "under_way")
    return render(request, f"agency/imports/{name}.html", _standing(request, shown))


def _standing(request: StaffRequest, batch: ImportBatch) -> dict[str, Any]:
    context: dict[str, Any] = {
        "batch": batch,
        "problems": _kinds(batch),
        "preview": [_previewed(row) for row in batch.preview],
        "choices": Choices.of(batch.choices),
        "may_decide": may_decide(request.user, request.programme),
        "days": FILE_DAYS,
    }
    if batch.state == State.IMPORTED:
        context["answers"] = invitations.standing(batch, timezone.localdate())
    if batch.state == State.UNDONE:
        stayed = Person.objects.filter(imported_rows__batch=batch, imported_rows__kept=True)
        context["stayed"] = stayed.order_by("family_name", "given_name", "pk")[:SHOWN]
    return context


def _kinds(batch: ImportBatch) -> list[tuple[str, Any, int]]:
    counted = batch.problems.get("codes", {})
    return [(code, PROBLEMS[code], counted[code]) for code in PROBLEMS if counted.get(code)]


def _previewed(row: dict[str, Any]) -> dict[str, Any]:
    problems = [PROBLEMS[code].label for code in row["codes"] if code in PROBLEMS]
    region = row["region"] and region_name(row["region"], language())
    return {**row, "region": region, "problems": problems}


@workspace
def columns(request: StaffRequest, key: str) -> HttpResponse:
    """The columns named, or named again after a look at what they give."""
    decides(request)
    shown = _batch(request, key)
    if shown.state not in (State.MAPPING, State.CHECKED):
        return redirect("agency:import", key)
    return _columns_page(request, shown)


def _columns_page(request: StaffRequest, batch: ImportBatch) -> HttpResponse:
    sent = request.POST if request.method == "POST" else None
    form = ColumnsForm(sent, batch=batch)
    asked = ChoicesForm(sent, initial=Choices.of(batch.choices).kept())
    if sent is not None and form.is_valid() and asked.is_valid():
        if asked.needs_day(form.mapping):
            asked.add_error("dated_on", _("Give a day, or choose the column that holds it."))
        elif _checked(request, batch, form, asked):
            return redirect("agency:import", batch.key)
    rows = [
        (heading, (batch.examples[place] if place < len(batch.examples) else []), field)
        for place, (heading, field) in enumerate(zip(batch.header, form, strict=True))
    ]
    context = {"batch": batch, "form": form, "asked": asked, "rows": rows, "days": FILE_DAYS}
    return render(request, "agency/imports/columns.html", context)


def _checked(
    request: StaffRequest, batch: ImportBatch, form: ColumnsForm, asked: ChoicesForm
) -> bool:
    try:
        actions.start_check(batch, form.mapping, asked.choices)
    except Refusal as refusal:
        form.add_error(None, str(refusal.sentence))
        return False
    return True


@workspace
@require_POST
def sheet(request: StaffRequest, key: str) -> HttpResponse:
    decides(request)
    actions.choose_sheet(_batch(request, key), request.POST.get("sheet", ""))
    return redirect("agency:import", key)


@workspace
def problems(request: StaffRequest, key: str) -> HttpResponse:
    shown = _batch(request, key)
    code = request.GET.get("code", "")
    counted = shown.problems.get("codes", {})
    total = counted.get(code, 0) if code in PROBLEMS else sum(counted.values())
    found: Any = _Pages(shown, code if code in PROBLEMS else "", total)
    page: Paginator[Problem] = Paginator(found, PER_PAGE)
    context = {
        "batch": shown,
        "kinds": _kinds(shown),
        "code": code,
        "total": sum(counted.values()),
        "page": page.get_page(request.GET.get("page")),
    }
    return render(request, "agency/imports/problems.html", context)


class _Pages:
    """The problems of a kind, read from the file up to the page asked for."""

    def __init__(self, batch: ImportBatch, code: str, total: int) -> None:
        self.batch, self.code, self.total = batch, code, total

    def __len__(self) -> int:
        return self.total

    def __getitem__(self, wanted: slice) -> list[Problem]:
        found: list[Problem] = []
        place = 0
        for problem in read_problems(self.batch):
            if self.code and problem.code != self.code:
                continue
            if place >= wanted.stop:
                break
            if place >= wanted.start:
                found.append(problem)
            place += 1
        return found


@workspace
@require_POST
def begin(request: StaffRequest, key: str) -> HttpResponse:
    decides(request)
    actions.start_import(_batch(request, key), by=request.actor)
    return redirect("agency:import", key)


@workspace
@require_POST
def again(request: StaffRequest, key: str) -> HttpResponse:
    decides(request)
    actions.ask_again(_batch(request, key))
    return redirect("agency:import", key)


@workspace
@require_POST
def drop(request: StaffRequest, key: str) -> HttpResponse:
    decides(request)
    actions.drop(_batch(request, key))
    ui.toast(request, _("The file is destroyed; nothing was imported."))
    return redirect("agency:imports")


@workspace
def undo(request: StaffRequest, key: str) -> HttpResponse:
    decides(request)
    shown = _batch(request, key)
    if request.method == "POST":
        actions.start_undo(shown, by=request.actor)
        return redirect("agency:import", key)
    context = {
        "question": _("Undo the import of %(file)s?") % {"file": shown.file_name},
        "lines": list(_undo_lines(shown)),
        "verb": _("Undo the import"),
        "back_url": shown_url(shown),
        "stop": True,
    }
    return render(request, "confirm.html", context)


def _undo_lines(batch: ImportBatch) -> Iterator[str]:
    new, completed = batch.counts.get("new", 0), batch.counts.get("completed", 0)
    yield ngettext(
        "%(n)s person goes, unless something happened to them since: then they stay and are named.",
        "%(n)s people go, unless something happened to them since: then they stay and are named.",
        new,
    ) % {"n": new}
    if completed:
        yield ngettext(
            "%(n)s person that was completed is again as before, where nobody changed it since.",
            "%(n)s people that were completed are again as before, where nobody changed it since.",
            completed,
        ) % {"n": completed}
    yield _("What remains of the file is destroyed.")


def shown_url(batch: ImportBatch) -> str:
    return f"/bureau/importer/{batch.key}/"


@workspace
def invite(request: StaffRequest, key: str) -> HttpResponse:
    decides(request)
    shown = _batch(request, key)
    answers = invitations.standing(shown, timezone.localdate())
    if request.method == "POST":
        n = invitations.start_inviting(shown, by=request.actor)
        said = ngettext("%(n)s person is asked.", "%(n)s people are asked.", n) % {"n": n}
        ui.toast(request, said)
        return redirect("agency:import", key)
    n = answers["invitable"]
    context = {
        "question": ngettext(
            "Ask %(n)s person whether they agree?", "Ask %(n)s people whether they agree?", n
        )
        % {"n": n},
        "lines": [
            _("One message each, ever: it says what is held and why, and they join or refuse."),
            _("Without an answer they stay in the bank and receive nothing."),
        ],
        "verb": _("Send the message"),
        "back_url": shown_url(shown),
    }
    return render(request, "confirm.html", context)
