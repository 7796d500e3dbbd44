"""Interactions cut into parts, so that both directions of two people fall in the same one.

Whatever is counted is counted of two people. A part is therefore complete in itself: parts are
small enough to be sorted fast, are worked on side by side, and their counts add up.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from proche.core.evidence.engines.sorting.acts import (
    CODE_BITS,
    FOLLOW,
    REPLY,
    Accounts,
    Acts,
    Codes,
    Flags,
    TooLarge,
    Whole,
)
from proche.core.evidence.engines.sorting.posts import PostsActedOn

# A key: the account (31 bits), the other person (31), one mark (1): for a contact, whether it
# was on a known post of the account; for words, whether the account said them.
CODE = (1 << CODE_BITS) - 1
PART_ROWS = 1 << 21
PART_BITS = 8
SPREADER = np.uint32(0x9E3779B1)


@dataclass(frozen=True, slots=True)
class Part:
    """Contacts by key and post (-1 for none); words of replies by key, post and moment."""

    contacts: Whole
    posts: Codes
    words: Whole
    under: Codes
    at: Whole


@dataclass(slots=True)
class Split:
    """What is gathered from all rows: the pieces of each part, and counts that need no part.
    An act towards another person is a contact: an answer under one's own post is one with
    whoever is answered."""

    accounts: Accounts
    room: int
    bits: int
    acted_on: PostsActedOn
    strangers: int = 0
    follows: int = 0
    taken: int = 0
    contacts: list["Piece"] = field(default_factory=list)
    words: list["Piece"] = field(default_factory=list)

    @property
    def parts(self) -> int:
        return 1 << self.bits

    def part(self, number: int) -> Part:
        return Part(*_joined(self.contacts, number, 2), *_joined(self.words, number, 3))


@dataclass(frozen=True, slots=True)
class Piece:
    """Rows in the order of their parts; those of part p lie from bounds[p] to bounds[p + 1]."""

    columns: tuple[NDArray[Any], ...]
    bounds: Whole


KINDS = (np.int64, np.int32, np.int64)


def _joined(pieces: list[Piece], number: int, width: int) -> list[NDArray[Any]]:
    slices = [slice(piece.bounds[number], piece.bounds[number + 1]) for piece in pieces]
    return [
        np.concatenate(
            [
                np.zeros(0, dtype=KINDS[place]),
                *(piece.columns[place][rows] for piece, rows in zip(pieces, slices, strict=True)),
            ]
        )
        for place in range(width)
    ]


def split(batches: Iterable[Acts], accounts: Accounts, rows: int, room: int) -> Split:
    """Cut `rows` acts or fewer. Raises TooLarge once the pieces take more than `room` bytes."""
    bits = min(PART_BITS, max(2, (rows // PART_ROWS).bit_length()))
    found = Split(accounts, room, bits, PostsActedOn())
    for acts in batches:
        _take(found, acts)
        if found.taken > room:
            raise TooLarge
    return found


def _take(found: Split, acts: Acts) -> None:
    unknown = acts.actor[~found.accounts.known(acts.target)]
    found.strangers += int(np.count_nonzero(~found.accounts.known(unknown)))
    found.follows += int(np.count_nonzero(acts.verb == FOLLOW))
    own = acts.actor == acts.target
    recipient = np.where(own, acts.person, acts.target)
    counts = (acts.verb != FOLLOW) & (recipient >= 0) & (recipient != acts.actor)
    seen = counts & ~own & (acts.post >= 0)
    found.acted_on.take(acts.target, acts.post, seen)
    for pieces, columns in (
        (found.contacts, _contacts(acts, recipient, counts, seen)),
        (found.words, _words(acts, found.accounts)),
    ):
        pieces.append(_cut(columns, found.bits))
        found.taken += sum(column.nbytes for column in columns)


def _contacts(acts: Acts, recipient: Codes, counts: Flags, seen: Flags) -> tuple[Whole, Codes]:
    if counts.all():
        return _key(recipient, acts.actor, seen), acts.post
    return _key(recipient[counts], acts.actor[counts], seen[counts]), acts.post[counts]


def _words(acts: Acts, accounts: Accounts) -> tuple[Whole, Codes, Whole]:
    """Comments that known accounts received, then answers that they gave: one may be both."""
    rows = np.flatnonzero(acts.verb == REPLY)
    actor, target, person = acts.actor[rows], acts.target[rows], acts.person[rows]
    meant = np.where(person >= 0, person, target)
    comment = (actor != target) & (meant == target) & accounts.known(target)
    answer = (meant != actor) & accounts.known(actor)
    keys = (
        _key(target[comment], actor[comment], False),
        _key(actor[answer], meant[answer], True),
    )
    said = np.concatenate([rows[comment], rows[answer]])
    return np.concatenate(keys), acts.post[said], acts.at[said]


def _key(account: Codes, person: Codes, mark: Flags | bool) -> Whole:
    keys = account.astype(np.int64)
    keys <<= CODE_BITS
    keys |= person
    keys <<= 1
    keys |= mark
    return keys


def _cut(columns: tuple[NDArray[Any], ...], bits: int) -> Piece:
    keys = columns[0]
    # The sum of the two codes is the same in both directions.
    mixed = ((keys >> (CODE_BITS + 1)) + (keys >> 1)).astype(np.uint32)
    mixed &= np.uint32(CODE)
    mixed *= SPREADER
    mixed >>= np.uint32(32 - bits)
    part = mixed.astype(np.uint8)
    order = np.argsort(part, kind="stable")
    bounds = np.zeros((1 << bits) + 1, dtype=np.int64)
    np.cumsum(np.bincount(part, minlength=1 << bits), out=bounds[1:])
    return Piece(tuple(column.take(order) for column in columns), bounds)
