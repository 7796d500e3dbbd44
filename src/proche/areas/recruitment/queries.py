"""Reads of the two roads."""

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from proche.areas.accounts.models import Programme
from proche.areas.recruitment.marks import link_mark
from proche.areas.recruitment.models import Application, Call, Nomination, PartnerLink


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


def partner_link(token: str) -> PartnerLink | None:
    """The link a partner opened, open or not; None for a secret nobody was given."""
    rows = PartnerLink.objects.select_related("call__programme")
    return rows.filter(token_hash=link_mark(token)).first()


def to_invite(call: Call) -> QuerySet[Nomination]:
    """Accounts readers named and nobody answered for, the most supported first."""
    waiting = call.nominations.filter(trace__isnull=False, person=None)
    rows: QuerySet[Nomination] = (
        waiting.filter(state__in=[Nomination.State.PROPOSED, Nomination.State.INVITED])
        .annotate(readers=Count("supporters"))
        .order_by("state", "-readers", "created_at")
    )
    return rows
