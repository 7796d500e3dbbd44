"""How long people are kept who are not members, and who is to be erased soon."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from proche.areas.accounts.rules import may_manage_team
from proche.areas.content import retention
from proche.areas.content.retention import Delays
from proche.common.errors import Refusal
from proche.common.ui import toast
from proche.faces.agency.access import StaffRequest, workspace
from proche.faces.agency.forms.retention import DelaysForm

SHOWN, VERSIONS_SHOWN = 50, 20


@workspace
def index(request: StaffRequest) -> HttpResponse:
    """Seen by the whole team; an owner sets the delays."""
    may_set = may_manage_team(request.user, request.programme)
    delays = retention.delays_of(request.programme)
    form = DelaysForm(
        request.POST or None, initial={"refused": delays.refused, "silent": delays.silent}
    )
    if request.method == "POST":
        if not may_set:
            raise Refusal(
                _("Only an owner changes how long people are kept. Ask one of them."),
                code="not_yours",
            )
        if form.is_valid() and _sure(request, form):
            refused, silent = form.cleaned_data["refused"], form.cleaned_data["silent"]
            retention.set_delays(
                request.programme, refused=refused, silent=silent, by=request.actor
            )
            toast(request, _("Kept. Look below at who is to be erased soon."))
            return redirect("agency:retention")
    no, nothing = retention.soon(request.programme, SHOWN)
    context = {
        "form": form,
        "may_set": may_set,
        "delays": delays,
        "lists": [("refused", no), ("silent", nothing)],
        "ahead": retention.AHEAD.days,
        "erased": retention.erased_so_far(request.programme),
        "versions": request.programme.kept_for.select_related("changed_by")[:VERSIONS_SHOWN],
    }
    return render(request, "agency/retention/index.html", context)


def _sure(request: StaffRequest, form: DelaysForm) -> bool:
    """A delay that would erase somebody at once asks first."""
    said = form.cleaned_data
    over = retention.over_with(request.programme, Delays(said["refused"], said["silent"]))
    now = retention.over_with(request.programme, retention.delays_of(request.programme))
    if over > now and not said["sure"]:
        form.ask_first(over)
    return not form.errors
