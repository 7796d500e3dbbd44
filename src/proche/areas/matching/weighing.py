"""Everybody ranked for a brief, kept as columns, and what other weights would make of them."""

import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from proche.areas.matching.models import EveryPart, Shortlist
from proche.areas.people.models import Person
from proche.core import matching

NUMBER, PART = "<u8", "<f4"
# Most of what could be gained, for a third of the time.
LEVEL = 1


@dataclass(frozen=True, eq=False)
class Everybody:
    """`people` are numbers of persons, best ranked first, and `parts` theirs. `beyond`: how many
    were ranked after them and are not known."""

    people: NDArray[np.uint64]
    parts: matching.Parts
    beyond: int = 0


@dataclass(frozen=True, slots=True)
class Moved:
    """Somebody at the place other weights would give them, from 1, and the one they had."""

    person_id: int
    rank: int
    before: int


def keep_everybody(shortlist: Shortlist, ranking: matching.Ranking) -> None:
    ids, parts = ranking.everybody()
    people = np.array([int(member_id) for member_id in ids], dtype=np.uint64)
    EveryPart.objects.update_or_create(shortlist=shortlist, defaults=_packed(people, parts))


def everybody(shortlist: Shortlist) -> Everybody | None:
    """None where the shortlist was made before any part was kept. Where those of the best alone
    were, it is them."""
    kept = EveryPart.objects.filter(shortlist=shortlist).first()
    if kept is not None:
        return Everybody(*_read(kept))
    entries = list(shortlist.entries.order_by("rank").values_list("person", "parts"))
    if not entries or not all(parts for _person, parts in entries):
        return None
    people = np.array([person for person, _parts in entries], dtype=np.uint64)
    names = tuple(entries[0][1])
    rows = [np.array([parts[name] for _person, parts in entries]) for name in names]
    parts = matching.parts_of(names, rows, len(entries))
    return Everybody(people, parts, shortlist.considered - len(entries))


def moved(
    known: Everybody, weights: matching.Weights, *, seats: int, rows: int
) -> tuple[list[Moved], list[Moved], list[Moved]]:
    """The first rows, who would come among the seats, and who would leave them."""
    order = known.parts.reordered(weights)
    first = [_moved(known, place, rank) for rank, place in enumerate(order[:rows].tolist(), 1)]
    seated = order[:seats].tolist()
    entering = [_moved(known, at, rank) for rank, at in enumerate(seated, 1) if at >= seats]
    ranks = np.empty(len(order), dtype=np.intp)
    ranks[order] = np.arange(1, len(order) + 1)
    leaving = [
        _moved(known, at, int(rank)) for at, rank in enumerate(ranks[:seats]) if rank > seats
    ]
    return first, entering, leaving


def rankings_of(person: Person) -> list[dict[str, Any]]:
    """Where the person stands in each ranking that is kept, and their parts from 0 to 1."""
    found = []
    kept = EveryPart.objects.filter(shortlist__brief__brand__programme=person.programme_id)
    for row in kept.select_related("shortlist").order_by("shortlist__made_at"):
        people, parts = _read(row)
        for place in np.flatnonzero(people == person.pk)[:1].tolist():
            own = np.round(parts.values[:, place].astype(np.float64), 4).tolist()
            found.append(
                {
                    "ranked_at": row.shortlist.made_at,
                    "rank": place + 1,
                    "ranked": len(people),
                    "parts": dict(zip(parts.names, own, strict=True)),
                }
            )
    return found


def forget_parts(person: Person) -> None:
    """Call it inside the transaction in which they leave."""
    kept = EveryPart.objects.filter(shortlist__brief__brand__programme=person.programme_id)
    # One at a time: each holds a whole bank.
    for pk in list(kept.order_by("pk").values_list("pk", flat=True)):
        row = EveryPart.objects.select_for_update().get(pk=pk)
        people, parts = _read(row)
        for place in np.flatnonzero(people == person.pk)[:1].tolist():
            packed = _packed(np.delete(people, place), parts.without(place))
            EveryPart.objects.filter(pk=pk).update(**packed)


def _moved(known: Everybody, place: int, rank: int) -> Moved:
    return Moved(int(known.people[place]), rank, place + 1)


def _packed(people: NDArray[np.uint64], parts: matching.Parts) -> dict[str, Any]:
    return {
        "names": list(parts.names),
        "people": zlib.compress(people.astype(NUMBER).tobytes(), LEVEL),
        "values": zlib.compress(parts.values.astype(PART).tobytes(), LEVEL),
    }


def _read(row: EveryPart) -> tuple[NDArray[np.uint64], matching.Parts]:
    people = np.frombuffer(zlib.decompress(row.people), dtype=NUMBER)
    values = np.frombuffer(zlib.decompress(row.values), dtype=PART)
    names: Sequence[str] = row.names
    return people, matching.Parts(tuple(names), values.reshape(len(names), len(people)))
