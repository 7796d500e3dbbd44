"""The facets: what each line keeps of the bank, and how many it would keep."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time
from functools import lru_cache
from typing import Any, Protocol

import numpy as np
from django.http import QueryDict
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from numpy.typing import NDArray

from proche.areas.accounts.models import Programme
from proche.areas.campaigns.rules import quarter_start
from proche.areas.people.models import Tag
from proche.common.choices import Archetype, Language, Proof, Tier
from proche.common.regions import REGIONS, region_name
from proche.common.templatetags.ui import topic as topic_name
from proche.common.words import language
from proche.faces.agency.bank_search.bank import Bank
from proche.faces.agency.bank_search.facts import EVENTS, PRODUCTS, TOPICS, Several
from proche.faces.agency.bank_search.words import Mask

MEMBER, ASLEEP = 0, 1


@dataclass(frozen=True)
class Choice:
    """One line of a facet: its value in the address, and its words."""

    value: str
    label: str | Promise


class Lines(Protocol):
    """What the lines of a facet say of each row, in the order of its choices."""

    def keeping(self, places: Sequence[int]) -> Mask: ...

    def counts(self, kept: Mask) -> NDArray[Any]: ...


@dataclass(frozen=True)
class OneOf:
    """At most one line a person: `codes` is its place, -1 for none."""

    codes: NDArray[np.int8]
    size: int

    def keeping(self, places: Sequence[int]) -> Mask:
        wanted = np.zeros(self.size + 1, np.bool_)
        wanted[list(places)] = True
        # -1 reads the last place, which is never wanted.
        return wanted[self.codes]

    def counts(self, kept: Mask) -> NDArray[Any]:
        return np.bincount(self.codes[kept] + 1, minlength=self.size + 1)[1:]


@dataclass(frozen=True)
class AnyOf:
    """Lines that may overlap, each as a mask."""

    masks: tuple[Mask, ...]

    def keeping(self, places: Sequence[int]) -> Mask:
        found: Mask = np.logical_or.reduce([self.masks[place] for place in places])
        return found

    def counts(self, kept: Mask) -> NDArray[Any]:
        return np.asarray([np.count_nonzero(mask & kept) for mask in self.masks])


@dataclass(frozen=True)
class SomeOf:
    """Several lines a person: value v stands on line `line_of[v]`, -1 where it has none."""

    several: Several
    line_of: NDArray[np.int64]
    size: int
    people: int

    def keeping(self, places: Sequence[int]) -> Mask:
        wanted = np.zeros(self.size + 1, np.bool_)
        wanted[list(places)] = True
        found = np.zeros(self.people, np.bool_)
        found[self.several.rows[wanted[self.line_of[self.several.values]]]] = True
        return found

    def counts(self, kept: Mask) -> NDArray[Any]:
        values = self.several.values[kept[self.several.rows]]
        found = np.zeros(self.size + 1, np.int64)
        # Counted by value first: lines are many fewer than people.
        by_value = np.bincount(values, minlength=len(self.line_of))
        np.add.at(found, self.line_of, by_value)
        return found[: self.size]


@dataclass(frozen=True)
class Facet:
    """`long` is a list that grows with the bank: most frequent first, with a search within."""

    name: str
    label: str | Promise
    choices: tuple[Choice, ...]
    lines: Lines
    long: bool = False

    def chosen(self, query: QueryDict) -> list[Choice]:
        held = query.getlist(self.name)
        return [choice for choice in self.choices if choice.value in held]

    def keeping(self, chosen: Sequence[Choice]) -> Mask:
        return self.lines.keeping([self.choices.index(choice) for choice in chosen])

    def counts(self, kept: Mask) -> dict[str, int]:
        found = self.lines.counts(kept).tolist()
        return {choice.value: n for choice, n in zip(self.choices, found, strict=True)}


def facets(bank: Bank, programme: Programme, now: datetime) -> tuple[Facet, ...]:
    facts = bank.facts
    return (
        Facet("region", _("Region"), tuple(
            Choice(region.code, region_name(region.code, language())) for region in REGIONS
        ), OneOf(facts.region, len(REGIONS))),
        Facet("profile", _("Profile"), (
            Choice("professional", _("Professional")), Choice("consumer", _("Consumer")),
        ), _recoded(facts.profile, Archetype.values, ["professional", "consumer"])),
        Facet("tier", _("Tier"), (
            Choice("nano", _("Nano")), Choice("micro", _("Micro")), Choice("star", _("Star")),
            Choice("undetermined", _("Undetermined")), Choice("unsigned", _("No verdict signed")),
        ), _tiers(facts.tier)),
        _topics(bank),
        Facet("wish", _("Wishes to"), (
            Choice("products", _("Try products")), Choice("events", _("Come to events")),
        ), AnyOf((facts.wishes & PRODUCTS > 0, facts.wishes & EVENTS > 0))),
        Facet("language", _("Language"), (
            Choice("fr", "Français"), Choice("en", "English"),
        ), _recoded(facts.language, Language.values, ["fr", "en"])),
        Facet("proof", _("Proof"), (
            Choice("strong", _("Archive or API")), Choice("public", _("Public")),
            Choice("screenshot", _("Screenshot")), Choice("declared", _("Declared only")),
            Choice("none", _("No account known")),
        ), _proofs(facts.proof)),
        _contact(bank, now),
        _availability(bank, programme, now),
        _tags(bank, programme),
    )  # fmt: skip


def _recoded(codes: NDArray[np.int8], known: Sequence[str], shown: Sequence[str]) -> OneOf:
    """The same codes in the order the facet shows them."""
    places = [shown.index(value) if value in shown else -1 for value in known]
    return OneOf(np.asarray([*places, -1], np.int8)[codes], len(shown))


def _tiers(codes: NDArray[np.int8]) -> OneOf:
    shown = ["nano", "micro", "star", "undetermined"]
    known = _recoded(codes, Tier.values, shown).codes
    return OneOf(np.where(known < 0, np.int8(len(shown)), known), len(shown) + 1)


def _proofs(codes: NDArray[np.int8]) -> OneOf:
    lines = {Proof.ARCHIVE: 0, Proof.API: 0, Proof.PUBLIC: 1, Proof.SCREENSHOT: 2}
    places = [lines.get(Proof(level), 3) for level in Proof.values]
    return OneOf(np.asarray([*places, 4], np.int8)[codes], 5)


def _contact(bank: Bank, now: datetime) -> Facet:
    asked = np.zeros(len(bank.facts.pk), np.bool_)
    asked[bank.asks.rows] = True
    recently = bank.asks_since(_quarter(now)) > 0
    return Facet("contact", _("Last contact"), (
        Choice("never", _("Never asked yet")), Choice("quarter", _("Not this quarter")),
        Choice("recent", _("This quarter")),
    ), AnyOf((~asked, ~recently, recently)))  # fmt: skip


def _availability(bank: Bank, programme: Programme, now: datetime) -> Facet:
    """Who may receive an offer now: campaigns.rules, for the whole bank at once."""
    member = bank.facts.state == MEMBER
    below = bank.asks_since(_quarter(now)) < programme.asks_per_quarter
    free = member & bank.facts.agreed & below
    return Facet("state", _("Availability"), (
        Choice("free", _("May be asked now")), Choice("held", _("Not to be asked now")),
        Choice("asleep", _("On a break")),
    ), AnyOf((free, member & ~free, bank.facts.state == ASLEEP)))  # fmt: skip


def _quarter(now: datetime) -> float:
    """When the quarter began, in seconds."""
    day = quarter_start(timezone.localdate(now))
    return timezone.make_aware(datetime.combine(day, time.min)).timestamp()


def _topics(bank: Bank) -> Facet:
    values = bank.topic_values
    choices = _topic_choices(tuple(values.tolist()), language())
    lines = SomeOf(bank.topics, _line_of(values), len(values), len(bank.facts.pk))
    return Facet("topic", _("Talks about"), choices, lines, long=True)


@lru_cache(maxsize=32)
def _topic_choices(values: tuple[int, ...], _read_in: str) -> tuple[Choice, ...]:
    codes = [TOPICS.codes[value] for value in values]
    return tuple(Choice(code, topic_name(code)) for code in codes)


def _tags(bank: Bank, programme: Programme) -> Facet:
    names = dict(Tag.objects.in_programme(programme).order_by("name").values_list("pk", "name"))
    values = np.asarray(list(names), np.int64)
    # A tag made since the bank was read has nobody yet in it.
    line_of = np.full(max([*names, *bank.tags.values.tolist(), 0]) + 1, -1, np.int64)
    line_of[values] = np.arange(len(values))
    lines = SomeOf(bank.tags, line_of, len(names), len(bank.facts.pk))
    choices = tuple(Choice(name, name) for name in names.values())
    return Facet("tag", _("Tag"), choices, lines, long=True)


def _line_of(values: NDArray[np.int64]) -> NDArray[np.int64]:
    line_of = np.full(int(values.max()) + 1 if len(values) else 1, -1, np.int64)
    line_of[values] = np.arange(len(values))
    return line_of
