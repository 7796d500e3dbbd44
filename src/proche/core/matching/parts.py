"""The parts of the score, each between 0 and 1 for every member who passed the filters.

What is unknown counts as the middle: neither a credit nor a fault. A part for which nothing at
all is known, or which the brief does not ask for, is out of play and its weight goes to the others.
"""

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from proche.core.matching.columns import UNKNOWN, Mask, numbers
from proche.core.matching.left import Left
from proche.core.matching.records import Brief, Member, Weights

Floats = NDArray[np.float64]

MIDDLE = 0.5
# a year's wait is as good as never having been asked
FULL_WAIT_MONTHS = 12
# one promise kept or broken is not yet a habit: two imagined ones, half kept, stand beside it
IMAGINED_OWED, IMAGINED_POSTED = 2, 1
# to speak of the kind of product is half as telling as to name the brand
KIND_NAMED = 0.5

WISH = {"product": "try_products", "event": "attend_events"}


def lasting(members: Sequence[Member], given: frozenset[str]) -> Mapping[str, Floats]:
    """The parts that depend on no brief, of everyone; wishes under the name of their field."""
    found: dict[str, Floats] = {}
    if "mentioned_brand" in given:
        named = numbers((m.mentioned_brand for m in members), np.int8)
        found["affinity"] = np.maximum(named, 0).astype(np.float64)
    if "closeness" in given:
        known = [np.nan if m.closeness is None else m.closeness for m in members]
        closeness = np.array(known, dtype=np.float32).astype(np.float64) / 100
        found["closeness"] = np.where(np.isnan(closeness), MIDDLE, np.clip(closeness, 0, 1))
    for field in given.intersection(WISH.values()):
        wish = numbers((getattr(m, field) for m in members), np.int8)
        found[field] = np.where(wish == UNKNOWN, MIDDLE, wish).astype(np.float64)
    if "owed" in given:
        owed = np.array([m.owed for m in members], dtype=np.float64) + IMAGINED_OWED
        posted = np.array([m.posted for m in members], dtype=np.float64) + IMAGINED_POSTED
        found["reliability"] = np.minimum(posted / owed, 1.0)
    if "months_since_last_ask" in given:
        waited = numbers((m.months_since_last_ask for m in members), np.int16)
        turn = np.minimum(waited, FULL_WAIT_MONTHS) / FULL_WAIT_MONTHS
        found["fairness"] = np.where(waited == UNKNOWN, 1.0, turn)
    return found


def parts(
    brief: Brief,
    known: Mapping[str, Floats],
    left: Left,
    relevance: Floats,
    best: float,
    speak_of_it: Mask | None,
) -> Mapping[str, Floats]:
    """`known` are the lasting parts. `relevance` is that of the rows looked at, as it came from
    the index, 0 for who is out; `best` counts 1. `speak_of_it`: who speaks of the kind
    of product unprompted, None where it is not said."""
    found: dict[str, Floats] = {}
    if brief.title or brief.text or brief.topics:
        found["relevance"] = relevance / best if best > 0 else relevance
    if "affinity" in known:
        found["affinity"] = left.of(known["affinity"])
    if speak_of_it is not None:
        found["affinity"] = np.maximum(found.get("affinity", 0.0), KIND_NAMED * speak_of_it)
    wish = WISH.get(brief.format, "")
    for name, field in (
        ("closeness", "closeness"),
        ("wishes", wish),
        ("reliability", "reliability"),
        ("fairness", "fairness"),
    ):
        if field in known:
            found[name] = left.of(known[field])
    return found


def shares(weights: Weights, in_play: Iterable[str]) -> dict[str, float]:
    """Points out of 100 that each part in play can give."""
    asked = {name: float(getattr(weights, name)) for name in in_play}
    total = sum(asked.values())
    return {name: 100 * weight / total if total else 0.0 for name, weight in asked.items()}
