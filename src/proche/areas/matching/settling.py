"""What two records made one are in the shortlists that rank both."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from proche.areas.matching.models import Shortlist, ShortlistEntry
from proche.areas.people.models import Person

# What a row says of the person it ranks.
SAID = ("score", "reasons", "against", "parts", "newcomer")
# A rank that no row has, for as long as two of them change places.
NOWHERE = 2_000_000_000


def better_place(kept: Person, other: Person) -> Iterator[tuple[ShortlistEntry, str, Any]]:
    """Where the other record is ranked higher, the two change places: the kept one stays."""
    rows = ShortlistEntry.objects.filter(person=kept).order_by("pk")
    higher = {entry.shortlist_id: entry for entry in ShortlistEntry.objects.filter(person=other)}
    for own in rows:
        its = higher.get(own.shortlist_id)
        if its is None or its.rank > own.rank:
            continue
        place, freed = its.rank, own.rank
        yield its, "rank", NOWHERE
        yield own, "rank", place
        yield its, "rank", freed
        for name in SAID:
            yield own, name, getattr(its, name)


def ranked_since(entry: ShortlistEntry, moment: datetime) -> bool:
    """The bank was ranked again for the brief: the places are others now, the other record has none
    until the next time."""
    return not Shortlist.objects.filter(pk=entry.shortlist_id, made_at__lte=moment).exists()
