"""Members made ready for many rankings: facts as columns, words and topics as an index."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from proche.core.matching.columns import EVERY_FIELD, Columns, columns_of
from proche.core.matching.parts import lasting
from proche.core.matching.postings import Postings, Rarity, index, index_one
from proche.core.matching.records import Member
from proche.core.matching.relevance import TopicCounts, spoken_of, terms_of, topics_of
from proche.core.topics import wider

Rows = NDArray[np.intp]
MAY_BE_UNKNOWN = ("closeness", "mentioned_brand", "try_products", "attend_events", "proof")
# A reading of many members says how far it is after each so many.
STEP = 2_000
Told = Callable[[int], None]


@dataclass(frozen=True, eq=False)
class Pool:
    """Build it once and rank as often as wanted; it never changes."""

    members: tuple[Member, ...]
    columns: Columns
    # The parts of a score that depend on no brief.
    parts: Mapping[str, NDArray[np.float64]]
    topics: tuple[TopicCounts, ...]
    postings: Postings
    # Who speaks of each topic, or of a narrower one, in words of their own.
    spoken: Mapping[str, Rows]

    @classmethod
    def of(
        cls,
        members: Iterable[Member],
        *,
        given: frozenset[str] = EVERY_FIELD,
        tell: Told | None = None,
    ) -> "Pool":
        """`given` names the fields the members' table had; the others are unknown for everyone.
        `tell` is called now and then with how many members were read.

        Raises ValueError if two members have one id.
        """
        ordered = tuple(sorted(members, key=lambda member: member.member_id))
        if len({member.member_id for member in ordered}) < len(ordered):
            raise ValueError("two members have the same member_id")
        spoken: list[TopicCounts] = []
        found: list[TopicCounts] = []
        postings = index(_read(ordered, spoken, found, tell))
        known = given - _unknown_for_all(ordered)
        columns, parts = columns_of(ordered, known), lasting(ordered, known)
        return cls(ordered, columns, parts, tuple(found), postings, _speakers(spoken))

    @classmethod
    def alone(cls, member: Member, *, given: frozenset[str], rarity: Rarity) -> "Pool":
        """One member, as they would stand in the pool that `given` and `rarity` come from."""
        spoken: list[TopicCounts] = []
        found: list[TopicCounts] = []
        [terms] = _read((member,), spoken, found)
        columns, parts = columns_of((member,), given), lasting((member,), given)
        postings = index_one(terms, rarity)
        return cls((member,), columns, parts, tuple(found), postings, _speakers(spoken))

    @cached_property
    def places(self) -> dict[str, int]:
        return {member.member_id: place for place, member in enumerate(self.members)}


def _read(
    members: Sequence[Member],
    spoken: list[TopicCounts],
    found: list[TopicCounts],
    tell: Told | None = None,
) -> Iterator[list[str]]:
    """The terms of each member, whose topics are added to the lists: their words are taken apart
    once for both."""
    for place, member in enumerate(members):
        if tell and place % STEP == 0:
            tell(place)
        spoken.append(spoken_of(member))
        found.append(topics_of(member, spoken[-1]))
        yield terms_of(member, found[-1])


def _speakers(spoken: Sequence[TopicCounts]) -> dict[str, Rows]:
    rows: dict[str, list[int]] = {}
    for row, counts in enumerate(spoken):
        named = {name for code, _ in counts for name in (code, *wider(code))}
        for code in named:
            rows.setdefault(code, []).append(row)
    return {code: np.array(found, dtype=np.intp) for code, found in rows.items()}


def _unknown_for_all(members: tuple[Member, ...]) -> frozenset[str]:
    return frozenset(
        name for name in MAY_BE_UNKNOWN if all(getattr(m, name) is None for m in members)
    )
