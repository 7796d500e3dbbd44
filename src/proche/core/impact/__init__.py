"""What a campaign was worth: lifts against control, their ratio with its bounds, their cost."""

from proche.core.impact.analysis import analyse
from proche.core.impact.model import (
    CONTROL,
    Cost,
    Impact,
    Labels,
    Lift,
    Observation,
    Point,
    Ratio,
    Words,
)
from proche.core.impact.plan import PowerRow, PowerTable, Study, plan_study
from proche.core.impact.problems import Problem
from proche.core.impact.reading import Reading, read_results

__all__ = [
    "CONTROL",
    "Cost",
    "Impact",
    "Labels",
    "Lift",
    "Observation",
    "Point",
    "PowerRow",
    "PowerTable",
    "Problem",
    "Ratio",
    "Reading",
    "Study",
    "Words",
    "analyse",
    "plan_study",
    "read_results",
]
