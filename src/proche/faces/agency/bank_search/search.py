"""One question put to the bank, from the query string of its address."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from django.db.models import Case, F, OuterRef, QuerySet, Subquery, Value, When
from django.http import QueryDict
from django.utils import timezone
from numpy.typing import NDArray

from proche.areas.accounts.models import Programme
from proche.areas.campaigns.models import Offer
from proche.areas.evidence.queries import grown, with_largest_account, with_verdict
from proche.areas.people.actions import fold
from proche.areas.people.models import Person
from proche.common.regions import BY_CODE
from proche.faces.agency.bank_search.bank import Bank
from proche.faces.agency.bank_search.facets import MEMBER, Choice, Facet, facets
from proche.faces.agency.bank_search.facts import REGION_CODES
from proche.faces.agency.bank_search.keeping import bank_of
from proche.faces.agency.bank_search.words import Mask

# A word so rare beside one so near is likely a slip.
RARE, TIMES_MORE = 3, 10
SORTS = ("name", "region", "followers", "closeness", "proof", "contact", "joined")


@dataclass(frozen=True)
class Heard:
    """A word typed, and the words of the bank taken for it: itself where somebody has it."""

    typed: str
    taken: tuple[str, ...]
    # Nearby words that many more people have.
    perhaps: tuple[str, ...] = ()

    @property
    def corrected(self) -> bool:
        return bool(self.taken) and self.taken != (self.typed,)


class BankSearch:
    """`chosen`, `heard`, `counts()` and `people`: primary keys in the order asked for."""

    def __init__(self, programme: Programme, query: QueryDict) -> None:
        self.programme = programme
        self.query = query
        self.words = query.get("q", "").strip()[:200]
        self.bank = bank_of(programme)
        self.facets = facets(self.bank, programme, timezone.now())
        self._found: dict[str, Mask] = {}
        self._held = {facet.name: facet.chosen(query) for facet in self.facets}

    @property
    def members(self) -> int:
        """How many there are whatever is asked, those on a break aside."""
        return int(np.count_nonzero(self.bank.facts.state == MEMBER))

    @property
    def chosen(self) -> list[tuple[Facet, Choice]]:
        return [(facet, choice) for facet in self.facets for choice in self._held[facet.name]]

    @cached_property
    def heard(self) -> list[Heard]:
        return [self._heard(word) for word in fold(self.words).split()]

    def _heard(self, word: str) -> Heard:
        having = np.count_nonzero(self._having(word))
        if having > RARE:
            return Heard(word, (word,))
        near = tuple(one for one in self.bank.words.nearest(word) if self._having(one).any())
        if not having:
            return Heard(word, near)
        enough = TIMES_MORE * having
        many = [one for one in near if np.count_nonzero(self._having(one)) >= enough]
        return Heard(word, (word,), tuple(one for one in many if one != word))

    def _having(self, word: str) -> Mask:
        """Looked for once a question."""
        if word not in self._found:
            self._found[word] = self.bank.words.having(word)
        return self._found[word]

    @cached_property
    def _said(self) -> Mask:
        """Who is in the bank and has every word."""
        found = self.bank.facts.state >= MEMBER
        for heard in self.heard:
            masks = [self._having(word) for word in heard.taken]
            found = found & np.logical_or.reduce(masks) if masks else np.zeros_like(found)
        return found

    @cached_property
    def _masks(self) -> dict[str, Mask]:
        """What each facet with something chosen keeps. On a break is seen by asking for it."""
        masks = {f.name: f.keeping(self._held[f.name]) for f in self.facets if self._held[f.name]}
        return {"state": self.bank.facts.state == MEMBER, **masks}

    def _kept(self, *, but: str = "") -> Mask:
        kept = self._said
        for name, mask in self._masks.items():
            if name != but:
                kept = kept & mask
        return kept

    def counts(self) -> dict[str, dict[str, int]]:
        """How many people each line of each facet would keep, the other facets applied."""
        everyone = self._kept()
        return {
            facet.name: facet.counts(
                self._kept(but=facet.name) if facet.name in self._masks else everyone
            )
            for facet in self.facets
        }

    @cached_property
    def people(self) -> NDArray[np.int64]:
        rows = self.bank.by_name
        rows = rows[self._kept()[rows]]
        name = self.query.get("sort", "")
        if name.lstrip("-") in SORTS[1:]:
            rows = rows[_order(_sort_key(self.bank, name.lstrip("-"))[rows], name.startswith("-"))]
        elif name == "-name":
            rows = rows[::-1]
        return self.bank.facts.pk[rows]


def _sort_key(bank: Bank, name: str) -> NDArray[np.float64]:
    """A number a row; not a number where unknown."""
    facts = bank.facts
    if name == "region":
        names = sorted(REGION_CODES, key=lambda code: fold(BY_CODE[code].fr))
        places = np.asarray([*(names.index(code) for code in REGION_CODES), np.nan])
        return places[facts.region]
    if name == "contact":
        last = np.zeros(len(facts.pk))
        np.maximum.at(last, bank.asks.rows, bank.asks.values)
        return np.where(last > 0, last, np.nan)
    if name == "closeness":
        return facts.closeness.astype(np.float64)
    values = getattr(facts, name).astype(np.float64)
    return np.where(values < 0, np.nan, values)


def _order(keys: NDArray[np.float64], largest_first: bool) -> NDArray[np.int64]:
    """Equals stay in the order they came in; the unknown come last either way."""
    return np.argsort(-keys if largest_first else keys, kind="stable")


def with_facts(people: QuerySet[Person]) -> QuerySet[Person]:
    """Join what a row of the table shows: verdict, largest account, last contact."""
    asked = Offer.objects.filter(person=OuterRef("pk"), sent_at__isnull=False).order_by("-sent_at")
    annotated: QuerySet[Person] = with_largest_account(with_verdict(people)).annotate(
        last_contact=Subquery(asked.values("sent_at")[:1]),
        tier=F("signed__tier"),
        signed_archetype=F("signed__archetype"),
        closeness=F("signed__closeness"),
        closeness_low=F("signed__closeness_low"),
        closeness_high=F("signed__closeness_high"),
        closeness_from=F("signed__closeness_from"),
    )
    return annotated


def rows_of(programme: Programme, people: NDArray[np.int64]) -> list[Any]:
    """The people of one page as the table shows them, in this order."""
    found = with_facts(Person.objects.in_programme(programme)).annotate(
        has_grown=Case(When(grown(programme), then=Value(True)), default=Value(False))
    )
    rows: dict[int, Any] = found.prefetch_related("tags").in_bulk(people.tolist())
    return [rows[pk] for pk in people.tolist() if pk in rows]
