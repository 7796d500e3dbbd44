"""The register of incidents: an owner writes, corrects and takes it; nothing of it is deleted."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from proche.areas.incidents import actions
from proche.areas.incidents.models import FACTS, Incident, IncidentVersion
from proche.areas.incidents.queries import every_version, register
from proche.areas.incidents.rules import may_keep_register
from proche.common.errors import Refusal
from proche.common.exports import csv_response
from proche.common.ui import toast
from proche.faces.agency.access import StaffRequest, workspace
from proche.faces.agency.forms.incidents import CorrectionForm, IncidentForm, label_of
from proche.faces.agency.incident_words import cells_of, lines_of, story_of

PER_PAGE = 30


def _keeps(request: StaffRequest) -> None:
    if not may_keep_register(request.user, request.programme):
        raise Refusal(
            gettext_lazy("Only an owner keeps the register of incidents. Ask one of them."),
            code="not_yours",
        )


def _incident(request: StaffRequest, number: int) -> Incident:
    _keeps(request)
    mine = Incident.objects.for_actor(request.user).in_programme(request.programme)
    found: Incident = get_object_or_404(mine, number=number)
    return found


@workspace
def index(request: StaffRequest) -> HttpResponse:
    _keeps(request)
    page = Paginator(register(request.programme), PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "agency/incidents/index.html", {"page": page})


@workspace
def show(request: StaffRequest, number: int) -> HttpResponse:
    incident = _incident(request, number)
    versions = list(incident.versions.select_related("by"))
    context = {
        "incident": incident,
        "version": versions[0],
        "lines": lines_of(versions[0]),
        "story": story_of(versions),
    }
    return render(request, "agency/incidents/incident.html", context)


@workspace
def write(request: StaffRequest) -> HttpResponse:
    _keeps(request)
    form = IncidentForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        written = actions.write_incident(request.programme, form.facts(), by=request.actor)
        toast(request, _("Written in the register."))
        return redirect("agency:incident", written.incident.number)
    return render(request, "agency/incidents/form.html", {"form": form})


@workspace
def correct(request: StaffRequest, number: int) -> HttpResponse:
    incident = _incident(request, number)
    newest = incident.versions.first()
    form = CorrectionForm(
        request.POST or None, instance=newest, initial={"read": newest.version if newest else 0}
    )
    if request.method == "POST" and form.is_valid() and _corrected(request, incident, form):
        toast(request, _("Corrected. What was written before stays below."))
        return redirect("agency:incident", incident.number)
    return render(request, "agency/incidents/form.html", {"form": form, "incident": incident})


def _corrected(request: StaffRequest, incident: Incident, form: CorrectionForm) -> bool:
    said: dict[str, Any] = {name: form.cleaned_data[name] for name in ("reason", "read")}
    try:
        actions.correct_incident(incident, form.facts(), by=request.actor, **said)
    except Refusal as refusal:
        form.add_error(refusal.field, str(refusal.sentence))
        return False
    return True


@workspace
def export(request: StaffRequest) -> HttpResponse:
    """Every version of every incident, a row each, for the Commission if it asks."""
    _keeps(request)
    columns = [_("Incident"), _("Version"), _("Written on"), _("By")]
    columns += [label_of(name) for name in ("reason", *FACTS)]
    rows = every_version(request.programme)
    return csv_response("incidents", columns, (_row(version) for version in rows))


def _row(version: IncidentVersion) -> list[Any]:
    first = [
        version.incident.number,
        version.version,
        version.at.isoformat(),
        str(version.by or ""),
    ]
    return [*first, version.reason, *cells_of(version)]
