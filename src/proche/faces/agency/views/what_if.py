"""What other weights would change in a shortlist, without keeping anything."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render

from proche.areas.brands.models import Brief
from proche.areas.matching.models import Shortlist, ShortlistEntry
from proche.areas.matching.queries import entries_with_people
from proche.areas.matching.ranking import weights_of
from proche.core import matching
from proche.faces.agency.access import StaffRequest, workspace
from proche.faces.agency.forms.weights import WeightsForm
from proche.faces.agency.views.shortlist import MARKED, shortlist_of

ROWS = 10


@dataclass(frozen=True)
class Moved:
    """Somebody at the place other weights would give them."""

    entry: ShortlistEntry
    rank: int

    @property
    def up(self) -> int:
        return self.entry.rank - self.rank

    @property
    def down(self) -> int:
        return -self.up


@dataclass(frozen=True)
class Supposed:
    """`seats`: how many are wanted; `entering` and `leaving`: who would cross that line.
    `beyond`: how many were ranked after those kept, and so are not in play."""

    rows: list[Moved]
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
    entries = list(entries_with_people(shortlist.entries.order_by("rank")))
    if not entries or not all(entry.parts for entry in entries):
        return None
    scores = matching.reweighed([entry.parts for entry in entries], weights_of(weights))
    pairs = zip(scores, entries, strict=True)
    ordered = [entry for _score, entry in sorted(pairs, key=lambda pair: -pair[0])]
    moved = [Moved(entry, rank) for rank, entry in enumerate(ordered, start=1)]
    seats = brief.quantity
    return Supposed(
        rows=moved[:ROWS],
        seats=seats,
        entering=[str(m.entry.person) for m in moved if m.rank <= seats < m.entry.rank],
        leaving=[str(m.entry.person) for m in moved if m.entry.rank <= seats < m.rank],
        beyond=shortlist.considered - len(entries),
    )
