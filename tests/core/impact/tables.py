"""Small tables whose answers were worked out on paper."""

from proche.core.impact import Labels, Observation, Words

# Changes: control +1 and +2, members +10 and +12, star +5 and +4.
#   control: mean 1.5, variance of the mean 0.5 / 2 = 0.25
#   members: mean 11,  variance of the mean 2 / 2 = 1;    lift 9.5, variance 1.25
#   star:    mean 4.5, variance of the mean 0.5 / 2 = 0.25; lift 3, variance 0.5
HAND_WORKED: dict[str, list[tuple[float, float]]] = {
    "control": [(10, 11), (12, 14)],
    "nano": [(10, 20), (11, 23)],
    "star": [(10, 15), (9, 13)],
}

BOTTLES = Labels(
    product=Words("du sirop", "the syrup"),
    unit=Words("magasin", "store"),
    units=Words("magasins", "stores"),
    verb=Words("a vendu", "sold"),
    outcome=Words("bouteilles", "bottles"),
    outcome_one=Words("bouteille", "bottle"),
    period=Words("semaine", "week"),
)


def observed(
    table: dict[str, list[tuple[float, float]]], costs: dict[str, float] | None = None
) -> list[Observation]:
    """Two rows a unit; an arm's cost is spread evenly over its units, before the campaign."""
    rows = []
    for arm, units in table.items():
        each = costs[arm] / len(units) if costs and arm in costs else None
        for i, (before, after) in enumerate(units):
            rows.append(Observation(f"{arm} {i}", arm, "pre", before, cost=each))
            rows.append(Observation(f"{arm} {i}", arm, "post", after))
    return rows


def steady(arm_changes: dict[str, list[float]]) -> list[Observation]:
    """Units that start from 50 and change by what is given."""
    return observed({a: [(50.0, 50.0 + c) for c in cs] for a, cs in arm_changes.items()})
