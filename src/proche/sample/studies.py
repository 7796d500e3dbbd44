"""Two studies on invented sales, measured by the real analysis: one concludes, one does not."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from proche.areas.accounts.models import Programme, User
from proche.areas.brands.models import Brand
from proche.areas.impact.actions import Facts, enter_results, freeze_plan, plan_study
from proche.areas.impact.models import Result, Study
from proche.core.impact import Labels, Words
from proche.sample.calendar import Calendar

ARMS = ("nano", "star", "control")


@dataclass(frozen=True)
class Sales:
    """What stores sell by week: a usual level, how much stores and weeks differ, and the effect."""

    stores: int
    weeks: int
    level: float
    between: float
    within: float
    effects: dict[str, float]
    costs: dict[str, int]
    seed: int

    def rows(self, starts_on: date) -> Iterator[str]:
        chance = np.random.default_rng(self.seed)
        for arm in ARMS:
            for number in range(1, self.stores + 1):
                usual = self.level + chance.normal(0, self.between)
                for week in range(-self.weeks, self.weeks):
                    day = starts_on + timedelta(days=7 * week)
                    # The effect grows over the first three weeks.
                    grown = min(1.0, (week + 1) / 3) if week >= 0 else 0.0
                    sold = usual + self.effects[arm] * grown + chance.normal(0, self.within)
                    # What the group cost stands on one line: it is spent once.
                    cost = self.costs[arm] if (number, week) == (1, 0) else 0
                    yield f"{arm}-{number:02},{arm},{day},{max(0, round(sold))},{cost}"

    def table(self, starts_on: date) -> bytes:
        return "\n".join(["unit,arm,date,outcome,cost", *self.rows(starts_on), ""]).encode()


SYRUP = Sales(
    stores=30,
    weeks=6,
    level=42,
    between=6,
    within=5,
    effects={"nano": 11.0, "star": 4.2, "control": 0.0},
    costs={"nano": 3040, "star": 6820, "control": 0},
    seed=4417,
)
SCARF = Sales(
    stores=8,
    weeks=4,
    level=24,
    between=7,
    within=9,
    effects={"nano": 2.0, "star": 1.0, "control": 0.0},
    costs={"nano": 1890, "star": 4200, "control": 0},
    seed=118,
)
SYRUP_WORDS = Labels(
    product=Words("du sirop", "the syrup"),
    unit=Words("magasin", "store"),
    units=Words("magasins", "stores"),
    verb=Words("a vendu", "sold"),
    outcome=Words("bouteilles", "bottles"),
    outcome_one=Words("bouteille", "bottle"),
    period=Words("semaine", "week"),
)
SCARF_WORDS = Labels(
    product=Words("des foulards", "the scarves"),
    unit=Words("boutique", "shop"),
    units=Words("boutiques", "shops"),
    verb=Words("a vendu", "sold"),
    outcome=Words("foulards", "scarves"),
    outcome_one=Words("foulard", "scarf"),
    period=Words("semaine", "week"),
)


def make_studies(programme: Programme, calendar: Calendar, *, by: User) -> None:
    brands = {brand.name: brand for brand in Brand.objects.in_programme(programme)}
    syrup = Facts(Words("Sirop pétillant", "Sparkling syrup"), SYRUP_WORDS)
    scarf = Facts(Words("Vitrine d’automne", "Autumn window"), SCARF_WORDS)
    _study(brands["Petit-Matin"], syrup, SYRUP, calendar, ended=24, by=by)
    _study(brands["Nordet"], scarf, SCARF, calendar, ended=10, by=by)


def _study(
    brand: Brand, words: Facts, sales: Sales, calendar: Calendar, *, ended: int, by: User
) -> None:
    start = ended + 7 * sales.weeks
    facts = Facts(
        words.title,
        words.labels,
        starts_on=calendar.day(start),
        drawn=True,
        units_per_arm=sales.stores,
        periods_before=sales.weeks,
        periods_after=sales.weeks,
    )
    study = plan_study(brand, facts, by=by)
    freeze_plan(study, by=by)
    planned = calendar.at(start + 7 * sales.weeks + 12, 10)
    Study.objects.filter(pk=study.pk).update(planned_at=planned, created_at=planned)
    study.refresh_from_db()
    result = enter_results(study, sales.table(calendar.day(start)), name="ventes.csv", by=by)
    Result.objects.filter(pk=result.pk).update(entered_at=calendar.at(ended - 4, 15))
