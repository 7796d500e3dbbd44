"""What decides a verdict in a programme: set by hand or from a file, every version kept."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from proche.areas.accounts.models import Programme
from proche.areas.evidence.actions import load_thresholds, set_thresholds
from proche.areas.evidence.models import ProgrammeThresholds
from proche.areas.evidence.thresholds import as_file, differing, settled, thresholds_of
from proche.areas.evidence.words import THRESHOLDS
from proche.common import ui
from proche.common.errors import Refusal
from proche.common.words import figure
from proche.core.tiers import shipped_thresholds
from proche.faces.agency.access import StaffRequest, decides, workspace
from proche.faces.agency.forms.verdicts import ThresholdsFileForm, ThresholdsForm

VERSIONS_SHOWN = 50


@dataclass(frozen=True)
class Version:
    """One change of the thresholds; `differs` is what is not as shipped: name, value, shipped."""

    name: str
    row: ProgrammeThresholds
    differs: list[tuple[Any, str, str]]


@workspace
def thresholds(request: StaffRequest) -> HttpResponse:
    """What decides a verdict in this programme, and under which version."""
    form = ThresholdsForm(request.POST) if request.method == "POST" else None
    if form and form.is_valid():
        decides(request)
        values = dict(form.cleaned_data)
        ceiling = values.pop("ceiling")
        set_thresholds(request.programme, values, ceiling=ceiling, by=request.actor)
        return _kept(request)
    return _page(request, form=form)


@workspace
def load(request: StaffRequest) -> HttpResponse:
    """Take a whole thresholds.toml; refused, what was in force stays and the page says why."""
    form = ThresholdsFileForm(request.POST or None, request.FILES or None)
    if request.method != "POST":
        return redirect("agency:thresholds")
    decides(request)
    if form.is_valid():
        try:
            content = form.cleaned_data["file"].read()
            load_thresholds(request.programme, content, by=request.actor)
        except Refusal as refusal:
            form.add_error(refusal.field, str(refusal.sentence))
        else:
            return _kept(request)
    return _page(request, file_form=form)


def _kept(request: StaffRequest) -> HttpResponse:
    ui.toast(request, _("Thresholds kept. Qualify the bank again to see what they change."))
    return redirect("agency:verdicts")


def _page(
    request: StaffRequest,
    *,
    form: ThresholdsForm | None = None,
    file_form: ThresholdsFileForm | None = None,
) -> HttpResponse:
    programme = request.programme
    versions = _versions(programme)
    context = {
        "form": form or ThresholdsForm.about(programme),
        "file_form": file_form or ThresholdsFileForm(),
        "thresholds": thresholds_of(programme),
        "shipped": shipped_thresholds().version,
        "versions": versions,
        "own": versions[0].row if versions else None,
    }
    return render(request, "agency/verdicts/thresholds.html", context)


def _versions(programme: Programme) -> list[Version]:
    rows = ProgrammeThresholds.objects.in_programme(programme).select_related("changed_by")
    return [_version(row, programme) for row in rows[:VERSIONS_SHOWN]]


def _version(row: ProgrammeThresholds, programme: Programme) -> Version:
    ceiling = row.ceiling or programme.follower_ceiling
    shipped = shipped_thresholds()
    differs = [
        (THRESHOLDS[name], _written(value), _written(getattr(shipped, name)))
        for name, value in differing(row.values, ceiling).items()
    ]
    return Version(settled(row.values, ceiling, row.version).version, row, differs)


def _written(value: float) -> str:
    return figure(value, 0 if value == int(value) else 2)


@workspace
def as_toml(request: StaffRequest) -> HttpResponse:
    """The thresholds in force as a file, to change and load again."""
    answer = HttpResponse(as_file(thresholds_of(request.programme)), content_type="text/plain")
    answer["Content-Disposition"] = 'attachment; filename="thresholds.toml"'
    return answer
