"""The two questions: who is the same in this file, and who in the bank is this arrival?"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from proche.core.identity.deciding import decide, links
from proche.core.identity.features import (
    Features,
    blocking_keys,
    features_of,
    shared_mailboxes,
)
from proche.core.identity.frequencies import Frequencies, frequencies_of
from proche.core.identity.records import Link, Record, Resolution, no_collecting
from proche.core.identity.scoring import (
    Compared,
    all_pairs,
    compared,
    largest_block,
    score,
    score_against,
)


def resolve(records: Sequence[Record]) -> Resolution:
    """Every record against every other worth comparing. The same records give the same answer."""
    with no_collecting():
        found = [features_of(record) for record in records]
        these = compared(found, frequencies_of(found))
        return decide(records, score(these, all_pairs(these)))


@dataclass(frozen=True)
class Bank:
    """Records indexed once, for arrivals that come one at a time."""

    records: tuple[Record, ...]
    features: tuple[Features, ...]
    shared: frozenset[str]
    frequencies: Frequencies
    index: dict[str, list[int]]

    @classmethod
    def of(cls, records: Sequence[Record], *, size: int | None = None) -> "Bank":
        """`size` is that of the whole bank where `records` is but the part worth comparing."""
        found = tuple(features_of(record) for record in records)
        shared = shared_mailboxes(found)
        index: defaultdict[str, list[int]] = defaultdict(list)
        for row, one in enumerate(found):
            for key in blocking_keys(one, shared):
                index[key].append(row)
        whole = frequencies_of(found) if size is None else Frequencies({}, size)
        return cls(tuple(records), found, shared, whole, dict(index))

    def links_of(self, arrival: Record) -> list[Link]:
        """The records this arrival may be the same human as, likeliest first; [] if none.

        `left` and `right` are in the order of their record_id, as everywhere.
        """
        one = features_of(arrival)
        keys = blocking_keys(one, self.shared)
        blocks = [(self.index.get(key, []), largest_block(key)) for key in keys]
        met = sorted({row for block, most in blocks if len(block) <= most for row in block})
        near = [row for row in met if self.records[row].record_id != arrival.record_id]
        these = Compared(
            (*(self.features[row] for row in near), one), self.shared, self.frequencies
        )
        scored = score_against(these)
        return links([*(self.records[row] for row in near), arrival], scored)
