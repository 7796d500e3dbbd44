"""The register of disclosure: each post handed in, what was read in it, what was corrected; and the
share of posts that say the link, by campaign, brand, network and kind of exchange.

Intervals of shares: Wilson (1927), 95 %."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import numpy as np
from django.db.models import OuterRef, QuerySet, Subquery

from proche.areas.content.findings import VERDICT_NAMES
from proche.areas.content.models import Check, Post
from proche.areas.content.proofs import Proof
from proche.areas.content.queries import SAYS_THE_LINK
from proche.common.choices import ExchangeKind, Platform
from proche.common.words import side
from proche.core.disclosure import SEVERITY
from proche.core.evidence.intervals import wilson

State = Post.State
READ = {State.CHECKED, State.FIXED}
HANDED_IN = {State.SUBMITTED, *READ}


@dataclass(frozen=True)
class Entry:
    """One post as the file of the brand tells it: no name, the link leads to it."""

    post: Post
    brand: str
    campaign: str
    verdict: str
    jurisdiction: str
    rules: tuple[str, ...]
    read_at: datetime | None
    corrections: int
    proof: str

    @property
    def shown(self) -> str:
        """The verdict in the language of the moment."""
        return str(VERDICT_NAMES.get(self.verdict, ""))


def handed_in(posts: QuerySet[Post]) -> QuerySet[Post]:
    """Each with `seal`, that of its newest proof."""
    newest = Proof.objects.filter(post=OuterRef("pk")).order_by("-seen_at", "-id")
    return (
        posts.filter(state__in=HANDED_IN)
        .annotate(seal=Subquery(newest.values("sealed")[:1]))
        .select_related("exchange__offer__campaign__brief__brand")
        .prefetch_related("checks")
        .order_by("submitted_at", "pk")
    )


def entries(posts: Iterable[Post]) -> list[Entry]:
    """In the order given; the posts come from `handed_in`."""
    return [_entry(post) for post in posts]


def _entry(post: Any) -> Entry:
    check: Check | None = next(iter(post.checks.all()), None)
    brief = post.exchange.offer.campaign.brief
    wrong = [one for one in check.findings if _is_wrong(one)] if check else []
    return Entry(
        post=post,
        brand=brief.brand.name,
        campaign=side(brief, "title"),
        verdict=check.verdict if check else "",
        jurisdiction=check.jurisdiction if check else "",
        rules=tuple(dict.fromkeys(one["rule"] for one in wrong)),
        read_at=check.at if check else None,
        corrections=post.corrections,
        proof=post.seal or "",
    )


def _is_wrong(finding: Mapping[str, Any]) -> bool:
    return SEVERITY[finding["verdict"]] >= SEVERITY["HUMAN"]


@dataclass
class Rate:
    """Of the posts a person closed, how many say the link by their last reading."""

    label: str
    saying: int = 0
    read: int = 0
    # The rules could not see all of it: it counts neither for nor against.
    unseen: int = 0
    waiting: int = 0
    low: float | None = field(default=None, init=False)
    high: float | None = field(default=None, init=False)

    @property
    def share(self) -> float | None:
        return self.saying / self.read if self.read else None

    def count(self, state: str, verdict: str) -> None:
        if state == State.SUBMITTED:
            self.waiting += 1
        elif verdict == "HUMAN":
            self.unseen += 1
        else:
            self.read += 1
            self.saying += verdict in SAYS_THE_LINK


@dataclass(frozen=True)
class Rates:
    everything: Rate
    by_campaign: list[Rate]
    by_brand: list[Rate]
    by_platform: list[Rate]
    by_kind: list[Rate]

    @property
    def all(self) -> list[Rate]:
        groups = (self.by_campaign, self.by_brand, self.by_platform, self.by_kind)
        return [self.everything, *(rate for group in groups for rate in group)]


def rates(posts: QuerySet[Post]) -> Rates:
    """One query, whatever the number of posts; groups by falling number of posts read."""
    last = Check.objects.filter(post=OuterRef("pk")).order_by("-at", "-id").values("verdict")[:1]
    brief = "exchange__offer__campaign__brief"
    rows = (
        posts.select_related(None)
        .prefetch_related(None)
        .filter(state__in=HANDED_IN)
        .order_by("pk")
        .annotate(last_verdict=Subquery(last))
        .values_list(
            "state",
            "last_verdict",
            f"{brief}__title_fr",
            f"{brief}__title_en",
            f"{brief}__brand__name",
            "platform",
            "exchange__kind",
        )
    )
    whole = Rate("")
    groups: tuple[dict[str, Rate], ...] = ({}, {}, {}, {})
    for state, verdict, french, english, brand, platform, kind in rows:
        title = side(_Titles(french, english), "title")
        labels = (
            f"{brand}, {title}",
            brand,
            str(Platform(platform).label) if platform else "",
            str(ExchangeKind(kind).label),
        )
        whole.count(state, verdict or "")
        for group, label in zip(groups, labels, strict=True):
            group.setdefault(label, Rate(label)).count(state, verdict or "")
    ordered = [sorted(group.values(), key=lambda one: (-one.read, one.label)) for group in groups]
    found = Rates(whole, *ordered)
    _with_intervals(found.all)
    return found


@dataclass(frozen=True)
class _Titles:
    title_fr: str
    title_en: str


def _with_intervals(all_rates: Sequence[Rate]) -> None:
    lows, highs = wilson(
        np.array([rate.saying for rate in all_rates], dtype=float),
        np.array([rate.read for rate in all_rates], dtype=float),
    )
    for rate, low, high in zip(all_rates, lows, highs, strict=True):
        if rate.read:
            rate.low, rate.high = float(low), float(high)
