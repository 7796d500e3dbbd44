"""Calls for nominations: what each gives, in counts only."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from proche.areas.recruitment.actions import open_call
from proche.areas.recruitment.models import Call, Nomination
from proche.areas.recruitment.queries import with_counts
from proche.common import ui
from proche.common.errors import Refusal
from proche.faces.agency.access import StaffRequest, decides, workspace
from proche.faces.agency.forms.calls import CallForm


@workspace
def index(request: StaffRequest) -> HttpResponse:
    calls = with_counts(Call.objects.in_programme(request.programme))
    return render(request, "agency/calls/index.html", {"calls": calls})


@workspace
def new(request: StaffRequest) -> HttpResponse:
    decides(request)
    form = CallForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            call = open_call(request.programme, **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(refusal.field, str(refusal.sentence))
        else:
            ui.toast(request, _("The call is ready. Here is its page."))
            return redirect("agency:call", slug=call.slug)
    return render(request, "agency/calls/new.html", {"form": form})


@workspace
def detail(request: StaffRequest, slug: str) -> HttpResponse:
    calls = with_counts(Call.objects.for_actor(request.user))
    call = get_object_or_404(calls, slug=slug)
    states = [(state, label, getattr(call, state)) for state, label in Nomination.State.choices]
    page = request.build_absolute_uri(reverse("public:call", args=[slug]))
    return render(
        request, "agency/calls/detail.html", {"call": call, "states": states, "page": page}
    )
