import gzip
from pathlib import Path

import numpy as np
import pytest

from proche.core.roster import Links, furthest


def links(count: int, pairs: list[tuple[int, int, float]]) -> Links:
    sources, targets, chances = (np.array(column) for column in zip(*pairs, strict=True))
    return Links(count, sources, targets, chances.astype(np.float64))


def told_by_simulation(
    given: Links, start: tuple[int, ...], *, times: int, rng: np.random.Generator
) -> float:
    """Forwards, one campaign at a time: nothing in common with reverse-reachable sets."""
    total = 0
    for _ in range(times):
        told, waiting = set(start), list(start)
        while waiting:
            out = np.flatnonzero(given.sources == waiting.pop())
            for link in out[rng.random(len(out)) < given.chances[out]]:
                if (target := int(given.targets[link])) not in told:
                    told.add(target)
                    waiting.append(target)
        total += len(told)
    return total / times


def test_a_sure_word_reaches_the_whole_chain_and_starts_at_its_head() -> None:
    chain = links(5, [(0, 1, 1.0), (1, 2, 1.0), (2, 3, 1.0)])
    spread = furthest(chain, size=2, sets=4000, seed=1)
    assert set(spread.chosen) == {0, 4}
    assert spread.people == 5.0


def test_a_word_nobody_passes_on_reaches_only_those_it_starts_with() -> None:
    still = links(10, [(0, 1, 0.0), (1, 2, 0.0)])
    spread = furthest(still, size=3, sets=20_000, seed=1)
    assert spread.low <= 3.0 <= spread.high


def test_two_friends_with_one_chance_in_two_reach_one_person_and_a_half() -> None:
    spread = furthest(links(2, [(0, 1, 0.5)]), size=1, sets=20_000, seed=3)
    assert spread.chosen == (0,)
    assert spread.low <= 1.5 <= spread.high
    assert spread.high - spread.low < 0.05


def test_weighted_cascade_shares_one_chance_among_those_who_could_tell() -> None:
    given = Links.weighted_cascade(3, np.array([0, 1, 1, 0]), np.array([2, 2, 2, 1]))
    assert list(zip(given.sources, given.targets, given.chances, strict=True)) == [
        (0, 1, 1.0),
        (0, 2, 0.5),
        (1, 2, 0.5),
    ]


def test_the_figure_agrees_with_campaigns_simulated_forwards() -> None:
    rng = np.random.default_rng(5)
    given = Links.weighted_cascade(60, rng.integers(0, 60, 200), rng.integers(0, 60, 200))
    spread = furthest(given, size=4, sets=40_000, seed=2)
    simulated = told_by_simulation(given, spread.chosen, times=4000, rng=rng)
    assert spread.people == pytest.approx(simulated, rel=0.03)


def test_the_same_seed_gives_the_same_answer() -> None:
    given = Links.weighted_cascade(9, np.arange(8), np.arange(8) + 1)
    assert furthest(given, size=2, sets=500, seed=7) == furthest(given, size=2, sets=500, seed=7)


@pytest.mark.realdata
def test_nethept_spreads_as_far_as_published(shared_data: Path) -> None:
    """github.com/snowgy/Influence_Maximization, an implementation of IMM (Tang, Shi and Xiao,
    2015), reports 1,294 to 1,298 people for 50 seeds on this graph, each line one way, links
    weighted by the receiver's degree (its file: 15,233 persons, 32,235 links)."""
    with gzip.open(shared_data / "graph_nethept" / "edges.txt.gz", "rt") as file:
        count = int(file.readline().split()[0])
        lines = np.loadtxt(file, dtype=np.int64)
    given = Links.weighted_cascade(count, lines[:, 0], lines[:, 1])
    assert (given.count, len(given.sources)) == (15_233, 32_235)
    spread = furthest(given, size=50, sets=1_000_000, seed=1)
    assert spread.people == pytest.approx(1296, rel=0.01)
    assert spread.proven >= 0.99
