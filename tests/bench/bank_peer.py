"""The questions of the benchmark, and the way the page answered them before: joins, a correlated
question a column, one aggregate for the facets that nothing is chosen in, one for each other."""

from datetime import datetime, time
from typing import Any

import numpy as np
from django.db.models import Count, F, IntegerField, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.http import QueryDict
from django.utils import timezone

from proche.areas.campaigns.models import Offer
from proche.areas.campaigns.rules import quarter_start
from proche.areas.consent.models import Purpose
from proche.areas.consent.queries import agreed
from proche.areas.evidence.queries import with_largest_account, with_verdict
from proche.areas.people.actions import fold
from proche.areas.people.models import Person, Tag
from proche.common.regions import REGIONS
from tests.bench.bank_data import GIVEN, TOWNS, TRADES

PER_PAGE = 50
# What the questions misspell, and what the bank takes it for.
SLIPS = {
    "montral": "montreal", "coifuse": "coiffeuse", "genevive": "genevieve", "boulangr": "boulanger",
    "rimousky": "rimouski", "infirmiere": "infirmiere", "sherbroke": "sherbrooke",
    "veronqiue": "veronique", "photografe": "photographe", "drumondville": "drummondville",
}  # fmt: skip
FILTERS = (
    "tier=nano", "profile=professional", "wish=events", "language=en", "proof=strong",
    "contact=never", "region=01&region=11", "region=06", "tier=nano&tier=micro", "state=asleep",
    "contact=quarter&wish=products", "proof=declared", "tier=unsigned", "state=free", "topic=hair",
    "topic=hair&topic=decor", "tag=étiquette 3", "contact=recent&state=held",
)  # fmt: skip
SORTS = ("", "sort=-followers", "sort=closeness", "sort=-contact", "sort=region", "sort=-name")


def questions() -> list[str]:
    """Always the same 120: words, facets and orders in turn, the empty one too."""
    words = ["", *GIVEN[:16], *TRADES[:14], *TOWNS[:14], *SLIPS]
    words += ["camille montréal", "tremblay", "gag gaspé", "geneviève coifuse", "emilie.tr", "lé"]
    rng = np.random.default_rng(20251127)
    made = ["", *(f"q={word}" for word in words if word), *FILTERS, *SORTS[1:]]
    while len(made) < 120:
        word, sort = words[rng.integers(len(words))], SORTS[rng.integers(len(SORTS))]
        some = rng.choice(FILTERS, rng.integers(1, 3), replace=False).tolist()
        page = f"page={rng.integers(1, 4)}"
        made.append("&".join(part for part in (word and f"q={word}", *some, sort, page) if part))
    return made[:120]


class Peer:
    """One question, from the database alone."""

    def __init__(self, programme: Any, question: str) -> None:
        self.programme, self.query = programme, QueryDict(question)
        self.now = timezone.now()
        self.lines = self._lines()

    def answer(self) -> dict[str, Any]:
        """The counts, once the rows of the page were read too."""
        found = self._kept()
        answer: dict[str, Any] = {"found": found.count()}
        chosen = [name for name in self.lines if self.query.getlist(name)]
        free = [name for name in self.lines if name not in chosen and name != "state"]
        answer |= self._count(found, free)
        for name in {*chosen, "state"}:
            answer |= self._count(self._kept(but=name), [name])
        list(found.order_by("family_name", "given_name", "pk")[:PER_PAGE])
        return answer

    def _kept(self, *, but: str = "") -> QuerySet[Person]:
        people = self._everyone()
        for word in fold(self.query.get("q", "")).split():
            people = people.filter(search_text__contains=SLIPS.get(word, word))
        for name, lines in self.lines.items():
            chosen = [lines[value] for value in self.query.getlist(name)]
            if name == but:
                continue
            if chosen:
                wanted = chosen[0]
                for other in chosen[1:]:
                    wanted |= other
                people = people.filter(wanted)
            elif name == "state":
                people = people.filter(state=Person.State.MEMBER)
        return people

    def _everyone(self) -> QuerySet[Person]:
        people = Person.objects.in_programme(self.programme).filter(state__in=["member", "asleep"])
        sent = Offer.objects.filter(person=OuterRef("pk"), sent_at__isnull=False)
        lately = sent.filter(sent_at__gte=self._quarter()).order_by().values("person")
        annotated: QuerySet[Person] = with_largest_account(with_verdict(people)).annotate(
            last_contact=Subquery(sent.order_by("-sent_at").values("sent_at")[:1]),
            asks=Coalesce(
                Subquery(lately.annotate(n=Count("pk")).values("n"), output_field=IntegerField()),
                Value(0),
            ),
            tier=F("signed__tier"),
            profile=F("signed__archetype"),
            agreed=agreed(Purpose.OFFERS),
        )
        return annotated

    def _quarter(self) -> datetime:
        day = quarter_start(timezone.localdate(self.now))
        return timezone.make_aware(datetime.combine(day, time.min))

    def _lines(self) -> dict[str, dict[str, Q]]:
        free = Q(state="member", agreed=True, asks__lt=self.programme.asks_per_quarter)
        tagged = {
            tag.name: Q(pk__in=Tag.people.through.objects.filter(tag=tag).values("person"))
            for tag in Tag.objects.in_programme(self.programme)
        }
        topics = ("hair", "decor")
        return {
            "region": {region.code: Q(region=region.code) for region in REGIONS},
            "profile": {name: Q(profile=name) for name in ("professional", "consumer")},
            "tier": {
                **{name: Q(tier=name) for name in ("nano", "micro", "star", "undetermined")},
                "unsigned": Q(tier=None),
            },
            "topic": {code: Q(topics__icontains=f'"{code}"') for code in topics},
            "wish": {"products": Q(tries_products=True), "events": Q(attends_events=True)},
            "language": {code: Q(language=code) for code in ("fr", "en")},
            "proof": {
                "strong": Q(proof__in=["archive", "api"]),
                **{level: Q(proof=level) for level in ("public", "screenshot", "declared")},
                "none": Q(proof=None),
            },
            "contact": {
                "never": Q(last_contact=None),
                "quarter": Q(asks=0),
                "recent": Q(asks__gt=0),
            },
            "state": {
                "free": free,
                "held": Q(state="member") & ~free,
                "asleep": Q(state="asleep"),
            },
            "tag": tagged,
        }

    def _count(self, people: QuerySet[Person], names: list[str]) -> dict[str, dict[str, int]]:
        lines = {f"{name}_{n}": keeps for name in names
                 for n, keeps in enumerate(self.lines[name].values())}  # fmt: skip
        counted = people.aggregate(**{name: Count("pk", filter=q) for name, q in lines.items()})
        return {
            name: {value: counted[f"{name}_{n}"] for n, value in enumerate(self.lines[name])}
            for name in names
        }
