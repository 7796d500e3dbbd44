"""The bound where only some accounts are looked at: held against choices that are known to be
allowed, and against the best where it can be worked out."""

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from proche.core.roster import Audience, Caps, Terms, choose, weights
from proche.core.roster.certificate import upper_bound
from proche.core.roster.choosing import stated

SEATS, PARTS, CROWD = 40, 1500, 60_000


def drawn(rng: np.random.Generator, sizes: np.ndarray) -> dict[str, np.ndarray]:
    """Accounts whose publics overlap as chance has it."""
    return {
        f"drawn{place:05d}": np.sort(rng.choice(CROWD, size, replace=False))
        for place, size in enumerate(sizes.tolist())
    }


def planted(rng: np.random.Generator) -> dict[str, np.ndarray]:
    """Forty accounts that share the crowd out among them, hidden among larger ones that overlap:
    together they reach everyone, and greedy prefers the others."""
    parts = np.split(rng.permutation(CROWD), SEATS)
    hidden = {f"part{place:02d}": np.sort(part) for place, part in enumerate(parts)}
    return hidden | drawn(rng, rng.integers(100, CROWD // SEATS + 200, PARTS))


def test_the_bound_is_no_lower_than_a_choice_hidden_among_larger_accounts() -> None:
    audience = Audience.from_keys(planted(np.random.default_rng(7)))
    assert audience.sizes.sum() > weights.SMALL
    roster = choose(audience, size=SEATS)
    assert roster.reach < CROWD == roster.upper_bound


def test_the_bound_holds_under_a_budget_and_floors_that_a_hidden_choice_keeps() -> None:
    rng = np.random.default_rng(11)
    audience = Audience.from_keys(planted(rng))
    parts = [name for name in audience.account_ids if name.startswith("part")]
    costs = dict.fromkeys(audience.account_ids, 8.0) | dict.fromkeys(parts, 9.0)
    sides = {name: "even" if int(name[-1]) % 2 == 0 else "odd" for name in audience.account_ids}
    caps = Caps(sides, {"even": 22}, {"odd": 18})
    terms = Terms(size=SEATS, costs=costs, budget=9.0 * SEATS, caps=caps)
    roster = choose(audience, **terms)
    assert roster.reach < audience.reach(audience.index_of(parts)) <= roster.upper_bound


def test_where_nobody_is_shared_a_budget_is_bounded_by_the_best_mixture() -> None:
    """Without overlap the best is a knapsack: filled by people per dollar, it bounds every choice
    from above by less than one account, and so must the certificate."""
    rng = np.random.default_rng(5)
    sizes = rng.integers(20, 400, 2000)
    ends = np.cumsum(sizes)
    keys = {f"{at:04d}": np.arange(ends[at] - n, ends[at]) for at, n in enumerate(sizes.tolist())}
    audience = Audience.from_keys(keys)
    assert len(audience.persons) > weights.SMALL
    paid = rng.uniform(10, 40, len(sizes))
    costs = dict(zip(audience.account_ids, paid.tolist(), strict=True))
    roster = choose(audience, size=2000, costs=costs, budget=900.0)
    order = np.argsort(-sizes / paid)
    spent, reached = np.cumsum(paid[order]), np.cumsum(sizes[order])
    full = int(np.searchsorted(spent, 900.0, side="right"))
    part = (900.0 - spent[full - 1]) / paid[order][full] * sizes[order][full]
    assert roster.upper_bound == int(reached[full - 1] + part)


people = st.sets(st.integers(0, 14), min_size=1, max_size=8)
graphs = st.dictionaries(st.sampled_from("abcdefgh"), people, min_size=3, max_size=8)


@given(graphs, st.integers(1, 2), st.lists(st.integers(0, 9), min_size=8, max_size=8), st.data())
@settings(max_examples=150, deadline=None)
def test_the_bound_holds_from_any_choice_with_only_a_few_accounts_looked_at(
    pairs: dict[str, set[int]], size: int, prices: list[int], data: st.DataObject
) -> None:
    audience = Audience.from_keys({name: np.array(sorted(keys)) for name, keys in pairs.items()})
    costs = dict(zip("abcdefgh", map(float, prices), strict=True))
    north = {name: "north" for name in pairs if name < "d"}
    terms = Terms(size=size, costs=costs, budget=11.0, caps=Caps(north, {"north": 1}))

    def allowed(names: tuple[str, ...]) -> bool:
        within = sum(costs[name] for name in names) <= 11.0
        return within and sum(name in north for name in names) <= 1

    every = [n for k in range(size + 1) for n in combinations(sorted(pairs), k) if allowed(n)]
    reach = {names: len(set().union(*(pairs[name] for name in names))) for names in every}
    chosen = data.draw(st.sampled_from(every))
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(weights, "SMALL", 0)
        problem = stated(audience, terms)
        rows = [row for row in audience.index_of(chosen).tolist() if problem.eligible[row]]
        bound = upper_bound(problem, rows, reach[chosen])
    assert bound >= max(reach.values())
