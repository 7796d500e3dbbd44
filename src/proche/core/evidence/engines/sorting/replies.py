"""Replies of one part: each comment, once, with the first answer to that person under that post
afterwards.

Words are brought together by thread (account, person, post), then by moment. No row number is
carried through the second sort: thread, moment and kind are one whole number.
"""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from proche.core.evidence.engines.sorting.acts import CODE_BITS, Accounts, Codes, Flags, Whole
from proche.core.evidence.engines.sorting.contacts import Tallies
from proche.core.evidence.engines.sorting.parts import Part

Hashes = NDArray[np.uint64]

MULTIPLIERS = np.uint64(0x9E3779B97F4A7C15), np.uint64(0xC2B2AE3D27D4EB4F)
SHIFT = np.uint64(29)
SECOND = 1_000_000
# Units of time, in microseconds: most tables know whole seconds only, and those are short.
UNITS = (SECOND, 1_000, 1)
WHOLE_BITS = 63


@dataclass(frozen=True, slots=True)
class Answered:
    """Comments that were answered: the place of the account, and the seconds it took."""

    place: Codes
    seconds: Whole


def count_replies(part: Part, accounts: Accounts, tallies: Tallies) -> Answered:
    """Add what the part has of each account, by the place of the account."""
    if not len(part.words):
        return Answered(np.zeros(0, dtype=np.int32), np.zeros(0, dtype=np.int64))
    order, words, new = in_threads(part, hash_threads(part))
    alone = new & np.append(new[1:], True)
    place = accounts.places(words >> (CODE_BITS + 1))
    tallies["received"] += accounts.tally(place[alone & ((words & 1) == 0)])
    more = ~alone
    words, new, at, place = words[more], new[more], part.at[order[more]], place[more]
    place = place[new]
    thread, at, answer = in_time(np.cumsum(new) - 1, at, (words & 1) == 1)
    comment = ~answer
    comment[1:] &= (thread[1:] != thread[:-1]) | (at[1:] != at[:-1])
    asked = np.flatnonzero(comment)
    told = _next(answer)[asked]
    tallies["received"] += accounts.tally(place[thread[asked]])
    found = np.append(thread, -1)[told] == thread[asked]
    asked, told = asked[found], told[found]
    answered = Answered(
        place[thread[asked]],
        # As DuckDB counts them: the seconds between the two moments, each cut to its second.
        at[told] // SECOND - at[asked] // SECOND,
    )
    tallies["answered"] += accounts.tally(answered.place)
    return answered


def hash_threads(part: Part) -> Hashes:
    mixed = (part.words >> 1).astype(np.uint64) * MULTIPLIERS[0]
    mixed ^= mixed >> SHIFT
    mixed += part.under.astype(np.uint64)
    mixed *= MULTIPLIERS[1]
    return mixed


def in_threads(part: Part, hashes: Hashes) -> tuple[Whole, Whole, Flags]:
    """An order of the words that brings those of a thread together, the words in that order, and
    where each thread starts. Sorts by hash; where two threads share one, by the thread itself."""
    bits = len(hashes).bit_length()
    numbers = np.uint64((1 << bits) - 1)
    packed = (hashes & ~numbers) | np.arange(len(hashes), dtype=np.uint64)
    packed.sort()
    order = (packed & numbers).view(np.int64)
    packed >>= np.uint64(bits)
    words, new = _starts(part, order)
    shared = new[1:] & (packed[1:] == packed[:-1])
    if shared.any():
        mixed = np.isin(packed, packed[1:][shared])
        some = order[mixed]
        by = part.under[some], part.words[some] >> 1, packed[mixed]
        order[mixed] = some[np.lexsort(by)]
        words, new = _starts(part, order)
    return order, words, new


def _starts(part: Part, order: Whole) -> tuple[Whole, Flags]:
    words, under = part.words.take(order), part.under.take(order)
    new = np.ones(len(order), dtype=np.bool_)
    new[1:] = ((words[1:] ^ words[:-1]) > 1) | (under[1:] != under[:-1])
    return words, new


def in_time(thread: Whole, at: Whole, answer: Flags) -> tuple[Whole, Whole, Flags]:
    """The same by thread, then by moment, comments before the answers of the same moment."""
    if not len(at):
        return thread, at, answer
    least = at.min()
    since = at - least
    unit = next(unit for unit in UNITS if not (since % unit).any())
    since //= unit
    bits = int(since.max()).bit_length()
    if len(thread).bit_length() + bits + 1 > WHOLE_BITS:
        order = np.lexsort((answer, at, thread))
        return thread[order], at[order], answer[order]
    packed = (((thread << bits) | since) << 1) | answer
    packed.sort()
    since = (packed >> 1) & ((1 << bits) - 1)
    return packed >> (bits + 1), least + since * unit, (packed & 1) == 1


def _next(answer: Flags) -> Whole:
    """Where the next answer is, from each place on; beyond the last place where there is none."""
    places = np.where(answer, np.arange(len(answer)), len(answer))
    return np.minimum.accumulate(places[::-1])[::-1]


def response_times(answered: list[Answered], accounts: Accounts) -> pa.Table:
    """The ranks of steps/response_time.sql, from one sort by account and seconds."""
    place = np.concatenate([some.place for some in answered])
    ordered = _by_place(place, np.concatenate([some.seconds for some in answered]))
    counts = np.bincount(place, minlength=len(accounts.ids) + 1)[1:]
    some = counts > 0
    n, start = counts[some].astype(np.float64), (np.cumsum(counts) - counts)[some]
    ranks = {
        "middle_low": np.floor((n + 1) / 2),
        "middle_high": np.ceil((n + 1) / 2),
        "seconds_low": np.maximum(1, np.floor(n / 2 - 0.98 * np.sqrt(n))),
        "seconds_high": np.minimum(n, np.ceil(n / 2 + 0.98 * np.sqrt(n)) + 1),
    }
    picked = {name: ordered[start + rank.astype(np.int64) - 1] for name, rank in ranks.items()}
    ids = accounts.ids.filter(pa.array(some))
    return pa.table({"account_id": ids, "dated_answers": counts[some], **picked})


def _by_place(place: Codes, seconds: Whole) -> Whole:
    bits = int(seconds.max(initial=0)).bit_length()
    if bits + int(place.max(initial=0)).bit_length() > WHOLE_BITS:
        return seconds[np.lexsort((seconds, place))]
    packed = (place.astype(np.int64) << bits) | seconds
    packed.sort()
    packed &= (1 << bits) - 1
    return packed
