"""Rank members for a brief, each with the reasons, and say why not for anyone else."""

from proche.core.matching.filter_sentences import SENTENCES as FILTER_SENTENCES
from proche.core.matching.limits import Limit, cannot_take, limit_named, limits
from proche.core.matching.outcome import Explanation, Match
from proche.core.matching.pool import Pool
from proche.core.matching.ranking import Ranking, explain, rank
from proche.core.matching.records import Brief, Member, Reason, Weights
from proche.core.matching.weighing import Parts, parts_of

__all__ = [
    "FILTER_SENTENCES",
    "Brief",
    "Explanation",
    "Limit",
    "Match",
    "Member",
    "Parts",
    "Pool",
    "Ranking",
    "Reason",
    "Weights",
    "cannot_take",
    "explain",
    "limit_named",
    "limits",
    "parts_of",
    "rank",
]
