"""The conditions of a roster put to core.roster: whom to choose, how near it is to the best, what
each condition costs, and what would have to give where they cannot all hold."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from proche.areas.matching.candidates import Candidate, candidates, pool_of
from proche.areas.matching.conditions import Conditions, Limit
from proche.areas.matching.models import Roster, Shortlist
from proche.areas.matching.reach import Publics, best_known, publics
from proche.core import roster as core
from proche.core.roster.choosing import stated
from proche.core.roster.feasible import Loosening, loosening

# A strategist who writes more conditions than this wants a roster, not a price list.
MOST_PRICES = 40
NEWCOMERS = "newcomers"


@dataclass(frozen=True, eq=False)
class Board:
    """Everybody who may be chosen or is seated, with their public where it is known."""

    everybody: tuple[Candidate, ...]
    method: str
    known: Publics

    @classmethod
    def of(
        cls,
        shortlist: Shortlist,
        conditions: Conditions,
        *,
        seated: Iterable[int] = (),
        method: str = "",
    ) -> "Board":
        """`method` empty: the surest that is known of enough of those one chooses among."""
        also = {*seated, *conditions.kept}
        found = tuple(candidates(shortlist, also=also))
        ids = [one.person_id for one in found]
        if method:
            return cls(found, method, publics(method, ids))
        return cls(found, *best_known(pool_of(found, conditions), ids))

    def best(self, conditions: Conditions, *, also: Sequence[int] = ()) -> core.Roster:
        """The choice with its proof, also among those named by `also`, seated by hand."""
        return core.choose(self._audience, **self._terms(conditions, also))

    def people(self, chosen: core.Roster) -> list[int]:
        return [self.everybody[int(name)].person_id for name in chosen.chosen]

    def price_list(
        self, conditions: Conditions, *, seated: Sequence[int] = ()
    ) -> dict[str, object]:
        """The reach of the best choice found, and of the one without each condition. `seated`: who
        has a seat given by hand; as anybody may be given one, all who fit are then looked at."""
        keys = conditions.named()[:MOST_PRICES]
        if not keys or self.method == Roster.Method.RANK:
            return {}
        return {
            "with": self._attainable(conditions, seated),
            "without": {key: self._attainable(conditions.without(key), seated) for key in keys},
        }

    def loosening(self, conditions: Conditions) -> tuple[list[tuple[str, int]], Loosening]:
        """Each floor that lacks seats, by its condition, with how many; and what else would do."""
        terms = self._terms(conditions, ())
        found = loosening(stated(self._audience, terms))
        names = self._groupings(conditions)
        lacking = [(names[at][1][group], n) for (at, group), n in found.floors.items()]
        return lacking, found

    def broken(self, conditions: Conditions, seats: Sequence[int]) -> list[str]:
        """The conditions that these seats do not keep; who is seated and left out is one."""
        known = {one.person_id: one for one in self.everybody}
        seated = [known[person_id] for person_id in seats if person_id in known]
        counts = {limit.key: sum(one.is_in(limit) for one in seated) for limit in conditions.limits}
        found = [
            limit.key
            for limit in conditions.limits
            if counts[limit.key] < (limit.least or 0)
            or (limit.most is not None and counts[limit.key] > limit.most)
        ]
        share = conditions.newcomers * len(seats)
        if sum(one.newcomer for one in seated) * 100 < share:
            found.append(NEWCOMERS)
        budget = conditions.budget_cents
        if budget is not None and conditions.spent_on(seats) > budget:
            found.append("budget")
        found += [f"left_out:{one}" for one in sorted(conditions.left_out.intersection(seats))]
        pairs = [pair for pair in conditions.apart if {*pair} <= {*seats}]
        return found + [f"apart:{first}:{second}" for first, second in pairs]

    def _attainable(self, conditions: Conditions, seated: Sequence[int]) -> int:
        also = [
            one.person_id
            for one in (self.everybody if seated else ())
            if one.person_id not in conditions.left_out
            and (one.person_id in seated or (one.ranked and not one.misfit))
        ]
        return core.attainable(self._audience, **self._terms(conditions, also))

    @cached_property
    def _audience(self) -> core.Audience:
        """Accounts are named by their rank, so that between equals the better ranked is chosen."""
        nobody = np.empty(0, dtype=np.uint64)
        if self.method == Roster.Method.RANK:
            # one person each, all different: a seat is a seat
            keys = {_name(at): np.array([at], np.uint64) for at in range(len(self.everybody))}
        else:
            keys = {
                _name(at): self.known.get(one.person_id, nobody)
                for at, one in enumerate(self.everybody)
            }
        return core.Audience.from_keys(keys)

    def _terms(self, conditions: Conditions, also: Sequence[int]) -> core.Terms:
        place = {one.person_id: at for at, one in enumerate(self.everybody)}
        pool = {*pool_of(self.everybody, conditions), *also, *conditions.kept}
        budget = conditions.budget_cents
        return core.Terms(
            size=max(conditions.size, len(conditions.kept)),
            costs=None
            if budget is None
            else {
                _name(at): float(conditions.cost_of(person_id)) for person_id, at in place.items()
            },
            budget=None if budget is None else float(budget),
            caps=[caps for caps, _names in self._groupings(conditions)],
            apart=[
                (_name(place[first]), _name(place[second]))
                for first, second in conditions.apart
                if first in place and second in place
            ],
            locked_in=[_name(place[one]) for one in conditions.kept if one in place],
            locked_out=[_name(at) for person_id, at in place.items() if person_id not in pool],
            swaps=True,
        )

    def _groupings(self, conditions: Conditions) -> list[tuple[core.Caps, dict[str, str]]]:
        """Each grouping, with the condition that each of its groups stands for. Somebody may post
        in two languages, so each language is a grouping of its own."""
        sets: dict[str, list[Limit]] = {}
        for limit in conditions.limits:
            one_each = limit.by == "language"
            sets.setdefault(limit.key if one_each else limit.by, []).append(limit)
        found = [
            (self._caps(limits), {one.key: one.key for one in limits}) for limits in sets.values()
        ]
        if conditions.least_newcomers:
            new = {_name(at): NEWCOMERS for at, one in enumerate(self.everybody) if one.newcomer}
            floor = {NEWCOMERS: conditions.least_newcomers}
            found.append((core.Caps(new, {}, floor), {NEWCOMERS: NEWCOMERS}))
        return found

    def _caps(self, limits: Sequence[Limit]) -> core.Caps:
        groups = {
            _name(at): limit.key
            for at, one in enumerate(self.everybody)
            for limit in limits
            if one.is_in(limit)
        }
        most = {limit.key: limit.most for limit in limits if limit.most is not None}
        least = {limit.key: limit.least for limit in limits if limit.least}
        return core.Caps(groups, most, least)


def _name(place: int) -> str:
    return f"{place:06d}"
