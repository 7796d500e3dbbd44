"""Rank members for a brief, each with the reasons, and say why not for anyone else."""

from proche.core.matching.filter_sentences import SENTENCES as FILTER_SENTENCES
from proche.core.matching.limits import Limit, cannot_take, limit_named, limits
from proche.core.matching.outcome import Alone, Explanation, Match, Yardstick
from proche.core.matching.pool import Pool
from proche.core.matching.postings import Rarity
from proche.core.matching.ranking import Ranking, explain, explain_alone, rank
from proche.core.matching.records import Brief, Member, Reason, Weights
from proche.core.matching.weighing import Parts, parts_of

__all__ = [
    "FILTER_SENTENCES",
    "Alone",
    "Brief",
    "Explanation",
    "Limit",
    "Match",
    "Member",
    "Parts",
    "Pool",
    "Ranking",
    "Rarity",
    "Reason",
    "Weights",
    "Yardstick",
    "cannot_take",
    "explain",
    "explain_alone",
    "limit_named",
    "limits",
    "parts_of",
    "rank",
]
