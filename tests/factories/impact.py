"""Studies, and results small enough to work by hand."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from proche.areas.accounts.models import Programme
from proche.areas.brands.models import Brand
from proche.areas.impact.actions import Facts, enter_results, plan_study
from proche.areas.impact.models import Study
from proche.core.impact import Labels, Words
from tests.factories.brands import BrandFactory

SYRUP = Labels(
    product=Words("du sirop", "the syrup"),
    unit=Words("magasin", "store"),
    units=Words("magasins", "stores"),
    verb=Words("a vendu", "sold"),
    outcome=Words("bouteilles", "bottles"),
    outcome_one=Words("bouteille", "bottle"),
    period=Words("semaine", "week"),
)
# Changes per store: control gains 0.5 on average, members 10.5, the star 5.5. The lifts are then
# 10 and 5, each with variance 1/12 + 1/12, 6 degrees of freedom and a margin of 0.999.
CLEAR = {"control": (0, 0, 1, 1), "nano": (10, 10, 11, 11), "star": (5, 5, 6, 6)}
# Two stores a group: lifts of 4 and 2, margin 4.3027 x sqrt(2) = 6.085. Nothing is clear.
UNCLEAR = {"control": (0, 2), "nano": (4, 6), "star": (2, 4)}


def facts(**changed: Any) -> Facts:
    known: dict[str, Any] = {
        "title": Words("Sirop pétillant", "Sparkling syrup"),
        "labels": SYRUP,
        "starts_on": date(2025, 8, 14),
        "drawn": True,
    }
    return Facts(**known | changed)


def a_brand(programme: Programme, **named: Any) -> Brand:
    brand: Brand = BrandFactory.create(programme=programme, **named)
    return brand


def a_study(programme: Programme, **changed: Any) -> Study:
    return plan_study(a_brand(programme), facts(**changed), by=None)


def table(changes: Mapping[str, Sequence[int]] = CLEAR, *, cost: float | None = 50) -> bytes:
    """Each store counts 40 before, and 40 and its change after."""
    rows = ["unit,arm,period,outcome,cost"]
    for arm, gains in changes.items():
        spent = "" if cost is None or arm == "control" else str(cost)
        for number, gain in enumerate(gains):
            rows.append(f"{arm} {number},{arm},pre,40,")
            rows.append(f"{arm} {number},{arm},post,{40 + gain},{spent}")
    return "\n".join(rows).encode()


def dated_table() -> bytes:
    """Two weeks before and two after, without a period: the first day tells them apart."""
    rows = ["unit,arm,date,outcome"]
    for arm, gains in CLEAR.items():
        for number, gain in enumerate(gains):
            for day, more in (("07-31", 0), ("08-07", 0), ("08-14", gain), ("08-21", gain)):
                rows.append(f"{arm} {number},{arm},2025-{day},{40 + more}")
    return "\n".join(rows).encode()


def measured(programme: Programme, content: bytes | None = None, **changed: Any) -> Study:
    study = a_study(programme, **changed)
    enter_results(study, table() if content is None else content, name="ventes.csv", by=None)
    return Study.objects.get(pk=study.pk)
