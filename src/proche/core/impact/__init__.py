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

__all__ = [
    "CONTROL",
    "Cost",
    "Impact",
    "Labels",
    "Lift",
    "Observation",
    "Point",
    "Ratio",
    "Words",
    "analyse",
]
