"""Cost per extra outcome: known spending over an uncertain number of extra outcomes."""

from collections.abc import Iterable, Sequence

from proche.core.impact.changes import Arm
from proche.core.impact.model import Cost, Labels, Lift
from proche.core.impact.sentences import about_cost


def costs(arms: Sequence[Arm], lifts: Sequence[Lift], labels: Labels) -> Iterable[Cost]:
    for arm, lift in zip(arms, lifts, strict=True):
        if arm.cost is not None and lift.lift is not None:
            yield cost(arm, arm.cost, lift, labels)


def cost(arm: Arm, total: float, lift: Lift, labels: Labels) -> Cost:
    """The spending is known to the cent; only the lift is uncertain, so its bounds carry over."""
    low, middle, high = (
        total / (value * arm.volume) if value is not None and value > 0 else None
        for value in (lift.high, lift.lift, lift.low)
    )
    per_extra = middle if high is not None else None
    return Cost(
        arm=arm.name,
        total=total,
        extra=(lift.lift or 0.0) * arm.volume,
        per_extra=per_extra,
        low=low,
        high=high,
        sentence=about_cost(arm.name, labels, per_extra, low, high),
    )
