"""Rank members for a brief, and say why: also for those who are not in the ranking."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, partial

import numpy as np
from numpy.typing import NDArray

from proche.core.matching import filters
from proche.core.matching.facts import Facts
from proche.core.matching.filter_sentences import CODES, SENTENCES
from proche.core.matching.kinds import kinds_spoken, speak_of_it
from proche.core.matching.left import Left
from proche.core.matching.notes import notes
from proche.core.matching.outcome import Alone, Explanation, Match, Yardstick
from proche.core.matching.parts import parts, shares
from proche.core.matching.pool import Pool
from proche.core.matching.postings import added_up
from proche.core.matching.records import Brief, Member, Weights
from proche.core.matching.relevance import Query, query, words_in_common
from proche.core.matching.weighing import Parts, parts_of
from proche.core.results import Sentence

Rows = NDArray[np.intp]
Floats = NDArray[np.float64]

EQUAL_WEIGHTS = Weights()
# Below any total.
OUT = -1.0


@dataclass(frozen=True, eq=False)
class Ranking:
    """`results` best first. `filtered_out` counts members by the first filter that kept them out;
    `sentences` holds the words of those filters. `points` is what each part could give at most.
    `notes` says what the members' table does not tell about anyone."""

    results: tuple[Match, ...]
    considered: int
    filtered_out: Mapping[str, int]
    points: Mapping[str, float]
    notes: tuple[Sentence, ...]
    scored: "_Scored" = field(repr=False)

    @property
    def sentences(self) -> dict[str, Sentence]:
        return {code: SENTENCES[code] for code in self.filtered_out}

    @cached_property
    def filtered(self) -> dict[str, str]:
        """The filter that kept each member out, by member_id."""
        pool = self.scored.pool
        first, members = filters.kept_out(self.scored.brief, pool.columns), pool.members
        return {members[row].member_id: CODES[first[row] - 1] for row in np.flatnonzero(first)}

    @property
    def yardstick(self) -> Yardstick:
        scored = self.scored
        rarity = scored.pool.postings.rarity(scored.asked.terms)
        return Yardstick(rarity, scored.best, scored.pool.columns.given)

    def everybody(self) -> tuple[list[str], Parts]:
        """The member_id and the parts of all who were ranked, best first."""
        best = _best(self.scored.total, self.considered)
        rows = best if self.scored.left.rows is None else self.scored.left.rows[best]
        members = self.scored.pool.members
        known = [values[best] for values in self.scored.values.values()]
        parts = parts_of(tuple(self.scored.values), known, len(best))
        return [members[row].member_id for row in rows], parts


@dataclass(frozen=True, eq=False)
class _Scored:
    """Everyone looked at, with their parts from 0 to 1 and their total in points; whoever is out
    has a total of OUT."""

    brief: Brief
    pool: Pool
    asked: Query
    out: filters.Filtered
    values: Mapping[str, Floats]
    shares: Mapping[str, float]
    total: Floats
    best: float

    @property
    def left(self) -> Left:
        return self.out.left


def rank(
    brief: Brief,
    members: Pool | Iterable[Member],
    *,
    top: int,
    weights: Weights = EQUAL_WEIGHTS,
) -> Ranking:
    """The `top` members for the brief; equal scores stand in the order of their ids."""
    scored = _scored(brief, _pool(members), weights)
    best = _best(scored.total, min(top, scored.left.count))
    return Ranking(
        results=_matches(scored, best),
        considered=scored.left.count,
        filtered_out=scored.out.counts,
        points={name: round(share, 1) for name, share in scored.shares.items()},
        notes=notes(brief, scored.pool.columns),
        scored=scored,
    )


def explain(
    brief: Brief,
    members: Pool | Iterable[Member],
    member_id: str,
    *,
    weights: Weights = EQUAL_WEIGHTS,
) -> Explanation:
    """Why this person, or why not. KeyError if no member has this id."""
    pool = _pool(members)
    row = pool.places[member_id]
    scored = _scored(brief, pool, weights)
    considered = scored.left.count
    if codes := filters.every_code(brief, pool.columns, row):
        kept_out = tuple(SENTENCES[code] for code in codes)
        return Explanation(member_id, None, considered, kept_out, None, _kept_out(kept_out))
    place = scored.left.place_of(row)
    position = _position(scored.total, place)
    [match] = _matches(scored, np.array([place]))
    return Explanation(member_id, position, considered, (), match, _ranked(position, considered))


def explain_alone(
    brief: Brief, member: Member, yardstick: Yardstick, *, weights: Weights = EQUAL_WEIGHTS
) -> Alone:
    """What a ranking would say of this member, of the ranking that left this yardstick for the
    same brief: the same points and sentences, but no place."""
    pool = Pool.alone(member, given=yardstick.given, rarity=yardstick.rarity)
    if codes := filters.every_code(brief, pool.columns, 0):
        return Alone(tuple(SENTENCES[code] for code in codes))
    scored = _scored(brief, pool, weights, best=yardstick.best)
    [match] = _matches(scored, np.array([0]))
    return Alone((), match, float(scored.total[0]))


def _pool(members: Pool | Iterable[Member]) -> Pool:
    return members if isinstance(members, Pool) else Pool.of(members)


def _scored(brief: Brief, pool: Pool, weights: Weights, *, best: float = 0.0) -> _Scored:
    """`best`: a relevance already seen, beside those of the pool."""
    asked = query(brief)
    out = filters.apply(brief, pool.columns)
    left = out.left
    relevance = added_up(pool.postings, asked.terms, left.rows)
    if left.still is not None:
        relevance *= left.still
    best = max(best, float(relevance.max(initial=0.0)))
    speaking = speak_of_it(brief, pool)
    told = None if speaking is None else left.of(speaking)
    found = parts(brief, pool.parts, left, relevance, best, told)
    most = shares(weights, found)
    total = np.zeros(left.looked_at)
    for name, values in found.items():
        total += most[name] * values
    if left.still is not None:
        total[~left.still] = OUT
    return _Scored(brief, pool, asked, out, found, most, total, best)


def _best(total: Floats, top: int) -> Rows:
    """Places of the highest totals, best first; rows are in the order of ids, and so are ties."""
    if 0 < top < len(total):
        least = np.partition(total, len(total) - top)[len(total) - top]
        candidates = np.flatnonzero(total >= least)
    else:
        candidates = np.arange(len(total) if top > 0 else 0)
    order: Rows = candidates[np.argsort(-total[candidates], kind="stable")]
    return order[:top]


def _position(total: Floats, place: int) -> int:
    """From 1; whoever has the same total and comes before in the order of ids is before."""
    better = np.count_nonzero(total > total[place])
    return int(better + np.count_nonzero(total[:place] == total[place])) + 1


def _matches(scored: _Scored, places: Rows) -> tuple[Match, ...]:
    names = tuple(scored.values)
    points = [scored.shares[name] * scored.values[name][places] for name in names]
    rows = places if scored.left.rows is None else scored.left.rows[places]
    given = np.round(points, 2).T.tolist() if points else [()] * len(places)
    total = np.round(scored.total[places], 2).tolist()
    members = scored.pool.members
    found = []
    for place, row, score, each in zip(places.tolist(), rows.tolist(), total, given, strict=True):
        by_part = dict(zip(names, each, strict=True))
        look = partial(_facts, scored, place, row, by_part)
        found.append(Match(members[row].member_id, score, by_part, look))
    return tuple(found)


def _facts(scored: _Scored, place: int, row: int, points: Mapping[str, float]) -> Facts:
    return Facts(
        brief=scored.brief,
        member=scored.pool.members[row],
        asked_topics=scored.asked.topics,
        found_topics=scored.pool.topics[row],
        found_words=partial(words_in_common, scored.pool.postings, scored.asked, row),
        given=scored.pool.columns.given,
        values={name: round(float(known[place]), 4) for name, known in scored.values.items()},
        found_kinds=partial(kinds_spoken, scored.brief, scored.pool, row),
        points=points,
        shares=scored.shares,
    )


def _kept_out(sentences: Sequence[Sentence]) -> Sentence:
    fr = "; ".join(sentence.fr for sentence in sentences)
    en = "; ".join(sentence.en for sentence in sentences)
    return Sentence("filtered_out", f"Hors du classement : {fr}.", f"Not in the ranking: {en}.")


def _ranked(position: int, considered: int) -> Sentence:
    return Sentence(
        "ranked",
        f"Au rang {position} de {considered} membres classés.",
        f"Ranked {position} of {considered} members.",
    )
