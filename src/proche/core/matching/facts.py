"""One member before one brief: what there is to say about."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from proche.core.matching.records import Brief, Member, Reason
from proche.core.matching.relevance import TopicCounts


@dataclass(frozen=True, slots=True)
class Facts:
    """One member before one brief: what was found, and the points each part gave of those it
    could give."""

    brief: Brief
    member: Member
    asked_topics: Sequence[str]
    found_topics: TopicCounts
    found_words: Callable[[], Sequence[str]]
    given: frozenset[str]
    # Each part from 0 to 1, before any weight.
    values: Mapping[str, float]
    found_kinds: Callable[[], Sequence[str]]
    points: Mapping[str, float]
    shares: Mapping[str, float]

    def has(self, part: str) -> bool:
        return part in self.points

    def value(self, part: str) -> float:
        return self.values[part]

    def gain(self, part: str) -> float:
        return self.points[part]

    def loss(self, part: str) -> float:
        return self.points[part] - self.shares[part]


def reason(code: str, fr: str, en: str, weight: float = 0.0) -> Reason:
    return Reason(code, fr, en, round(weight, 1))
