"""Calls for nominations: what each gives, in counts only."""

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from proche.areas.recruitment import counts
from proche.areas.recruitment.actions import change_call, open_call
from proche.areas.recruitment.models import Call, HandleDuties, Nomination
from proche.areas.recruitment.queries import with_counts
from proche.common import ui
from proche.faces.agency.access import StaffRequest, decides, workspace
from proche.faces.agency.call_chart import day_by_day
from proche.faces.agency.forms.calls import CallForm
from proche.faces.agency.forms.kept import kept


@workspace
def index(request: StaffRequest) -> HttpResponse:
    calls = with_counts(Call.objects.in_programme(request.programme).order_by("-opens_on", "-pk"))
    duties = HandleDuties.objects.filter(programme=request.programme).first()
    return render(request, "agency/calls/index.html", {"calls": calls, "duties": duties})


@workspace
def new(request: StaffRequest) -> HttpResponse:
    decides(request)
    form = _form(request, Call(programme=request.programme))
    call = _sent(request, form, lambda: open_call(request.programme, **_given(form)))
    if call:
        ui.toast(request, _("The call is ready. Here is its page."))
        return redirect("agency:call", slug=call.slug)
    return render(request, "agency/calls/form.html", {"form": form})


@workspace
def change(request: StaffRequest, slug: str) -> HttpResponse:
    decides(request)
    call = call_of(request, slug)
    # The form writes on a copy of its own: a refused change must not reach the page around.
    form = _form(request, call_of(request, slug))
    if _sent(request, form, lambda: change_call(call, **_given(form))):
        ui.toast(request, _("The call is changed."))
        return redirect("agency:call", slug=call.slug)
    return render(request, "agency/calls/form.html", {"form": form, "call": call_of(request, slug)})


def _form(request: StaffRequest, call: Call) -> CallForm:
    duties = HandleDuties.objects.filter(programme=request.programme).exists()
    return CallForm(
        request.POST or None, request.FILES or None, instance=call, takes_accounts=duties
    )


def _given(form: CallForm) -> dict[str, Any]:
    return {"logo": form.logo, **form.words()}


def _sent(request: StaffRequest, form: CallForm, act: Callable[[], Call]) -> Call | None:
    return kept(form, act) if request.method == "POST" else None


def call_of(request: StaffRequest, slug: str) -> Call:
    found: Call = get_object_or_404(Call.objects.for_actor(request.user), slug=slug)
    return found


@workspace
def detail(request: StaffRequest, slug: str) -> HttpResponse:
    calls = with_counts(Call.objects.for_actor(request.user))
    call = get_object_or_404(calls, slug=slug)
    states = [(state, label, getattr(call, state)) for state, label in Nomination.State.choices]
    link = call.partner_links.first()
    context = {
        "call": call,
        "states": states,
        "page": request.build_absolute_uri(reverse("public:call", args=[slug])),
        "snippet": _snippet(request, call),
        "chart": day_by_day(counts.by_day(call)),
        "regions": [row for row in counts.by_region(call).items() if row[1]],
        "supporters": _supporters(counts.by_supporters(call)),
        "partner_link": link,
    }
    return render(request, "agency/calls/detail.html", context)


def _snippet(request: StaffRequest, call: Call) -> str:
    """What the partner pastes in a page of theirs; empty while no site may show the call."""
    if not call.frame_origins:
        return ""
    frame = request.build_absolute_uri(reverse("public:framed", args=[call.slug]))
    script = request.build_absolute_uri("/static/js/frame-host.js")
    title = call.title_fr.replace('"', "&quot;").replace("<", "&lt;")
    return (
        f'<iframe src="{frame}" title="{title}" width="100%" height="720" frameborder="0" '
        f'loading="lazy" data-proche="{call.slug}"></iframe>\n'
        f'<script src="{script}" async></script>'
    )


def _supporters(groups: dict[int, int]) -> list[tuple[str, int]]:
    if not any(groups.values()):
        return []
    said = {
        1: _("one reader"),
        2: _("2 to 4 readers"),
        5: _("5 to 9 readers"),
        10: _("10 readers and more"),
    }
    return [(said[lowest], n) for lowest, n in groups.items()]
