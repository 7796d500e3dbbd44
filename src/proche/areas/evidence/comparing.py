"""Where qualifying again differs from the verdict in force, person by person."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np

from proche.areas.accounts.models import Programme
from proche.areas.evidence.models import Change, Verdict
from proche.common.choices import Tier
from proche.core.tiers import ARCHETYPES, TIERS, Qualification

FIELDS = (
    "person_id",
    "pk",
    "tier",
    "archetype",
    "proposed_tier",
    "proposed_archetype",
    "closeness",
    "closeness_low",
    "closeness_high",
    "change",
    "run_id",
    "kept_until",
    "kept_at",
    "signed_at",
)


@dataclass(frozen=True, slots=True)
class Held:
    """What is kept of a verdict that matters for comparing."""

    person_id: int
    pk: int
    tier: str
    archetype: str
    proposed_tier: str
    proposed_archetype: str
    closeness: float | None
    closeness_low: float | None
    closeness_high: float | None
    change: str
    run_id: int | None
    kept_until: date | None
    kept_at: Any
    signed_at: Any


@dataclass(frozen=True, slots=True)
class Found:
    """What the rules say now of one person; `row` is the place of their largest account."""

    row: int
    followers: float
    tier: str
    archetype: str
    closeness: tuple[float, float, float] | None


@dataclass(frozen=True, slots=True)
class Standing:
    """By person: the verdict in force, the last look at a proposal, what waits."""

    in_force: Mapping[int, Held]
    looked: Mapping[int, Held]
    waiting: Mapping[int, Held]


def standing(programme: Programme) -> Standing:
    verdicts = Verdict.objects.in_programme(programme)
    return Standing(
        _held(verdicts.signed()),
        _held(verdicts.filter(kept_at__isnull=False).order_by("kept_at")),
        _held(verdicts.to_sign()),
    )


def _held(verdicts: Any) -> dict[int, Held]:
    return {row[0]: Held(*row) for row in verdicts.values_list(*FIELDS)}


def found_by_person(made: Qualification, people: Sequence[int]) -> Iterator[tuple[int, Found]]:
    """The account with the most followers speaks for each person."""
    followers = made.evidence.numbers["followers"]
    owners = np.array(people, dtype=np.int64)
    order = np.lexsort((-followers, owners))
    _, first = np.unique(owners[order], return_index=True)
    closeness, decisions = made.evidence.closeness, made.decisions
    for row in order[first].tolist():
        archetype = int(decisions.archetype[row])
        value = (closeness.value[row], closeness.low[row], closeness.high[row])
        yield (
            int(owners[row]),
            Found(
                row,
                float(followers[row]),
                TIERS[int(decisions.tier[row])],
                ARCHETYPES[archetype] if archetype >= 0 else "",
                None if np.isnan(value[0]) else (float(value[0]), float(value[1]), float(value[2])),
            ),
        )


def change_of(
    found: Found, held: Held, looked: Held | None, *, ceiling: int, today: date
) -> Change | None:
    """None where nothing differs, or where a person looked at this difference already."""
    since = looked if looked and looked.kept_at > held.signed_at else None
    seen = since or held
    if held.tier == Tier.NANO and found.followers >= ceiling:
        kept = since is not None and since.change == Change.GRADUATION
        over = since is not None and since.kept_until is not None and since.kept_until <= today
        return None if kept and not over else Change.GRADUATION
    # A person who decided otherwise is not asked again until the rules say something new.
    if found.tier not in (held.tier, seen.proposed_tier):
        return Change.TIER
    if found.archetype not in ("", held.archetype, seen.proposed_archetype):
        return Change.PROFILE
    return Change.CLOSENESS if _moved(found, seen) else None


def _moved(found: Found, seen: Held) -> bool:
    """Each figure lies outside the interval of the other, or closeness was not known before."""
    if found.closeness is None:
        return False
    if seen.closeness is None or seen.closeness_low is None or seen.closeness_high is None:
        return True
    value, low, high = found.closeness
    before_apart = not low <= seen.closeness <= high
    return before_apart and not seen.closeness_low <= value <= seen.closeness_high
