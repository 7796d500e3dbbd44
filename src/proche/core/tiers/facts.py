"""What the rules of a verdict look at: size, what was declared, what the profile shows."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from proche.core.evidence.gathering import Evidence
from proche.core.evidence.intervals import Floats
from proche.core.tiers.bios import Flags, Lexicon, Said, read_bios
from proche.core.tiers.thresholds import Thresholds

TIERS = ("nano", "micro", "star", "undetermined")
ARCHETYPES = ("consumer", "professional")
NANO, MICRO, STAR, UNDETERMINED = range(4)


@dataclass(frozen=True, slots=True)
class Facts:
    """What the rules look at, each a column: three-way facts are two flags."""

    followers: Floats
    under: Flags
    over: Flags
    seeks: Flags
    declines: Flags
    points: NDArray[np.int64]
    livelihood: Flags
    sponsored: Flags
    niche: Flags
    said: Said

    @property
    def silent(self) -> Flags:
        """Nothing was declared about intent."""
        return ~(self.seeks | self.declines)


def gather_facts(evidence: Evidence, thresholds: Thresholds, lexicon: Lexicon) -> Facts:
    followers = evidence.numbers["followers"]
    declared = np.array(
        [value or "unknown" for value in evidence.accounts["seeks_living"].to_pylist()]
    )
    said = read_bios(evidence.accounts, lexicon)
    shares = evidence.estimates["sponsored_share"]
    sponsored = (shares.value >= thresholds.sponsored_share) & (
        shares.low >= thresholds.sponsored_low
    )
    points = sponsored * int(thresholds.sponsored_points)
    for sign in lexicon.livelihood:
        points = points + said.livelihood[sign.name] * sign.points
    focus = evidence.estimates["topic_focus"].value >= thresholds.topic_focus
    steady = evidence.estimates["regularity"].value >= thresholds.regularity
    return Facts(
        followers,
        followers < thresholds.ceiling,
        followers >= thresholds.ceiling,
        declared == "yes",
        declared == "no",
        points.astype(np.int64),
        points >= thresholds.livelihood_points,
        sponsored,
        focus & steady,
        said,
    )
