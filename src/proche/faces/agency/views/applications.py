"""Applications: each with its evidence and proposed verdict; a person accepts, asks or refuses."""

from collections import Counter

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from proche.areas.people.models import Person
from proche.areas.recruitment import actions
from proche.areas.recruitment.models import Application
from proche.areas.recruitment.queries import applications_with_people
from proche.common import ui
from proche.common.errors import Refusal
from proche.faces.agency.access import StaffRequest, decides, workspace
from proche.faces.agency.forms.applications import REFUSALS, AskForm, RefuseForm

State = Application.State
OPEN = [State.RECEIVED, State.REVIEW]
# The tabs of the page: what stands in the address, its words, the states it shows.
TABS = {
    "a-lire": (gettext_lazy("To read"), OPEN),
    "a-confirmer": (gettext_lazy("Email to confirm"), [State.UNCONFIRMED]),
    "acceptees": (gettext_lazy("Accepted"), [State.ACCEPTED]),
    "refusees": (gettext_lazy("Refused"), [State.REFUSED]),
}
PER_PAGE = 25


@workspace
def index(request: StaffRequest) -> HttpResponse:
    mine = Application.objects.in_programme(request.programme)
    asked = request.GET.get("etat", "")
    asked = asked if asked in TABS else "a-lire"
    states = TABS[asked][1]
    found = applications_with_people(mine.filter(state__in=states))
    order = "submitted_at" if states == OPEN else "-submitted_at"
    page = Paginator(found.order_by(order, "pk"), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "lines": [(one, _to_sign(one.person)) for one in page],
        "asked": asked,
        "tabs": _tabs(request),
    }
    return render(request, "agency/applications/index.html", context)


def _to_sign(person: Person) -> object:
    """The verdict that waits, else the one in force, from the rows already fetched."""
    current = [v for v in person.verdicts.all() if v.replaced_at is None]
    return next((v for v in current if v.signed_at is None), next(iter(current), None))


def _tabs(request: StaffRequest) -> list[tuple[str, str | Promise, int]]:
    mine = Application.objects.in_programme(request.programme)
    held = Counter(mine.values_list("state", flat=True))
    return [(n, label, sum(held[s] for s in states)) for n, (label, states) in TABS.items()]


def _application(request: StaffRequest, pk: int) -> Application:
    mine = Application.objects.for_actor(request.user).select_related("person__programme")
    found: Application = get_object_or_404(mine, pk=pk)
    return found


@workspace
@require_POST
def accept(request: StaffRequest, pk: int) -> HttpResponse:
    decides(request)
    person = actions.accept(_application(request, pk), by=request.actor)
    ui.toast(request, _("%(name)s is in the bank. The welcome is on its way.") % {"name": person})
    return redirect("agency:applications")


@workspace
@require_POST
def accept_many(request: StaffRequest) -> HttpResponse:
    """Accept every ticked application, each verdict signed as proposed."""
    decides(request)
    accepted = 0
    for pk in request.POST.getlist("application"):
        try:
            actions.accept(_application(request, int(pk)), by=request.actor)
            accepted += 1
        except Refusal as refusal:
            ui.toast(request, refusal.sentence)
    if accepted:
        said = ngettext("%(n)d person accepted.", "%(n)d people accepted.", accepted)
        ui.toast(request, said % {"n": accepted})
    return redirect("agency:applications")


@workspace
def refuse(request: StaffRequest, pk: int) -> HttpResponse:
    decides(request)
    application = _application(request, pk)
    preset = request.GET.get("motif", "")
    form = RefuseForm(request.POST or None, initial={"reason": REFUSALS.get(preset, "")})
    if request.method == "POST" and form.is_valid():
        actions.refuse(application, form.cleaned_data["reason"], by=request.actor)
        ui.toast(request, _("%(name)s was told, with the reason.") % {"name": application.person})
        return redirect("agency:applications")
    context = {"application": application, "form": form, "presets": REFUSALS, "preset": preset}
    return render(request, "agency/applications/refuse.html", context)


@workspace
def ask(request: StaffRequest, pk: int) -> HttpResponse:
    application = _application(request, pk)
    form = AskForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.ask_applicant(application, form.cleaned_data["text"], by=request.actor)
        ui.toast(request, _("Question sent to %(name)s.") % {"name": application.person})
        return redirect("agency:applications")
    return render(
        request, "agency/applications/ask.html", {"application": application, "form": form}
    )
