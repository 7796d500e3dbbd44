"""Reads of verdicts and evidence used by several pages."""

from django.db.models import F, FilteredRelation, OuterRef, Q, QuerySet, Subquery

from proche.areas.accounts.models import Programme
from proche.areas.evidence.models import BankNorms, Evidence, Verdict
from proche.areas.people.models import Account, Person
from proche.common.choices import Tier

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
    """The newest known fact for each measure, over all accounts; failing that why it is unknown.

    A figure that an archive gave is not hidden by a later look that could not see it."""
    rows = Evidence.objects.filter(person=person).select_related("account").order_by("as_of", "id")
    return {row.measure: row for row in sorted(rows, key=lambda row: row.value is not None)}


def bank_norms(programme: Programme) -> BankNorms | None:
    """The norms people of the programme are compared with: the newest, their long text unread."""
    found: BankNorms | None = BankNorms.objects.in_programme(programme).defer("body").first()
    return found


def norms_behind(verdict: Verdict | None, programme: Programme) -> BankNorms | None:
    """Those a verdict was proposed with, so that a page compares as it did; else the newest."""
    norms = BankNorms.objects.in_programme(programme)
    if verdict is not None and verdict.norms_id is not None:
        norms = norms.filter(pk=verdict.norms_id)
    found: BankNorms | None = norms.first()
    return found


def to_look_at(programme: Programme) -> QuerySet[Verdict]:
    """Verdicts of people of the bank that wait for a person's hand."""
    waiting: QuerySet[Verdict] = Verdict.objects.in_programme(programme).to_sign().of_the_bank()
    return waiting


def grown(programme: Programme) -> Q:
    """People signed nano whose account reached the ceiling; after with_verdict and
    with_largest_account."""
    return Q(signed__tier=Tier.NANO, followers__gte=programme.follower_ceiling)
