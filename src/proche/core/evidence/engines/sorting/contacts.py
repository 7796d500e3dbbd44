"""Contacts, reciprocity, returning and local people, from sorts of all pairs.

Sorting whole numbers is so fast that joins become sorts: a pair is met back when its key is
found twice among the keys and the keys turned round.
"""

from collections.abc import Iterator, Mapping

import numpy as np
import pyarrow as pa

from proche.core.evidence.engines.sorting.acts import CHUNK, FOLLOW, Acts, Codes, Whole

# A key: the recipient (31 bits), the actor (31), whether the act was on a known post (1).
CODE_BITS = 31
CODE = 2**CODE_BITS - 1
RETURNS = 3
MARK_BITS = 24
SPREADER = np.uint64(0x9E3779B97F4A7C15)


def count_contacts(acts: Acts) -> Mapping[str, pa.Table]:
    keys = np.empty(len(acts.actor), dtype=np.int64)
    filled = 0
    for found, _ in _keys(acts):
        keys[filled : filled + len(found)] = found
        filled += len(found)
    keys = keys[:filled]
    keys.sort()
    often = _distinct(keys[RETURNS - 1 :][keys[RETURNS - 1 :] == keys[: 1 - RETURNS]])
    returning = _returning(acts, often[(often & 1) == 1])
    keys = _distinct(keys)
    seen = _tally(keys[(keys & 1) == 1], CODE_BITS + 1, acts)
    keys >>= 1
    pairs = _distinct(keys)
    return {
        "reciprocity": _table(
            acts,
            actors=_tally(pairs, CODE_BITS, acts),
            reciprocated=_tally(_met_back(pairs), CODE_BITS, acts),
        ),
        "returning_actors": _table(
            acts,
            seen_actors=seen,
            returning_actors=_tally(returning, CODE_BITS + 1, acts),
            posts_acted_on=_tally(_posts_acted_on(acts), CODE_BITS, acts),
        ),
        "locality": _locality(acts, pairs),
    }


def _keys(acts: Acts) -> Iterator[tuple[Whole, Codes]]:
    """The key and the post of each act between two people, some rows at a time."""
    for start in range(0, len(acts.actor), CHUNK):
        rows = slice(start, start + CHUNK)
        actor, target, post = acts.actor[rows], acts.target[rows], acts.post[rows]
        own = actor == target
        recipient = np.where(own, acts.person[rows], target)
        counts = (acts.verb[rows] != FOLLOW) & (recipient >= 0) & (recipient != actor)
        keys = recipient[counts].astype(np.int64)
        keys <<= CODE_BITS
        keys |= actor[counts]
        keys <<= 1
        keys |= (~own & (post >= 0))[counts]
        yield keys, post[counts]


def _distinct(ordered: Whole) -> Whole:
    new = np.ones(len(ordered), dtype=np.bool_)
    np.not_equal(ordered[1:], ordered[:-1], out=new[1:])
    return ordered[new]


def _met_back(pairs: Whole) -> Whole:
    """The pairs whose reverse is a pair too, in order."""
    upward = _compress(pairs, up=True)
    both = np.concatenate([upward, _turned(_compress(pairs, up=False))])
    both.sort()
    found = both[1:][both[1:] == both[:-1]]
    met = np.concatenate([found, _turned(found)])
    met.sort()
    return met


def _compress(pairs: Whole, *, up: bool) -> Whole:
    """The pairs whose actor's code is the higher one (`up`), or the lower one."""
    parts = [np.zeros(0, dtype=np.int64)]
    for start in range(0, len(pairs), CHUNK):
        some = pairs[start : start + CHUNK]
        parts.append(some[((some & CODE) > (some >> CODE_BITS)) == up])
    return np.concatenate(parts)


def _turned(pairs: Whole) -> Whole:
    turned: Whole = ((pairs & CODE) << CODE_BITS) | (pairs >> CODE_BITS)
    return turned


def _returning(acts: Acts, often: Whole) -> Whole:
    """The keys seen on three different posts, of those with three acts."""
    if not len(often):
        return often
    # Most rows belong to no such pair: one look in a small table tells them apart.
    marked = np.zeros(1 << MARK_BITS, dtype=np.bool_)
    marked[_mark(often)] = True
    places, posts = [], []
    for keys, post in _keys(acts):
        rows = np.flatnonzero(marked[_mark(keys)])
        place = np.searchsorted(often, keys[rows])
        place[place == len(often)] = 0
        kept = often[place] == keys[rows]
        places.append(place[kept])
        posts.append(post[rows[kept]])
    place, post = np.concatenate(places), np.concatenate(posts)
    order = np.lexsort((post, place))
    place, post = place[order], post[order]
    new = np.ones(len(place), dtype=np.bool_)
    new[1:] = (place[1:] != place[:-1]) | (post[1:] != post[:-1])
    different = np.bincount(place[new], minlength=len(often))
    return often[different >= RETURNS]


def _mark(keys: Whole) -> Whole:
    mixed = keys.astype(np.uint64)
    mixed *= SPREADER
    mixed >>= np.uint64(64 - MARK_BITS)
    return mixed.view(np.int64)


def _posts_acted_on(acts: Acts) -> Whole:
    """Account and post of each post that somebody else acted on."""
    found = []
    for start in range(0, len(acts.actor), CHUNK):
        rows = slice(start, start + CHUNK)
        target, post = acts.target[rows], acts.post[rows]
        counts = (acts.verb[rows] != FOLLOW) & (acts.actor[rows] != target) & (post >= 0)
        keys = target[counts].astype(np.int64)
        keys <<= CODE_BITS
        keys |= post[counts]
        keys.sort()
        found.append(_distinct(keys))
    keys = np.concatenate([np.zeros(0, dtype=np.int64), *found])
    keys.sort()
    return _distinct(keys)


def _locality(acts: Acts, pairs: Whole) -> pa.Table:
    places = np.full(acts.people, -1, dtype=np.int32)
    places[acts.accounts] = acts.places
    placed = np.zeros(acts.people, dtype=np.int64)
    local = np.zeros(acts.people, dtype=np.int64)
    for start in range(0, len(pairs), CHUNK):
        some = pairs[start : start + CHUNK]
        recipient = some >> CODE_BITS
        home, away = places[recipient], places[some & CODE]
        known = (home >= 0) & (away >= 0)
        placed += np.bincount(recipient[known], minlength=acts.people)
        local += np.bincount(recipient[known & (home == away)], minlength=acts.people)
    return _table(acts, placed_actors=placed[acts.accounts], local_actors=local[acts.accounts])


def _tally(ordered: Whole, shift: int, acts: Acts) -> Whole:
    """How many of the ordered keys each account has, its code being above `shift` bits."""
    code = acts.accounts.astype(np.int64)
    first, after = (np.searchsorted(ordered, (code + step) << shift) for step in (0, 1))
    return after - first


def _table(acts: Acts, **columns: Whole) -> pa.Table:
    """One row an account that has any: the first column says how many cases there are."""
    whole = pa.table({"account_id": acts.ids, **{name: pa.array(c) for name, c in columns.items()}})
    return whole.filter(pa.array(next(iter(columns.values())) > 0))
