"""Reads of verdicts and evidence used by several pages."""

from django.db.models import F, FilteredRelation, OuterRef, Q, QuerySet, Subquery

from proche.areas.evidence.models import Evidence, Verdict
from proche.areas.people.models import Account, Person

# The six measures of closeness, in the order pages show them.
CLOSENESS = (
    "reply_rate",
    "returning_share",
    "comment_rate",
    "reciprocity",
    "local_share",
    "response_time",
)


def with_verdict(people: QuerySet[Person]) -> QuerySet[Person]:
    """Join the verdict in force: `signed__tier`, `signed__archetype`, `signed__closeness` …"""
    in_force = Q(verdicts__signed_at__isnull=False, verdicts__replaced_at=None)
    return people.annotate(signed=FilteredRelation("verdicts", condition=in_force))


def with_largest_account(people: QuerySet[Person]) -> QuerySet[Person]:
    """Add `followers` and `proof` of the account with the most followers."""
    largest = Account.objects.filter(person=OuterRef("pk")).order_by(
        F("followers").desc(nulls_last=True), "id"
    )
    return people.annotate(
        followers=Subquery(largest.values("followers")[:1]),
        proof=Subquery(largest.values("proof")[:1]),
    )


def verdict_in_force(person: Person) -> Verdict | None:
    """The signed verdict, else the one that waits for a signature."""
    return (
        Verdict.objects.filter(person=person, replaced_at=None)
        .select_related("signed_by")
        .order_by("signed_at")
        .last()
    )


def latest_evidence(person: Person) -> dict[str, Evidence]:
    """The newest fact for each measure, over all accounts of the person."""
    rows = Evidence.objects.filter(person=person).select_related("account").order_by("as_of", "id")
    return {row.measure: row for row in rows}
