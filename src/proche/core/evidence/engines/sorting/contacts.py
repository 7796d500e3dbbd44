"""Contacts, reciprocity, returning and local people of one part, from sorts of its pairs.

Sorting whole numbers is so fast that joins become sorts: a pair is met back when it is found
among the pairs turned round.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from proche.core.evidence.engines.sorting.acts import CODE_BITS, Accounts, Whole
from proche.core.evidence.engines.sorting.parts import CODE, Part

RETURNS = 3
MARK_BITS = 22
SPREADER = np.uint64(0x9E3779B97F4A7C15)
Tallies = dict[str, Whole]


def count_contacts(part: Part, accounts: Accounts, tallies: Tallies) -> None:
    """Add what the part has of each account, by the place of the account."""
    ordered = np.sort(part.contacts)
    often = _distinct(ordered[RETURNS - 1 :][ordered[RETURNS - 1 :] == ordered[: 1 - RETURNS]])
    returning = _returning(part, often[(often & 1) == 1])
    # Of the keys of a pair the last says whether it was ever on a post.
    last = np.ones(len(ordered), dtype=np.bool_)
    np.greater(ordered[1:] ^ ordered[:-1], 1, out=last[:-1])
    keys = ordered[last]
    pairs = keys >> 1
    recipient, actor = pairs >> CODE_BITS, pairs & CODE
    home, away = accounts.regions(recipient), accounts.regions(actor)
    placed = (home > 0) & (away > 0)
    place = accounts.places(recipient)
    tallies["actors"] += accounts.tally(place)
    tallies["seen_actors"] += accounts.tally(place, (keys & 1) == 1)
    tallies["placed_actors"] += accounts.tally(place, placed)
    tallies["local_actors"] += accounts.tally(place, placed & (home == away))
    met = _met_back(recipient, actor)
    both = np.concatenate([met >> CODE_BITS, met & CODE])
    tallies["reciprocated"] += accounts.tally(accounts.places(both))
    tallies["returning_actors"] += accounts.tally(accounts.places(returning >> (CODE_BITS + 1)))


def _distinct(ordered: Whole) -> Whole:
    new = np.ones(len(ordered), dtype=np.bool_)
    np.not_equal(ordered[1:], ordered[:-1], out=new[1:])
    return ordered[new]


def _met_back(recipient: Whole, actor: Whole) -> Whole:
    """Each two people of whom both acted towards the other, once."""
    both = (np.minimum(recipient, actor) << CODE_BITS) | np.maximum(recipient, actor)
    both.sort()
    twice: Whole = both[1:][both[1:] == both[:-1]]
    return twice


def _returning(part: Part, often: Whole) -> Whole:
    """The keys seen on three different posts, of those with three acts."""
    if not len(often):
        return often
    # Most rows belong to no such pair: one look in a small table tells them apart.
    marked = np.zeros(1 << MARK_BITS, dtype=np.bool_)
    marked[_mark(often)] = True
    rows = np.flatnonzero(marked[_mark(part.contacts)])
    keys = part.contacts[rows]
    place = np.searchsorted(often, keys)
    place[place == len(often)] = 0
    kept = often[place] == keys
    acts = (place[kept] << CODE_BITS) | part.posts[rows[kept]]
    acts.sort()
    different = np.bincount(_distinct(acts) >> CODE_BITS, minlength=len(often))
    return often[different >= RETURNS]


def _mark(keys: NDArray[Any]) -> Whole:
    mixed = keys.astype(np.uint64)
    mixed *= SPREADER
    mixed >>= np.uint64(64 - MARK_BITS)
    return mixed.view(np.int64)
