"""What the bank filters, counts and sorts by: one array a fact, one place a person.

It stands in the face because it reads from several areas at once (people, verdicts, consents,
offers)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from typing import Any

import numpy as np
from django.db.models import QuerySet
from numpy.typing import NDArray

from proche.areas.accounts.models import Programme
from proche.areas.campaigns.models import Offer
from proche.areas.consent.models import Consent, Purpose
from proche.areas.evidence.models import Verdict
from proche.areas.people.actions import fold
from proche.areas.people.models import Account, Person, Tag
from proche.common.choices import Archetype, Language, Proof, Tier
from proche.common.regions import REGIONS

Ints = NDArray[np.int64]
IN_THE_BANK = (Person.State.MEMBER, Person.State.ASLEEP)
REGION_CODES = tuple(region.code for region in REGIONS)
PRODUCTS, EVENTS = 1, 2
NOWHERE = -1


@dataclass(frozen=True)
class Facts:
    """Codes are places in the lists they come from; -1 where it is not known or not ours.
    `joined` in seconds; `followers` -1 and `closeness` not a number where unknown."""

    pk: Ints
    state: NDArray[np.int8]
    region: NDArray[np.int8]
    language: NDArray[np.int8]
    wishes: NDArray[np.int8]
    tier: NDArray[np.int8]
    profile: NDArray[np.int8]
    proof: NDArray[np.int8]
    agreed: NDArray[np.bool_]
    followers: NDArray[np.int32]
    closeness: NDArray[np.float32]
    joined: Ints

    def changed(self, rows: Ints, new: "Facts", size: int) -> "Facts":
        """With these rows replaced, or added beyond the end."""
        return Facts(**{
            one.name: _changed(getattr(self, one.name), rows, getattr(new, one.name), size)
            for one in fields(Facts)
        })  # fmt: skip


@dataclass(frozen=True)
class Several:
    """A fact a person may have several of: the row and one value a line."""

    rows: Ints
    values: Ints

    @classmethod
    def of(cls, pairs: Iterable[tuple[int, int]]) -> "Several":
        table = np.asarray(list(pairs), np.int64).reshape(-1, 2)
        return cls(table[:, 0].copy(), table[:, 1].copy())

    def changed(self, rows: Ints, new: "Several", size: int) -> "Several":
        gone = np.zeros(size, np.bool_)
        gone[rows] = True
        kept = ~gone[self.rows]
        return Several(
            np.concatenate([self.rows[kept], rows[new.rows]]),
            np.concatenate([self.values[kept], new.values]),
        )


@dataclass(frozen=True)
class Read:
    """People as they stand in the database, in one order for every part."""

    facts: Facts
    topics: Several
    tags: Several
    # When offers were sent, in seconds.
    asks: Several
    texts: list[str]
    names: list[str]


class Topics:
    """Codes of topics as numbers; the list only grows, so a number keeps its meaning."""

    def __init__(self) -> None:
        self.codes: list[str] = []
        self._numbers: dict[str, int] = {}

    def number(self, code: str) -> int:
        found = self._numbers.get(code)
        if found is None:
            found = self._numbers[code] = len(self.codes)
            self.codes.append(code)
        return found


TOPICS = Topics()
PERSON = (
    "pk", "state", "region", "language", "tries_products", "attends_events", "joined_at",
    "topics", "search_text", "family_name", "given_name",
)  # fmt: skip


def read(programme: Programme, only: Sequence[int] = ()) -> Read:
    """Everybody of the programme, or only those of them with these keys."""
    people = Person.objects.in_programme(programme).order_by("pk")
    if only:
        people = people.filter(pk__in=only)
    rows: list[tuple[Any, ...]] = list(people.values_list(*PERSON))
    places = {row[0]: place for place, row in enumerate(rows)}
    columns = list(zip(*rows, strict=True)) or [()] * len(PERSON)
    named: dict[str, Sequence[Any]] = dict(zip(PERSON, columns, strict=True))
    several = [(place, code) for place, codes in enumerate(named["topics"]) for code in codes]
    scope = {"person__programme": programme, **({"person__in": only} if only else {})}
    return Read(
        facts=_facts(named, places, scope),
        topics=Several.of((place, TOPICS.number(str(code))) for place, code in several),
        tags=_several(Tag.people.through.objects.filter(**scope), "tag_id", places),
        asks=_asks(Offer.objects.filter(**scope, sent_at__isnull=False), places),
        texts=list(named["search_text"]),
        names=[fold(f"{row[-2]}\t{row[-1]}") for row in rows],
    )


def _facts(named: dict[str, Sequence[Any]], places: dict[int, int], scope: Any) -> Facts:
    size = len(places)
    wishes = np.asarray(named["tries_products"], np.int8) * PRODUCTS
    wishes += np.asarray(named["attends_events"], np.int8) * EVENTS
    followers, proof = _largest_accounts(scope, places)
    tier, profile, closeness = _verdicts(scope, places)
    agreed = np.zeros(size, np.bool_)
    offers = Consent.objects.filter(**scope, purpose=Purpose.OFFERS, withdrawn_at=None)
    agreed[[places[pk] for pk in offers.values_list("person_id", flat=True) if pk in places]] = True
    return Facts(
        pk=np.asarray(named["pk"], np.int64),
        state=_codes(named["state"], IN_THE_BANK),
        region=_codes(named["region"], REGION_CODES),
        language=_codes(named["language"], Language.values),
        wishes=wishes,
        tier=tier,
        profile=profile,
        proof=proof,
        agreed=agreed,
        followers=followers,
        closeness=closeness,
        joined=np.asarray(
            [int(at.timestamp()) if at else 0 for at in named["joined_at"]], np.int64
        ),
    )


def _codes(values: Sequence[Any], known: Sequence[Any]) -> NDArray[np.int8]:
    numbers = {str(value): number for number, value in enumerate(known)}
    return np.asarray([numbers.get(value, NOWHERE) for value in values], np.int8)


def _largest_accounts(
    scope: Any, places: dict[int, int]
) -> tuple[NDArray[np.int32], NDArray[np.int8]]:
    """As evidence.queries.with_largest_account: most followers, the oldest among equals."""
    followers = np.full(len(places), NOWHERE, np.int32)
    proof = np.full(len(places), NOWHERE, np.int8)
    levels = {level: number for number, level in enumerate(Proof.values)}
    rows = Account.objects.filter(**scope).order_by("pk")
    for person, count, level in rows.values_list("person_id", "followers", "proof"):
        place = places.get(person)
        if place is None:
            continue
        largest = NOWHERE if count is None else count
        if proof[place] == NOWHERE or largest > followers[place]:
            followers[place], proof[place] = largest, levels[level]
    return followers, proof


def _verdicts(scope: Any, places: dict[int, int]) -> Any:
    tier = np.full(len(places), NOWHERE, np.int8)
    profile = np.full(len(places), NOWHERE, np.int8)
    closeness = np.full(len(places), np.nan, np.float32)
    tiers = {value: number for number, value in enumerate(Tier.values)}
    profiles = {value: number for number, value in enumerate(Archetype.values)}
    rows = Verdict.objects.signed().filter(**scope).order_by()
    for person, level, kind, value in rows.values_list(
        "person_id", "tier", "archetype", "closeness"
    ):
        place = places.get(person)
        if place is not None:
            tier[place], profile[place] = tiers[level], profiles.get(kind, NOWHERE)
            closeness[place] = np.nan if value is None else value
    return tier, profile, closeness


def _several(rows: QuerySet[Any], value: str, places: dict[int, int]) -> Several:
    pairs = rows.order_by().values_list("person_id", value)
    return Several.of((places[pk], number) for pk, number in pairs if pk in places)


def _asks(offers: QuerySet[Offer], places: dict[int, int]) -> Several:
    pairs = offers.order_by().values_list("person_id", "sent_at")
    return Several.of((places[pk], int(at.timestamp())) for pk, at in pairs if at and pk in places)


def _changed(old: NDArray[Any], rows: Ints, new: NDArray[Any], size: int) -> NDArray[Any]:
    made = np.empty(size, old.dtype)
    made[: len(old)] = old
    made[rows] = new
    return made
