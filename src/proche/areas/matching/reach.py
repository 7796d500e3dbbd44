"""How many distinct people a set of members reaches, from the keyed one-way hashes of those who
react to them. No list of followers exists; what is counted is who reacts (see core.roster)."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from proche.areas.evidence.models import AudienceSample
from proche.areas.matching.models import Shortlist
from proche.core.roster import Audience, choose

Keys = NDArray[np.uint64]

# The roster is drawn from the best ranked, so that reach never buys a person who does not fit.
POOL_PER_SEAT = 3
# What the ranking says of somebody in whom nothing touches the brief.
MISFITS = {"off_subject", "nothing_to_read"}


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


def pool_of(shortlist: Shortlist, *, seats: int, locked_out: Collection[int] = ()) -> list[int]:
    """Whom so many seats are chosen among, best ranked first; somebody in whom nothing touches
    the brief only where a seat would stay empty."""
    fit: list[int] = []
    others: list[int] = []
    ranked = shortlist.entries.order_by("rank").values_list("person", "against")
    for person_id, against in ranked:
        misfit = any(caution["code"] in MISFITS for caution in against)
        if person_id not in locked_out:
            (others if misfit else fit).append(person_id)
    return fit[: seats * POOL_PER_SEAT] + others[: max(0, seats - len(fit))]


def pool_audiences(
    shortlist: Shortlist, *, seats: int, also: Iterable[int] = ()
) -> dict[int, Keys]:
    """The keys of the people so many seats are chosen among, and of others."""
    return audiences({*pool_of(shortlist, seats=seats), *also})


@dataclass(frozen=True)
class Covered:
    """What each member adds to those before, in order; None where nobody knows their public."""

    gains: tuple[int | None, ...]
    reach: int


def covered_by(order: Sequence[int], keys: Mapping[int, Keys]) -> Covered:
    seen = np.empty(0, dtype=np.uint64)
    gains: list[int | None] = []
    for person_id in order:
        if person_id not in keys:
            gains.append(None)
            continue
        after = np.union1d(seen, keys[person_id])
        gains.append(len(after) - len(seen))
        seen = after
    return Covered(tuple(gains), len(seen))


def added_by(
    candidates: Iterable[int], chosen: Iterable[int], keys: Mapping[int, Keys]
) -> dict[int, int]:
    """What each candidate would add to the people the chosen ones already reach."""
    held = [keys[person_id] for person_id in chosen if person_id in keys]
    reached = np.unique(np.concatenate(held)) if held else np.empty(0, dtype=np.uint64)
    return {
        person_id: int(np.count_nonzero(~np.isin(keys[person_id], reached, assume_unique=True)))
        for person_id in candidates
        if person_id in keys
    }


@dataclass(frozen=True)
class Best:
    order: tuple[int, ...]
    reach: int
    upper_bound: int


def best_of(
    keys: Mapping[int, Keys],
    *,
    size: int,
    locked_in: Sequence[int] = (),
    locked_out: Sequence[int] = (),
) -> Best:
    """The choice of that size that reaches the most, and what no other choice can exceed."""
    audience = Audience.from_keys({str(person_id): row for person_id, row in keys.items()})
    found = choose(
        audience,
        size=size,
        locked_in=[str(person_id) for person_id in locked_in if person_id in keys],
        locked_out=[str(person_id) for person_id in locked_out if person_id in keys],
        swaps=True,
    )
    return Best(tuple(int(name) for name in found.chosen), found.reach, found.upper_bound)
