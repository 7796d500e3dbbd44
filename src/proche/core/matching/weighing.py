"""What other weights would give, from parts already worked out: no member is read again."""

from collections.abc import Mapping, Sequence

from proche.core.matching.parts import shares
from proche.core.matching.records import Weights


def reweighed(values: Sequence[Mapping[str, float]], weights: Weights) -> list[float]:
    """The score out of 100 of each member of one ranking, whose parts (0 to 1) are given.

    The order of equal scores is that in which they come. Parts are kept to four places, so that a
    score may differ by 0.01 from that of a new ranking."""
    most = shares(weights, values[0] if values else ())
    return [round(sum(most[name] * one[name] for name in most), 2) for one in values]
