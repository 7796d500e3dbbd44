"""What changes a study: planned, frozen, its results entered, replaced, taken back."""

from proche.areas.impact.actions.planning import Facts, change_study, freeze_plan, plan_study
from proche.areas.impact.actions.results import ResultsRefused, enter_results, swap_back

__all__ = [
    "Facts",
    "ResultsRefused",
    "change_study",
    "enter_results",
    "freeze_plan",
    "plan_study",
    "swap_back",
]
