"""One row of a results table: each cell read strictly, each doubt reported, nothing guessed."""

import re
from dataclasses import dataclass, field
from datetime import date, datetime
from math import isfinite

from proche.core.impact import problems as say
from proche.core.impact.model import CONTROL, Observation, Period
from proche.core.impact.problems import Problem
from proche.core.results import Sentence

ARMS = {
    "témoin": CONTROL, "témoins": CONTROL, "vedette": "star",
    "membres": "nano", "nos membres": "nano", "members": "nano", "our members": "nano",
}  # fmt: skip
PERIODS: dict[str, Period] = {
    "pre": "pre", "post": "post", "avant": "pre", "après": "post",
    "before": "pre", "after": "post",
}  # fmt: skip
# Beyond these a figure is a slip of the keyboard, and its square would leave floating point.
SMALLEST, LARGEST = 1e-12, 1e15
NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?", re.ASCII | re.IGNORECASE)
GROUPED = re.compile(r"[+-]?\d{1,3}(,\d{3})+(\.\d*)?", re.ASCII)
SPACED = re.compile(r"(?<=\d)[ \u00a0\u202f](?=\d{3}(\D|$))")


@dataclass(slots=True)
class Table:
    """Where each column stands, and what the rows read so far hold the next ones to."""

    at: dict[str, int]
    width: int
    start: date | None
    decimal_comma: bool
    arms: dict[str, tuple[str, int]] = field(default_factory=dict)
    days: dict[tuple[str, date], int] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


@dataclass(slots=True)
class Cells:
    cells: list[str]
    row: int
    table: Table

    def observation(self) -> Observation | None:
        """None when the row has a problem, which the table then holds."""
        known = len(self.table.problems)
        if len(self.cells) > self.table.width:
            self.report(say.too_wide(len(self.cells), self.table.width))
            return None
        unit, arm = self.required("unit"), self.required("arm").lower()
        outcome = self.number("outcome", optional=False)
        exposure, cost = self.number("exposure", floor=0), self.number("cost", floor=0)
        when = self.day()
        period = self.period(when)
        if len(self.table.problems) > known or outcome is None or period is None:
            return None
        arm = ARMS.get(arm, arm)
        self.check_unit(unit, arm, when)
        return Observation(unit, arm, period, outcome, exposure, cost, when)

    def report(self, what: Sentence, column: str | None = None) -> None:
        self.table.problems.append(Problem(what, self.row, column))

    def text(self, column: str) -> str:
        index = self.table.at.get(column, len(self.cells))
        return self.cells[index].strip() if index < len(self.cells) else ""

    def required(self, column: str) -> str:
        text = self.text(column)
        if not text:
            self.report(say.empty_cell(), column)
        return text

    def number(
        self, column: str, *, optional: bool = True, floor: float | None = None
    ) -> float | None:
        text = self.text(column) if optional else self.required(column)
        if not text:
            return None
        plain = SPACED.sub("", text.replace("\u2212", "-").strip("$€ \u00a0\u202f"))
        if GROUPED.fullmatch(plain):
            if plain.count(",") == 1 and "." not in plain and not self.table.decimal_comma:
                self.report(say.ambiguous_number(text), column)
                return None
            if plain.count(",") > 1 or "." in plain:
                plain = plain.replace(",", "")
        plain = plain.replace(",", ".", 1)
        value = float(plain) if NUMBER.fullmatch(plain) else float("nan")
        if not isfinite(value):
            self.report(say.not_a_number(text), column)
            return None
        if value and not SMALLEST <= abs(value) <= LARGEST:
            self.report(say.out_of_range(text), column)
        elif floor is not None and value < floor:
            self.report(say.negative(text), column)
        return value

    def day(self) -> date | None:
        """The date of the row; asked for only when the period has to come from it."""
        column = "date" if "date" in self.table.at else "period"
        text = self.text(column)
        if column == "period" and self.table.start is None:
            return None
        if not text:
            if self.table.start is not None:
                self.report(say.empty_cell(), column)
            return None
        try:
            return datetime.fromisoformat(text).date()
        except ValueError:
            self.report(say.not_a_date(text), column)
            return None

    def period(self, when: date | None) -> Period | None:
        if self.table.start is not None:
            return None if when is None else "post" if when >= self.table.start else "pre"
        text = self.required("period")
        found = PERIODS.get(text.lower())
        if text and found is None:
            self.report(say.not_a_period(text), "period")
        return found

    def check_unit(self, unit: str, arm: str, when: date | None) -> None:
        first, row = self.table.arms.setdefault(unit, (arm, self.row))
        if first != arm:
            self.report(say.other_arm(unit, first, row), "arm")
        if when is None:
            return
        earlier = self.table.days.setdefault((unit, when), self.row)
        if earlier != self.row:
            self.report(say.same_day(unit, when, earlier), "date")
