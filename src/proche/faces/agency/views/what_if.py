"""What other weights would change in a shortlist, without keeping anything."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from proche.areas.brands.models import Brief
from proche.areas.matching.everybody import everybody
from proche.areas.matching.models import Shortlist
from proche.areas.matching.ranking import weights_of
from proche.areas.matching.weighing import Moved, moved
from proche.areas.people.models import Person
from proche.faces.agency.access import StaffRequest, workspace
from proche.faces.agency.forms.weights import WeightsForm
from proche.faces.agency.views.shortlist import MARKED, shortlist_of

ROWS = 10
# Those who come in or go out, by name; beyond, how many more.
MOST_NAMES = 12


@dataclass(frozen=True)
class Row:
    name: str
    rank: int
    up: int

    @property
    def down(self) -> int:
        return -self.up


@dataclass(frozen=True)
class Supposed:
    """`seats`: how many are wanted; `entering` and `leaving`: who would cross that line.
    `beyond`: how many were ranked after those kept, and so are not in play."""

    rows: list[Row]
    seats: int
    entering: list[str]
    leaving: list[str]
    beyond: int


@workspace
def what_if(request: StaffRequest, brief_id: int) -> HttpResponse:
    """The same page for a form and for a script, which takes its middle. It writes nothing, and is
    posted all the same: what proves the form ours stays out of addresses."""
    brief, shortlist = shortlist_of(request, brief_id)
    posted = request.method == "POST"
    form = WeightsForm(request.POST) if posted else WeightsForm.of(shortlist)
    supposed = None
    if form.is_bound and form.is_valid():
        supposed = supposed_of(brief, shortlist, form.cleaned_data)
    context = {
        "brief": brief,
        "brand": brief.brand,
        "shortlist": shortlist,
        "weights": form,
        "supposed": supposed,
        "marked": MARKED,
        "without_parts": supposed is None and form.is_bound and form.is_valid(),
    }
    return render(request, "agency/brands/what_if.html", context)


def supposed_of(
    brief: Brief, shortlist: Shortlist, weights: Mapping[str, float]
) -> Supposed | None:
    """None where the shortlist was made before the parts of a score were kept."""
    known = everybody(shortlist)
    if known is None:
        return None
    seats = brief.quantity
    first, entering, leaving = moved(known, weights_of(weights), seats=seats, rows=ROWS)
    names = _names(one.person_id for one in [*first, *_named(entering), *_named(leaving)])
    return Supposed(
        rows=[Row(names[one.person_id], one.rank, one.before - one.rank) for one in first],
        seats=seats,
        entering=_told(entering, names),
        leaving=_told(leaving, names),
        beyond=known.beyond,
    )


def _named(people: list[Moved]) -> list[Moved]:
    return people[:MOST_NAMES]


def _names(person_ids: Iterable[int]) -> dict[int, str]:
    """Somebody merged into another record while the page is drawn has no name of their own."""
    wanted = set(person_ids)
    found = {person.pk: str(person) for person in Person.objects.filter(pk__in=wanted)}
    return {person_id: found.get(person_id, _("somebody")) for person_id in wanted}


def _told(people: list[Moved], names: Mapping[int, str]) -> list[str]:
    told = [names[one.person_id] for one in _named(people)]
    more = len(people) - len(told)
    if more:
        told.append(ngettext("and one more", "and %(n)s more", more) % {"n": more})
    return told
