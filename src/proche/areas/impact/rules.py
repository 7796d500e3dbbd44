"""What may still be done with a study."""

from proche.areas.impact.models import Result, Study


def result_of(study: Study) -> Result | None:
    return getattr(study, "result", None)


def is_frozen(study: Study) -> bool:
    return study.planned_at is not None


def may_change_plan(study: Study) -> bool:
    """A plan is worth something only if it cannot follow the results."""
    return not is_frozen(study) and result_of(study) is None
