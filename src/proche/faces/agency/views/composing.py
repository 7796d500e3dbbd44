"""The page of a roster: its conditions, what each costs, its picture and its map."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from proche.areas.brands.models import Brief
from proche.areas.matching.actions import choose_roster, compose_roster
from proche.areas.matching.candidates import Candidate, candidates
from proche.areas.matching.conditions import Conditions, conditions_of, first_conditions
from proche.areas.matching.models import Roster, RosterPlace, Shortlist
from proche.areas.people.models import Person
from proche.common.ui import toast
from proche.faces.agency.access import StaffRequest, workspace
from proche.faces.agency.forms.conditions import ConditionsForm
from proche.faces.agency.forms.kept import kept
from proche.faces.agency.forms.roster import SizeForm
from proche.faces.agency.roster_page import gained, regions_of, standing
from proche.faces.agency.views.shortlist import shortlist_of


@workspace
def compose(request: StaffRequest, brief_id: int) -> HttpResponse:
    """The conditions and what they give. A POST chooses again: under what was written, or, from
    the short form of the brief, so many under the conditions of last time."""
    brief, shortlist = shortlist_of(request, brief_id)
    if request.method == "POST" and "conditions" not in request.POST:
        return _compose_again(request, brief, shortlist)
    roster: Roster | None = getattr(shortlist, "roster", None)
    now = conditions_of(roster) if roster else first_conditions(brief)
    places = list(roster.places.select_related("person").order_by("position")) if roster else []
    form = _form(request, shortlist, now, places)
    if request.method == "POST":
        chosen = kept(form, lambda: compose_roster(shortlist, form.conditions(), by=request.actor))
        if chosen:
            _say_how_many(request, chosen)
            return redirect("agency:compose", brief.pk)
    context = {"brief": brief, "form": form, "roster": roster, "places": places}
    if roster:
        context |= _shown(roster, now, places)
    return render(request, "agency/brands/roster.html", context)


def _compose_again(request: StaffRequest, brief: Brief, shortlist: Shortlist) -> HttpResponse:
    form = SizeForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Write how many people to choose, from 1 to 200."))
        return redirect("agency:brief", brief.pk)
    roster = getattr(shortlist, "roster", None)
    locked = (
        list(roster.places.filter(locked=True).values_list("person", flat=True)) if roster else []
    )
    chosen = choose_roster(
        shortlist, by=request.actor, size=form.cleaned_data["size"], locked_in=locked
    )
    _say_how_many(request, chosen)
    return redirect("agency:brief", brief.pk)


def _say_how_many(request: StaffRequest, chosen: Roster) -> None:
    n = chosen.places.count()
    toast(request, ngettext("%(n)s person chosen.", "%(n)s people chosen.", n) % {"n": n})


def _form(
    request: StaffRequest, shortlist: Shortlist, now: Conditions, places: list[RosterPlace]
) -> ConditionsForm:
    named = {*now.kept, *now.left_out, *now.costs, *(one for pair in now.apart for one in pair)}
    people = candidates(shortlist, also=named | {place.person_id for place in places})
    return ConditionsForm(request.POST or None, now=now, people=people, names=_names(people))


def _names(people: list[Candidate]) -> dict[int, str]:
    asked = [one.person_id for one in people]
    found = {person.pk: str(person) for person in Person.objects.filter(pk__in=asked)}
    return {person_id: found[person_id] for person_id in asked if person_id in found}


def _shown(roster: Roster, now: Conditions, places: list[RosterPlace]) -> dict[str, Any]:
    return {
        **standing(roster, places),
        "chart": gained(roster, places),
        "regions": regions_of(places),
        "nowhere": sum(not place.person.region for place in places),
        "cost": now.spent_on(place.person_id for place in places),
        "free": max(0, now.size - len(places)),
    }
