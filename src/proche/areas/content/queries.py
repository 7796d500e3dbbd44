"""Reads of posts used by several pages."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Min, OuterRef, Q, QuerySet, Subquery

from proche.areas.accounts.models import Programme
from proche.areas.content import rechecking
from proche.areas.content.models import Check, Post
from proche.areas.content.proofs import Proof

State = Post.State
SAYS_THE_LINK = ("OK", "OK_NOTE")


@dataclass(frozen=True)
class DisclosureRate:
    """Of the posts a person checked, how many say the link; without posts there is no rate."""

    saying: int
    checked: int


@dataclass(frozen=True)
class LooksDue:
    """The posts a person has to look at again, and since when the oldest waits."""

    n: int
    since: datetime | None


def with_exchange(posts: QuerySet[Post]) -> QuerySet[Post]:
    """Each with what its newest look found, and why it did not: `last_found`, `last_reason`."""
    newest = Proof.objects.filter(post=OuterRef("pk")).order_by("-seen_at", "-id")
    rows = posts.select_related(
        "exchange__offer__person",
        "exchange__offer__campaign__brief__brand__programme",
        "exchange__parcel",
    ).prefetch_related("checks")
    return rows.annotate(
        last_found=Subquery(newest.values("found")[:1]),
        last_reason=Subquery(newest.values("reason")[:1]),
    )


def to_check(posts: QuerySet[Post]) -> QuerySet[Post]:
    return posts.filter(state=State.SUBMITTED)


def to_correct(posts: QuerySet[Post]) -> QuerySet[Post]:
    """Read by the team, waiting for the member's correction."""
    return posts.filter(state=State.CHECKED, correction_asked_at__isnull=False)


def expected(posts: QuerySet[Post]) -> QuerySet[Post]:
    return posts.filter(state=State.EXPECTED)


def overdue(posts: QuerySet[Post], *, today: date) -> QuerySet[Post]:
    return expected(posts).filter(exchange__post_due_on__lt=today)


def to_look_at_again(posts: QuerySet[Post], programme: Programme) -> QuerySet[Post]:
    """Those a person has to look at again; `look_since` and `look_day` of the oldest such look."""
    waiting = rechecking.for_person(programme)
    oldest = waiting.filter(post=OuterRef("pk")).order_by("due_at", "pk")
    rows = posts.filter(pk__in=waiting.values("post"))
    return rows.annotate(
        look_since=Subquery(oldest.values("due_at")[:1]),
        look_day=Subquery(oldest.values("day")[:1]),
    ).order_by("look_since", "pk")


def looks_due(programme: Programme) -> LooksDue:
    due = rechecking.for_person(programme).order_by()
    return LooksDue(**due.aggregate(n=Count("post", distinct=True), since=Min("due_at")))


def done(posts: QuerySet[Post]) -> QuerySet[Post]:
    settled = Q(state=State.CHECKED, correction_asked_at=None) | Q(
        state__in=[State.FIXED, State.WAIVED]
    )
    return posts.filter(settled)


def counts(programme: Programme, *, today: date) -> dict[str, int]:
    """How many posts stand in each tab of the team's page, in one query."""
    late = Q(state=State.EXPECTED, exchange__post_due_on__lt=today)
    asked = Q(state=State.CHECKED, correction_asked_at__isnull=False)
    closed = [State.CHECKED, State.FIXED, State.WAIVED]
    return (
        Post.objects.in_programme(programme)
        .order_by()
        .aggregate(
            to_check=Count("pk", filter=Q(state=State.SUBMITTED)),
            to_correct=Count("pk", filter=asked),
            expected=Count("pk", filter=Q(state=State.EXPECTED)),
            overdue=Count("pk", filter=late),
            done=Count("pk", filter=Q(state__in=closed) & ~asked),
        )
    )


def disclosure_rate(programme: Programme) -> DisclosureRate:
    read = Post.objects.in_programme(programme).filter(state__in=[State.CHECKED, State.FIXED])
    of_post = Check.objects.filter(post=OuterRef("post")).order_by("-at", "-id")
    # The last reading of each post counts.
    latest = Check.objects.filter(post__in=read, pk=Subquery(of_post.values("pk")[:1]))
    found = latest.order_by().aggregate(
        saying=Count("pk", filter=Q(verdict__in=SAYS_THE_LINK)), checked=Count("pk")
    )
    return DisclosureRate(found["saying"], found["checked"])
