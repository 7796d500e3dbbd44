"""Whom to start with so that word of mouth goes furthest: independent cascade.

Method: reverse-reachable sets (Borgs, Brautbar, Chayes and Lucier, 2014; Tang, Xiao and Shi,
2014). Draw a person at random and everyone who could have told them, each link carrying the word
with its own chance. An account that lies in many such sets reaches many people, so the choice is
the same coverage problem as a roster. As in OPIM-C (Tang, Tang, Xiao and Yuan, 2018) the sets
that choose and the sets that measure are drawn apart, so the figure is not flattered by the
choice.
"""

from dataclasses import dataclass
from math import sqrt

import numpy as np
from numpy.typing import NDArray

from proche.core.roster.audience import Audience, Ints
from proche.core.roster.choosing import choose

BATCH = 512
Z95 = 1.959964


@dataclass(frozen=True, eq=False)
class Links:
    """Who may pass the word to whom, and with what chance. Persons are numbered from 0."""

    count: int
    sources: Ints
    targets: Ints
    chances: NDArray[np.float64]

    @classmethod
    def weighted_cascade(cls, count: int, sources: Ints, targets: Ints) -> "Links":
        """Each person is told by one of those who could tell them, on average: a link carries
        the word with chance 1 in the number of links that come in. Repeated links count once."""
        packed = np.unique(np.asarray(sources, np.int64) * count + np.asarray(targets, np.int64))
        source, target = np.divmod(packed, count)
        incoming = np.bincount(target, minlength=count)
        return cls(count, source, target, 1.0 / incoming[target])


@dataclass(frozen=True, slots=True)
class Spread:
    """`people`: how many the word reaches on average, those it starts with included; low and
    high bound it 95 times in 100. `proven` as in a roster, on the sets that chose."""

    chosen: tuple[int, ...]
    people: float
    low: float
    high: float
    proven: float


def furthest(links: Links, *, size: int, sets: int, seed: int) -> Spread:
    """The same links, size, sets and seed give the same answer."""
    choosing, measuring = np.random.default_rng(seed).spawn(2)
    roster = choose(reverse_reachable(links, sets=sets, rng=choosing), size=size)
    chosen = tuple(int(name) for name in roster.chosen)
    apart = reverse_reachable(links, sets=sets, rng=measuring)
    low, share, high = _share(apart.reach(apart.index_of(roster.chosen)), sets)
    scale = links.count
    return Spread(chosen, scale * share, scale * low, scale * high, roster.proven)


def reverse_reachable(links: Links, *, sets: int, rng: np.random.Generator) -> Audience:
    """An audience whose accounts are persons and whose persons are the sets drawn."""
    incoming = _Incoming(links)
    drawn = [incoming.draw(min(BATCH, sets - first), first, rng) for first in range(0, sets, BATCH)]
    members = np.concatenate([nodes for nodes, _ in drawn])
    numbers = np.concatenate([number for _, number in drawn])
    order = np.lexsort((numbers, members))
    starts = np.zeros(links.count + 1, dtype=np.int64)
    np.cumsum(np.bincount(members, minlength=links.count), out=starts[1:])
    names = tuple(str(node) for node in range(links.count))
    return Audience(names, starts, numbers[order].astype(np.int32), sets)


class _Incoming:
    """The links by who is told, so that a set grows backwards."""

    def __init__(self, links: Links) -> None:
        order = np.argsort(links.targets, kind="stable")
        self.count = links.count
        self.tellers = links.sources[order]
        self.chances = links.chances[order]
        self.starts = np.zeros(links.count + 1, dtype=np.int64)
        np.cumsum(np.bincount(links.targets, minlength=links.count), out=self.starts[1:])
        self.seen = np.zeros(BATCH * links.count, dtype=np.bool_)

    def draw(self, sets: int, first: int, rng: np.random.Generator) -> tuple[Ints, Ints]:
        """Members and set numbers of so many sets, grown together one step at a time."""
        places = np.arange(sets) * self.count + rng.integers(0, self.count, sets)
        found = []
        while len(places):
            self.seen[places] = True
            found.append(places)
            told = self._told_by(places, rng)
            places = np.unique(told[~self.seen[told]])
        drawn = np.concatenate(found)
        self.seen[drawn] = False
        rows, nodes = np.divmod(drawn, self.count)
        return nodes, rows + first

    def _told_by(self, places: Ints, rng: np.random.Generator) -> Ints:
        """A place is a set and a person in one number; the answer may hold one twice."""
        nodes = places % self.count
        begin = self.starts[nodes]
        many = self.starts[nodes + 1] - begin
        ends = np.cumsum(many)
        links = np.arange(int(ends[-1])) + np.repeat(begin - (ends - many), many)
        live = np.flatnonzero(rng.random(len(links)) < self.chances[links])
        told: Ints = np.repeat(places - nodes, many)[live] + self.tellers[links[live]]
        return told


def _share(hits: int, of: int) -> tuple[float, float, float]:
    """Wilson's interval for a share (1927), and the share."""
    share = hits / of
    middle = (share + Z95**2 / (2 * of)) / (1 + Z95**2 / of)
    half = Z95 / (1 + Z95**2 / of) * sqrt(share * (1 - share) / of + Z95**2 / (4 * of**2))
    return max(middle - half, 0.0), share, min(middle + half, 1.0)
