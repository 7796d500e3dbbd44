"""How many distinct people a set of members reaches, from the keyed one-way hashes of those who
react to them; where those are known of too few, from sizes weighted by closeness (see
core.roster.estimated). No list of followers exists."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from django.db.models import Max
from numpy.typing import NDArray

from proche.areas.evidence.models import AudienceSample, Verdict
from proche.areas.matching.models import Roster, ShortlistEntry
from proche.areas.people.models import Person
from proche.core.roster import Sized, estimated

Keys = NDArray[np.uint64]
Publics = Mapping[int, Keys]

# Under this share of people with a known public, a proof over the others would mislead.
KNOWN_SHARE = 0.5


def audiences(person_ids: Iterable[int]) -> dict[int, Keys]:
    """The distinct keys of each person who has any, over all their accounts; one query."""
    rows = AudienceSample.objects.filter(account__person__in=list(person_ids), n__gt=0)
    parts: dict[int, list[Keys]] = {}
    for person_id, keys in rows.values_list("account__person", "keys"):
        parts.setdefault(person_id, []).append(np.frombuffer(bytes(keys), dtype="<u8"))
    return {
        person_id: np.unique(np.concatenate(arrays)) if len(arrays) > 1 else arrays[0]
        for person_id, arrays in parts.items()
    }


def estimates(person_ids: Iterable[int]) -> dict[int, Keys]:
    """As many invented people as the largest account has followers, times the closeness somebody
    signed; two queries. All the people of a shortlist are asked for together, or those drawn
    would change with who is asked for."""
    asked = list(person_ids)
    people = Person.objects.filter(pk__in=asked).annotate(followers=Max("accounts__followers"))
    signed = Verdict.objects.signed().filter(person__in=asked)
    closeness = dict(signed.values_list("person", "closeness"))
    sized = [
        Sized(str(one.pk), one.followers, closeness.get(one.pk), one.region, tuple(one.topics))
        for one in people
        if one.followers
    ]
    return {int(name): keys for name, keys in estimated(sized).items()}


def publics(method: str, person_ids: Iterable[int]) -> dict[int, Keys]:
    """The public of each person whose public is known the way a roster was counted."""
    asked = list(person_ids)
    return estimates(asked) if method == Roster.Method.ESTIMATE else audiences(asked)


def publics_beside(roster: Roster, shown: Iterable[int]) -> dict[int, Keys]:
    """The publics of these people, counted as those of the roster were."""
    if roster.method != Roster.Method.ESTIMATE:
        return audiences(shown)
    ranked = ShortlistEntry.objects.filter(shortlist=roster.shortlist_id)
    return estimates({*ranked.values_list("person", flat=True), *shown})


def best_known(pool: Sequence[int], everybody: Iterable[int]) -> tuple[Roster.Method, Publics]:
    """The surest way of counting that is known of half of those one chooses among."""
    asked = list(everybody)
    seen = audiences(asked)
    if _mostly(pool, seen):
        return Roster.Method.COVERAGE, seen
    sized = estimates(asked)
    if _mostly(pool, sized):
        return Roster.Method.ESTIMATE, sized
    return Roster.Method.RANK, seen


def _mostly(pool: Sequence[int], known: Publics) -> bool:
    return sum(person_id in known for person_id in pool) >= KNOWN_SHARE * len(pool)


@dataclass(frozen=True)
class Covered:
    """What each member adds to those before, in order; None where nobody knows their public."""

    gains: tuple[int | None, ...]
    reach: int


def covered_by(order: Sequence[int], keys: Publics) -> Covered:
    known = [person_id for person_id in order if person_id in keys]
    if not known:
        return Covered((None,) * len(order), 0)
    everyone = np.concatenate([keys[person_id] for person_id in known])
    seat = np.repeat(np.arange(len(known)), [len(keys[person_id]) for person_id in known])
    _, first = np.unique(everyone, return_index=True)
    added = iter(np.bincount(seat[first], minlength=len(known)).tolist())
    gains = tuple(next(added) if person_id in keys else None for person_id in order)
    return Covered(gains, len(first))


def added_by(candidates: Iterable[int], chosen: Iterable[int], keys: Publics) -> dict[int, int]:
    """What each candidate would add to the people the chosen ones already reach."""
    held = [keys[person_id] for person_id in chosen if person_id in keys]
    reached = np.unique(np.concatenate(held)) if held else np.empty(0, dtype=np.uint64)
    return {
        person_id: int(np.count_nonzero(~np.isin(keys[person_id], reached, assume_unique=True)))
        for person_id in candidates
        if person_id in keys
    }
