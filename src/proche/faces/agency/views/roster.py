"""Seats given by hand: who comes, who goes, who stays."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from proche.areas.brands.models import Brief
from proche.areas.matching.actions import (
    add_to_roster,
    bring_back,
    let_go,
    lock_place,
)
from proche.areas.matching.models import Roster
from proche.areas.people.models import Person
from proche.common.ui import toast
from proche.faces.agency.access import StaffRequest, workspace
from proche.faces.agency.views.shortlist import shortlist_of

DONE = {
    "choose": gettext_lazy("%(name)s is chosen. The reach was counted again."),
    "remove": gettext_lazy("%(name)s is let go, and stays out until somebody brings them back."),
    "bring_back": gettext_lazy("%(name)s is back."),
    "lock": gettext_lazy("%(name)s keeps their seat when the roster is composed again."),
    "unlock": gettext_lazy("The seat of %(name)s is free again."),
}

# The pages that name who was let go.
BACK_TO = {"brief", "ask", "offers"}

UNDONE_BY = {
    "choose": "remove",
    "remove": "bring_back",
    "bring_back": "remove",
    "lock": "unlock",
    "unlock": "lock",
}


def roster_of(request: StaffRequest, brief_id: int) -> tuple[Brief, Roster]:
    brief, shortlist = shortlist_of(request, brief_id)
    roster: Roster | None = getattr(shortlist, "roster", None)
    if roster is None:
        raise Http404
    return brief, roster


@workspace
@require_POST
def place(request: StaffRequest, brief_id: int, key: str) -> HttpResponse:
    """Choose a person by hand, let them go, bring them back, lock their seat."""
    brief, roster = roster_of(request, brief_id)
    person = get_object_or_404(Person.objects.for_actor(request.user), key=key)
    # An undo is a POST to an address: it carries the act there.
    act = request.POST.get("act") or request.GET.get("act", "")
    if act == "choose":
        add_to_roster(roster, person, by=request.actor)
    elif act == "remove":
        let_go(roster, person, by=request.actor)
    elif act == "bring_back":
        bring_back(roster, person, by=request.actor)
    elif act in {"lock", "unlock"}:
        lock_place(roster, person, locked=act == "lock", by=request.actor)
    back = request.POST.get("back") or request.GET.get("back", "")
    back = back if back in BACK_TO else "brief"
    if act in DONE:
        undo = f"{reverse('agency:place', args=[brief.pk, key])}?act={UNDONE_BY[act]}&back={back}"
        toast(request, str(DONE[act]) % {"name": person.given_name}, undo=undo)
    return redirect(f"agency:{back}", brief.pk)
