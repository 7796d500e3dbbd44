"""Replies: each comment, once, with the first answer to that person under that post afterwards.

Comments and answers meet by a 64-bit hash of (account, person, post). Equal hashes are compared
in full, so that the result is exact: two different ones that share a hash are met one by one.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from proche.core.evidence.engines.sorting.acts import CHUNK, REPLY, Acts, Codes, Flags, Whole

Hashes = NDArray[np.uint64]

MULTIPLIERS = tuple(
    np.uint64(number)
    for number in (0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9, 0x27D4EB2F165667C5)
)
SHIFT = np.uint64(29)
SECOND = 1_000_000
NONE = np.iinfo(np.int64).max


@dataclass(frozen=True, slots=True)
class Words:
    """Comments received, or answers given: by account, person, post and moment."""

    account: Codes
    person: Codes
    post: Codes
    at: Whole

    def __getitem__(self, rows: Whole | Flags) -> "Words":
        return Words(self.account[rows], self.person[rows], self.post[rows], self.at[rows])

    @property
    def columns(self) -> tuple[Codes | Whole, ...]:
        return self.account, self.person, self.post, self.at

    @property
    def threads(self) -> Hashes:
        return _hash(self.account, self.person, self.post)


def count_replies(acts: Acts) -> Mapping[str, pa.Table]:
    comments, answers = _split(acts)
    comments = _once(comments)
    # In the order of their threads, so that looking answers up stays in the processor's cache.
    comments = comments[np.argsort(comments.threads)]
    answered_at = _first_answers(comments, answers)
    answered = answered_at != NONE
    received = np.bincount(comments.account, minlength=acts.people)[acts.accounts]
    given = np.bincount(comments.account[answered], minlength=acts.people)[acts.accounts]
    rate = pa.table({"account_id": acts.ids, "received": received, "answered": given})
    return {
        "reply_rate": rate.filter(pa.array(received > 0)),
        "response_time": _times(acts, comments[answered], answered_at[answered]),
    }


def _split(acts: Acts) -> tuple[Words, Words]:
    """Comments received by known accounts, and answers given by them."""
    known = np.zeros(acts.people, dtype=np.bool_)
    known[acts.accounts] = True
    received, given = [], []
    for start in range(0, len(acts.actor), CHUNK):
        rows = start + np.flatnonzero(acts.verb[start : start + CHUNK] == REPLY)
        actor, target, person = acts.actor[rows], acts.target[rows], acts.person[rows]
        post, at = acts.post[rows], acts.at[rows]
        meant = np.where(person >= 0, person, target)
        comment = (actor != target) & (meant == target) & known[target]
        answer = (meant != actor) & known[actor]
        received.append(Words(target, actor, post, at)[comment])
        given.append(Words(actor, meant, post, at)[answer])
    return _joined(received), _joined(given)


def _joined(parts: list[Words]) -> Words:
    none = np.zeros(0, dtype=np.int32)
    columns = zip(*(part.columns for part in parts), strict=True)
    account, person, post, at = (
        (np.concatenate(column) for column in columns)
        if parts
        else (none, none, none, none.astype(np.int64))
    )
    return Words(account, person, post, at)


def _hash(*columns: Codes | Whole) -> Hashes:
    mixed = np.zeros(len(columns[0]), dtype=np.uint64)
    for column, multiplier in zip(columns, MULTIPLIERS, strict=False):
        mixed = (mixed ^ column.astype(np.uint64)) * multiplier
        mixed ^= mixed >> SHIFT
    return mixed


def _once(comments: Words) -> Words:
    """Leave out rows that repeat another; equal rows have equal hashes, so most need no look."""
    hashes = _hash(*comments.columns)
    ordered = np.sort(hashes)
    twice = np.unique(ordered[1:][ordered[1:] == ordered[:-1]])
    if not len(twice):
        return comments
    rows = np.flatnonzero(np.isin(hashes, twice))
    order = rows[np.lexsort([column[rows] for column in comments.columns])]
    again = np.ones(len(order) - 1, dtype=np.bool_)
    for column in comments.columns:
        again &= column[order[1:]] == column[order[:-1]]
    kept = np.ones(len(hashes), dtype=np.bool_)
    kept[order[1:][again]] = False
    return comments[kept]


def _first_answers(comments: Words, answers: Words) -> Whole:
    found = np.full(len(comments.at), NONE, dtype=np.int64)
    if not len(answers.at):
        return found
    answers = answers[np.argsort(answers.threads)]
    threads, asked = answers.threads, comments.threads
    place = np.searchsorted(threads, asked)
    waiting = np.flatnonzero(place < len(threads))
    # Each turn looks at one more answer of the threads that have one more.
    while len(waiting):
        at = place[waiting]
        waiting = waiting[threads[at] == asked[waiting]]
        at = place[waiting]
        fits = (
            (answers.account[at] == comments.account[waiting])
            & (answers.person[at] == comments.person[waiting])
            & (answers.post[at] == comments.post[waiting])
            & (answers.at[at] >= comments.at[waiting])
        )
        found[waiting[fits]] = np.minimum(found[waiting[fits]], answers.at[at[fits]])
        place[waiting] += 1
        waiting = waiting[place[waiting] < len(threads)]
    return found


def _times(acts: Acts, comments: Words, answered_at: Whole) -> pa.Table:
    """The ranks of steps/response_time.sql, from one sort by account and seconds."""
    # As DuckDB counts them: the seconds between the two moments, each cut to its second.
    seconds = answered_at // SECOND - comments.at // SECOND
    order = np.lexsort((seconds, comments.account))
    ordered, account = seconds[order], comments.account[order]
    counts = np.bincount(account, minlength=acts.people)[acts.accounts]
    first = np.searchsorted(account, acts.accounts)
    some = counts > 0
    n, start = counts[some].astype(np.float64), first[some]
    ranks = {
        "middle_low": np.floor((n + 1) / 2),
        "middle_high": np.ceil((n + 1) / 2),
        "seconds_low": np.maximum(1, np.floor(n / 2 - 0.98 * np.sqrt(n))),
        "seconds_high": np.minimum(n, np.ceil(n / 2 + 0.98 * np.sqrt(n)) + 1),
    }
    picked = {name: ordered[start + rank.astype(np.int64) - 1] for name, rank in ranks.items()}
    ids = acts.ids.filter(pa.array(some))
    return pa.table({"account_id": ids, "dated_answers": counts[some], **picked})
