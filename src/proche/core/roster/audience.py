"""Who reaches whom, as compressed rows: one row of person numbers for each account."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import ArrayLike, NDArray

Ints = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Audience:
    """Distinct (account, person) pairs. Accounts stand in the order of their ids as text, so
    neither a tie nor the answer depends on the order in which the pairs came."""

    account_ids: tuple[str, ...]
    starts: Ints
    persons: NDArray[np.int32]
    person_count: int

    @classmethod
    def from_pairs(cls, account_ids: ArrayLike, person_keys: ArrayLike) -> "Audience":
        """Two columns of equal length, of text or whole numbers; repeated pairs count once."""
        ids, rows = _numbered_in_order(account_ids)
        people, person_count = _numbered(person_keys)
        if len(rows) != len(people):
            raise ValueError("account_ids and person_keys differ in length")
        return _compressed(ids, rows, people, person_count)

    @classmethod
    def from_keys(cls, keys: Mapping[str, NDArray[np.uint64]]) -> "Audience":
        """One array of keyed one-way hashes for each account; an empty one is kept."""
        ids = tuple(sorted(keys))
        arrays = [np.asarray(keys[account_id], dtype=np.uint64) for account_id in ids]
        joined = np.concatenate(arrays) if arrays else np.empty(0, dtype=np.uint64)
        people, person_count = _numbered(joined)
        rows = np.repeat(np.arange(len(ids), dtype=np.int64), [len(array) for array in arrays])
        return _compressed(ids, rows, people, person_count)

    @property
    def sizes(self) -> Ints:
        """How many distinct persons each account reaches on its own."""
        return np.diff(self.starts)

    def row(self, index: int) -> NDArray[np.int32]:
        return self.persons[self.starts[index] : self.starts[index + 1]]

    def index_of(self, account_ids: Iterable[str]) -> Ints:
        """Row numbers of these accounts; KeyError names the first one that is not there."""
        asked = [str(account_id) for account_id in account_ids]
        if not asked:
            return np.empty(0, dtype=np.int64)
        places = {account_id: place for place, account_id in enumerate(self.account_ids)}
        return np.array([places[account_id] for account_id in asked], dtype=np.int64)

    def reach(self, indices: Iterable[int]) -> int:
        """The exact number of distinct persons these accounts reach together."""
        covered = np.zeros(self.person_count, dtype=np.bool_)
        for index in indices:
            covered[self.row(index)] = True
        return int(np.count_nonzero(covered))


def _numbered(values: ArrayLike) -> tuple[Ints, int]:
    encoded = _as_arrow(values).dictionary_encode()
    return encoded.indices.to_numpy(zero_copy_only=False).astype(np.int64), len(encoded.dictionary)


def _numbered_in_order(values: ArrayLike) -> tuple[tuple[str, ...], Ints]:
    encoded = _as_arrow(values).dictionary_encode()
    names = pc.cast(encoded.dictionary, pa.string()).to_pylist()
    order = sorted(range(len(names)), key=names.__getitem__)
    place = np.empty(len(names), dtype=np.int64)
    place[order] = np.arange(len(names))
    numbers = encoded.indices.to_numpy(zero_copy_only=False)
    return tuple(names[i] for i in order), place[numbers]


def _as_arrow(values: Any) -> Any:
    array = values if isinstance(values, pa.ChunkedArray | pa.Array) else pa.array(values)
    return array.combine_chunks() if isinstance(array, pa.ChunkedArray) else array


def _compressed(ids: tuple[str, ...], rows: Ints, people: Ints, person_count: int) -> Audience:
    # one sort of packed pairs groups the rows and shows the repeats side by side
    width = max(person_count, 1)
    packed = np.sort(rows * width + people)
    packed = packed[np.diff(packed, prepend=-1) > 0]
    row, person = np.divmod(packed, width)
    starts = np.zeros(len(ids) + 1, dtype=np.int64)
    np.cumsum(np.bincount(row, minlength=len(ids)), out=starts[1:])
    return Audience(ids, starts, person.astype(np.int32), person_count)
