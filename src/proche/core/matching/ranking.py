"""Rank members for a brief, and say why: also for those who are not in the ranking."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, partial

import numpy as np
from numpy.typing import NDArray

from proche.core.matching import filters
from proche.core.matching.facts import Facts
from proche.core.matching.kinds import kinds_spoken, speak_of_it
from proche.core.matching.notes import notes
from proche.core.matching.outcome import Explanation, Match
from proche.core.matching.parts import parts, shares
from proche.core.matching.pool import Pool
from proche.core.matching.records import Brief, Member, Weights
from proche.core.matching.relevance import Query, query, scores, words_in_common
from proche.core.results import Sentence

Rows = NDArray[np.intp]
Floats = NDArray[np.float64]

EQUAL_WEIGHTS = Weights()


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
    pool: Pool
    filtered_rows: filters.Filtered

    @property
    def sentences(self) -> dict[str, Sentence]:
        return {code: filters.SENTENCES[code] for code in self.filtered_out}

    @cached_property
    def filtered(self) -> dict[str, str]:
        """The filter that kept each member out, by member_id."""
        first = self.filtered_rows.first
        members = self.pool.members
        return {
            members[row].member_id: filters.CODES[first[row] - 1] for row in np.flatnonzero(first)
        }


@dataclass(frozen=True, eq=False)
class _Scored:
    """Everyone who passed the filters, with the points of each part."""

    brief: Brief
    pool: Pool
    asked: Query
    out: filters.Filtered
    rows: Rows
    values: Mapping[str, Floats]
    points: Mapping[str, Floats]
    shares: Mapping[str, float]
    total: Floats


def rank(
    brief: Brief,
    members: Pool | Iterable[Member],
    *,
    top: int,
    weights: Weights = EQUAL_WEIGHTS,
) -> Ranking:
    """The `top` members for the brief; equal scores stand in the order of their ids."""
    scored = _scored(brief, _pool(members), weights)
    best = _best(scored.total, top)
    return Ranking(
        results=_matches(scored, best),
        considered=len(scored.rows),
        filtered_out=scored.out.counts,
        points={name: round(share, 1) for name, share in scored.shares.items()},
        notes=notes(brief, scored.pool.columns),
        pool=scored.pool,
        filtered_rows=scored.out,
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
    considered = len(scored.rows)
    if codes := filters.every_code(brief, pool.columns, row):
        kept_out = tuple(filters.SENTENCES[code] for code in codes)
        return Explanation(member_id, None, considered, kept_out, None, _kept_out(kept_out))
    place = int(np.searchsorted(scored.rows, row))
    position = int(np.flatnonzero(_best(scored.total, considered) == place)[0]) + 1
    [match] = _matches(scored, np.array([place]))
    return Explanation(member_id, position, considered, (), match, _ranked(position, considered))


def _pool(members: Pool | Iterable[Member]) -> Pool:
    return members if isinstance(members, Pool) else Pool.of(members)


def _scored(brief: Brief, pool: Pool, weights: Weights) -> _Scored:
    asked = query(brief)
    out = filters.apply(brief, pool.columns)
    rows = out.passed
    relevance = scores(pool.postings, asked, pool.columns.count)[rows]
    found = parts(brief, pool.columns, rows, relevance, speak_of_it(brief, pool))
    most = shares(weights, found)
    points = {name: most[name] * values for name, values in found.items()}
    total = np.sum(list(points.values()), axis=0) if points else np.zeros(len(rows))
    return _Scored(brief, pool, asked, out, rows, found, points, most, total)


def _best(total: Floats, top: int) -> Rows:
    """Places of the highest totals, best first; rows are in the order of ids, and so are ties."""
    if 0 < top < len(total):
        least = np.partition(total, len(total) - top)[len(total) - top]
        candidates = np.flatnonzero(total >= least)
    else:
        candidates = np.arange(len(total) if top > 0 else 0)
    order: Rows = candidates[np.argsort(-total[candidates], kind="stable")]
    return order[:top]


def _matches(scored: _Scored, places: Rows) -> tuple[Match, ...]:
    names = tuple(scored.points)
    points = np.round([scored.points[name][places] for name in names], 2).T.tolist()
    total = np.round(scored.total[places], 2).tolist()
    return tuple(
        _match(scored, place, score, dict(zip(names, given, strict=True)))
        for place, score, given in zip(
            places.tolist(), total, points or [()] * len(places), strict=True
        )
    )


def _match(scored: _Scored, place: int, score: float, points: Mapping[str, float]) -> Match:
    member = scored.pool.members[scored.rows[place]]
    return Match(member.member_id, score, points, partial(_facts, scored, place, points))


def _facts(scored: _Scored, place: int, points: Mapping[str, float]) -> Facts:
    row = int(scored.rows[place])
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
