"""The search of the bank: words, facets with their counts, and the rows of one page.

It stands in the face because it reads from three areas at once (people, verdicts, offers)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Case, Count, F, OuterRef, Q, QuerySet, Subquery, Value, When
from django.http import QueryDict
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from proche.areas.accounts.models import Programme
from proche.areas.campaigns.models import Offer
from proche.areas.evidence.queries import grown, with_largest_account, with_verdict
from proche.areas.people.actions import fold
from proche.areas.people.models import Person
from proche.common.choices import Archetype, Proof, Tier
from proche.common.regions import BY_CODE

QUARTER = timedelta(days=91)
STRONG = [Proof.ARCHIVE, Proof.API]


@dataclass(frozen=True)
class Choice:
    """One line of a facet: its value in the address, its words, the people it keeps."""

    value: str
    label: str | Promise
    keeps: Q


@dataclass(frozen=True)
class Facet:
    name: str
    label: str | Promise
    choices: tuple[Choice, ...]

    def chosen(self, query: QueryDict) -> list[Choice]:
        held = query.getlist(self.name)
        return [choice for choice in self.choices if choice.value in held]


def facets(now: datetime) -> tuple[Facet, ...]:
    recently = Q(last_contact__gte=now - QUARTER)
    return (
        Facet("region", _("Region"), tuple(
            Choice(code, region.fr, Q(region=code)) for code, region in BY_CODE.items()
        )),
        Facet("profile", _("Profile"), (
            Choice("professional", _("Professional"), Q(signed__archetype=Archetype.PROFESSIONAL)),
            Choice("consumer", _("Consumer"), Q(signed__archetype=Archetype.CONSUMER)),
        )),
        Facet("tier", _("Tier"), (
            Choice("nano", _("Nano"), Q(signed__tier=Tier.NANO)),
            Choice("micro", _("Micro"), Q(signed__tier=Tier.MICRO)),
            Choice("undetermined", _("Undetermined"), Q(signed__tier=Tier.UNDETERMINED)),
        )),
        Facet("wish", _("Wishes to"), (
            Choice("products", _("Try products"), Q(tries_products=True)),
            Choice("events", _("Come to events"), Q(attends_events=True)),
        )),
        Facet("language", _("Language"), (
            Choice("fr", "Français", Q(language="fr")),
            Choice("en", "English", Q(language="en")),
        )),
        Facet("proof", _("Proof"), (
            Choice("strong", _("Archive or API"), Q(proof__in=STRONG)),
            Choice("public", _("Public"), Q(proof=Proof.PUBLIC)),
            Choice("screenshot", _("Screenshot"), Q(proof=Proof.SCREENSHOT)),
            Choice("declared", _("Declared only"), Q(proof=Proof.DECLARED)),
        )),
        Facet("contact", _("Last contact"), (
            Choice("never", _("Never asked yet"), Q(last_contact=None)),
            Choice("quarter", _("Not this quarter"), ~recently | Q(last_contact=None)),
        )),
        Facet("state", _("Availability"), (
            Choice("asleep", _("On a break"), Q(state=Person.State.ASLEEP)),
        )),
    )  # fmt: skip


def everyone(programme: Programme) -> QuerySet[Person]:
    """Members and those on a break, with the verdict, largest account and last contact joined."""
    people = Person.objects.in_programme(programme).filter(
        state__in=[Person.State.MEMBER, Person.State.ASLEEP]
    )
    asked = Offer.objects.filter(person=OuterRef("pk"), sent_at__isnull=False).order_by("-sent_at")
    annotated: QuerySet[Person] = with_largest_account(with_verdict(people)).annotate(
        last_contact=Subquery(asked.values("sent_at")[:1]),
        tier=F("signed__tier"),
        signed_archetype=F("signed__archetype"),
        closeness=F("signed__closeness"),
        closeness_low=F("signed__closeness_low"),
        closeness_high=F("signed__closeness_high"),
        closeness_from=F("signed__closeness_from"),
        has_grown=Case(When(grown(programme), then=Value(True)), default=Value(False)),
    )
    return annotated


def with_words(people: QuerySet[Person], words: str) -> QuerySet[Person]:
    """Every word must be somewhere, accents and case aside."""
    for word in fold(words).split():
        people = people.filter(search_text__contains=word)
    return people


class BankSearch:
    """One question put to the bank, from the query string of its address."""

    def __init__(self, programme: Programme, query: Mapping[str, Any] | QueryDict) -> None:
        self.query = query if isinstance(query, QueryDict) else QueryDict()
        self.words = self.query.get("q", "").strip()
        self.facets = facets(timezone.now())
        self.found = with_words(everyone(programme), self.words)

    def _kept(self, *, but: str = "") -> QuerySet[Person]:
        people = self.found
        for facet in self.facets:
            chosen = facet.chosen(self.query)
            if facet.name == but:
                continue
            if facet.name == "state" and not chosen:
                people = people.filter(state=Person.State.MEMBER)
            if chosen:
                people = people.filter(_any(chosen))
        return people

    @property
    def people(self) -> QuerySet[Person]:
        return self._kept().order_by("family_name", "given_name", "pk")

    @property
    def chosen(self) -> list[tuple[Facet, Choice]]:
        return [(facet, choice) for facet in self.facets for choice in facet.chosen(self.query)]

    def counts(self) -> dict[str, dict[str, int]]:
        """How many people each line of each facet would keep, the other facets applied."""
        # Facets with nothing chosen count the same people: one query serves them all.
        free = [facet for facet in self.facets if not facet.chosen(self.query)]
        held = [facet for facet in self.facets if facet.chosen(self.query)]
        found = _count(self._kept(), [facet for facet in free if facet.name != "state"])
        for facet in held:
            found |= _count(self._kept(but=facet.name), [facet])
        return found | _count(self._kept(but="state"), [self.facets[-1]])


def _count(people: QuerySet[Person], facets: list[Facet]) -> dict[str, dict[str, int]]:
    lines = {f"{f.name}_{c.value}": c.keeps for f in facets for c in f.choices}
    counted = people.aggregate(**{name: Count("pk", filter=keeps) for name, keeps in lines.items()})
    return {f.name: {c.value: counted[f"{f.name}_{c.value}"] for c in f.choices} for f in facets}


def _any(choices: list[Choice]) -> Q:
    kept = Q()
    for choice in choices:
        kept |= choice.keeps
    return kept
