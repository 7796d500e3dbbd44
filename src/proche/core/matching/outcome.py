"""What a ranking says of one member."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from proche.core.matching import wording
from proche.core.matching.facts import Facts
from proche.core.matching.postings import Rarity
from proche.core.matching.records import Reason
from proche.core.results import Sentence


@dataclass(frozen=True)
class Match:
    """`parts` are the points of each part of the score; they add up to it.

    The sentences are written when first read: a page shows fewer than are ranked.
    """

    member_id: str
    score: float
    parts: Mapping[str, float]
    look: Callable[[], Facts] = field(repr=False, compare=False)

    @cached_property
    def facts(self) -> Facts:
        return self.look()

    @property
    def values(self) -> Mapping[str, float]:
        """Each part from 0 to 1, before any weight: what other weights leave alone."""
        return self.facts.values

    @cached_property
    def reasons(self) -> tuple[Reason, ...]:
        return wording.reasons(self.facts)

    @cached_property
    def against(self) -> tuple[Reason, ...]:
        return wording.against(self.facts)


@dataclass(frozen=True)
class Yardstick:
    """What a ranking leaves to score one more member by, without its index: how rare the terms of
    the brief are, the `best` relevance of those ranked, and the fields known of anybody."""

    rarity: Rarity
    best: float
    given: frozenset[str]


@dataclass(frozen=True, slots=True)
class Alone:
    """One member looked at without the others. `filters` holds every filter that keeps them out,
    and then there is no match; `total` are their points of 100, not rounded."""

    filters: tuple[Sentence, ...] = ()
    match: Match | None = None
    total: float = 0.0


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why a member is or is not among the results, for anyone who asks.

    `position` counts from 1 among all who passed the filters, None for one who did not.
    `filters` holds every filter that keeps the member out, the first one being the one counted.
    """

    member_id: str
    position: int | None
    considered: int
    filters: tuple[Sentence, ...]
    match: Match | None
    sentence: Sentence
