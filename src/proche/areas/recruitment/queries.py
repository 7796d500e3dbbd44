"""Reads of the two roads."""

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from proche.areas.accounts.models import Programme
from proche.areas.recruitment.models import Application, Call, Nomination


def applications_with_people(applications: QuerySet[Application]) -> QuerySet[Application]:
    return applications.select_related("person", "person__nomination__call").prefetch_related(
        "person__accounts", "person__verdicts"
    )


def current_call(programme: Programme) -> Call | None:
    today = timezone.localdate()
    return Call.objects.filter(
        programme=programme, opens_on__lte=today, closes_on__gte=today
    ).first()


def with_counts(calls: QuerySet[Call]) -> QuerySet[Call]:
    """Add `proposed`, `invited`, `accepted`, `refused`, `expired` and `total` to each call."""
    counts = {
        state: Count("nominations", filter=Q(nominations__state=state))
        for state in Nomination.State.values
    }
    return calls.annotate(total=Count("nominations"), **counts)
