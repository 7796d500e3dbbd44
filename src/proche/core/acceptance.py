"""How many to ask to have enough who accept, from what was answered before.

Campaigns differ: each has its own share of yes, and those shares are taken as a Beta around the
mean of the past. The yes among n people asked are then beta-binomial (Skellam, 1948). How much
campaigns differ is the intraclass correlation by analysis of variance (Fleiss, 1981; Ridout et al.,
1999); the uncertainty of the mean is added to it. docs/methods/over_ask.md says it in words.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import special

# Two campaigns say nothing of how much campaigns differ.
CAMPAIGNS_TO_COMPARE = 3
# A correlation of 1 would leave no share but 0 and 1.
MOST_SPREAD = 0.9


@dataclass(frozen=True, slots=True)
class Asked:
    """One past campaign: how many were asked and are done answering, how many said yes."""

    people: int
    yes: int


@dataclass(frozen=True, slots=True)
class Acceptance:
    """What the past says of the share of yes in a next campaign: a Beta(alpha, beta)."""

    people: int
    yes: int
    campaigns: int
    alpha: float
    beta: float

    def share(self, *, chance: float) -> tuple[float, float]:
        """The middle interval that holds the share of a next campaign with this chance."""
        tail = (1 - chance) / 2
        low, high = special.betaincinv(self.alpha, self.beta, [tail, 1 - tail])
        return float(low), float(high)

    def yes_of(self, people: int, *, chance: float) -> tuple[int, int]:
        """How many of so many people asked say yes, from and to, with at least this chance."""
        tail = (1 - chance) / 2
        below = np.cumsum(_chances(self, people))
        # Sums of floats may end a hair under a tail they reach.
        low, high = np.searchsorted(below, [tail + 1e-12, 1 - tail - 1e-12])
        return int(low), int(min(high, people))

    def chance_of(self, wanted: int, *, people: int) -> float:
        """The chance that at least `wanted` of so many people say yes."""
        return float(_chances(self, people)[wanted:].sum())


@dataclass(frozen=True, slots=True)
class ToAsk:
    """Ask so many to have enough with this chance; not `reached` where even the most would not."""

    people: int
    chance: float
    reached: bool


def learn(campaigns: Iterable[Asked]) -> Acceptance:
    """Without any campaign, Jeffreys' Beta(½, ½): nothing is known."""
    known = [asked for asked in campaigns if asked.people]
    people = np.array([asked.people for asked in known], dtype=float)
    yes = np.array([asked.yes for asked in known], dtype=float)
    total, said_yes = int(people.sum()), int(yes.sum())
    mean = (said_yes + 0.5) / (total + 1)
    between = _correlation(people, yes)
    # The mean of the past is itself less sure where campaigns differ.
    alike = float((people**2).sum() / total) if total else 1.0
    unsure = (1 + (alike - 1) * between) / (total + 2)
    weight = 1 / min(between + unsure, MOST_SPREAD) - 1
    return Acceptance(total, said_yes, len(known), mean * weight, (1 - mean) * weight)


def _correlation(people: NDArray[np.float64], yes: NDArray[np.float64]) -> float:
    """How alike the answers of one campaign are: 0 where campaigns differ by chance alone."""
    campaigns, total = len(people), people.sum()
    if campaigns < CAMPAIGNS_TO_COMPARE or total <= campaigns:
        return 0.0
    shares, mean = yes / people, yes.sum() / total
    among = float((people * (shares - mean) ** 2).sum() / (campaigns - 1))
    within = float((yes * (1 - shares)).sum() / (total - campaigns))
    size = float((total - (people**2).sum() / total) / (campaigns - 1))
    spread = among + (size - 1) * within
    return max(0.0, (among - within) / spread) if spread > 0 else 0.0


def to_ask(known: Acceptance, wanted: int, *, chance: float, most: int) -> ToAsk:
    """The fewest people, `most` at most, of whom `wanted` say yes with this chance."""
    few, many = wanted, max(wanted, most)
    if known.chance_of(wanted, people=many) < chance:
        return ToAsk(many, known.chance_of(wanted, people=many), reached=False)
    # One more person asked never lowers the chance, so halving finds the fewest.
    while few < many:
        middle = (few + many) // 2
        if known.chance_of(wanted, people=middle) >= chance:
            many = middle
        else:
            few = middle + 1
    return ToAsk(few, known.chance_of(wanted, people=few), reached=True)


def _chances(known: Acceptance, people: int) -> NDArray[np.float64]:
    """The chance of 0, 1, … yes among so many people."""
    yes = np.arange(people + 1)
    ways = (
        special.gammaln(people + 1) - special.gammaln(yes + 1) - special.gammaln(people - yes + 1)
    )
    given = special.betaln(yes + known.alpha, people - yes + known.beta)
    chances: NDArray[np.float64] = np.exp(ways + given - special.betaln(known.alpha, known.beta))
    return chances
