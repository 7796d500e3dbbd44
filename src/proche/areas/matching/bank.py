"""The bank as the ranking reads it: every member in a constant number of queries."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from proche.areas.accounts.models import Programme
from proche.areas.brands.models import Brand, Brief
from proche.areas.brands.queries import topic_names
from proche.areas.consent.models import Purpose
from proche.areas.consent.queries import agreed
from proche.areas.evidence.models import Verdict
from proche.areas.matching.history import NEW, Histories, History
from proche.areas.matching.ranking_rules import Rules
from proche.areas.people.actions import fold
from proche.areas.people.models import Account, Person
from proche.core import matching, topics
from proche.core.topics.words import WORD

PROOFS = ("declared", "screenshot", "public", "archive", "api")
ADULT = 18
# Those the ranking asks about.
CONSENTS = (Purpose.SHORTLISTS, Purpose.OFFERS)


@dataclass(frozen=True)
class Facts:
    """A person with everything the ranking needs to know of them."""

    person: Person
    accounts: tuple[Account, ...]
    verdict: Verdict | None
    consents: frozenset[str]
    history: History


def in_the_bank(programme: Programme) -> QuerySet[Person]:
    """Members and those on a break: the first are ranked, the second counted as set aside."""
    held = [Person.State.MEMBER, Person.State.ASLEEP]
    return Person.objects.in_programme(programme).filter(state__in=held)


def with_consents(people: QuerySet[Person]) -> QuerySet[Any]:
    """Each person with the consents that the ranking asks about."""
    return people.annotate(**{f"agreed_{purpose}": agreed(purpose) for purpose in CONSENTS})


def bank_of(programme: Programme, histories: Histories) -> list[Facts]:
    """Everybody in the bank; three queries."""
    members = in_the_bank(programme).order_by("pk")
    return _facts(with_consents(members), members, histories)


def facts_about(people: Sequence[Any], histories: Histories) -> list[Facts]:
    """Of these people, read `with_consents`; two queries more."""
    return _facts(people, [person.pk for person in people], histories)


def _facts(
    people: Iterable[Any], among: QuerySet[Person] | list[int], histories: Histories
) -> list[Facts]:
    accounts: dict[int, list[Account]] = defaultdict(list)
    for account in Account.objects.filter(person__in=among):
        accounts[account.person_id].append(account)
    signed = {v.person_id: v for v in Verdict.objects.signed().filter(person__in=among)}
    return [
        Facts(
            person,
            tuple(accounts[person.pk]),
            signed.get(person.pk),
            frozenset(purpose for purpose in CONSENTS if getattr(person, f"agreed_{purpose}")),
            histories.get(person.pk, NEW),
        )
        for person in people
    ]


def member_of(facts: Facts, brand: Brand) -> matching.Member:
    person, verdict = facts.person, facts.verdict
    own = own_text(facts)
    return matching.Member(
        member_id=str(person.pk),
        text=own,
        topics=tuple(person.topics),
        captions=facts.history.captions,
        region=person.region or None,
        languages=tuple(person.content_languages or [person.language]),
        followers=max(
            (a.followers for a in facts.accounts if a.followers is not None), default=None
        ),
        closeness=verdict.closeness if verdict else None,
        closeness_measures=verdict.closeness_from if verdict else None,
        proof=_best_proof(facts.accounts),
        tier=verdict.tier if verdict else None,
        archetype=(verdict.archetype if verdict else "") or person.archetype or None,
        try_products=person.tries_products,
        attend_events=person.attends_events,
        # Not ticked is not a denial: nobody was asked twice.
        age_ok=True if person.adult else None,
        may_be_shortlisted=Purpose.SHORTLISTS in facts.consents,
        asleep=person.state == Person.State.ASLEEP,
        refused_brands=_listed(person.refused_brands),
        # In the same field people write kinds of products too.
        refused_categories=kinds_in(_listed(person.refused_brands)),
        recent_brands=facts.history.recent_brands,
        asks_this_quarter=facts.history.asks_this_quarter,
        months_since_last_ask=facts.history.months_since_last_ask,
        mentioned_brand=True if names_brand(own, brand) else None,
        posted=facts.history.posted,
        owed=facts.history.owed,
        limits=person.limits,
        # Words that wait for the consent are not read: it only counts that there are some.
        limits_known=True if person.limits else False if person.limits_to_ask else None,
        accepts_alcohol=person.accepts_alcohol or None,
    )


def own_text(facts: Facts) -> str:
    """What the person wrote of themselves: trade, own words, the bios of their accounts."""
    parts = chain(
        [facts.person.occupation, facts.person.own_words], (a.bio for a in facts.accounts)
    )
    return "\n".join(part for part in parts if part)


def names_brand(text: str, brand: Brand) -> bool:
    """The brand, or one of its other spellings, as whole words."""
    spaced = f" {_words(text)} "
    names = [brand.name, *brand.aliases]
    return any(f" {found} " in spaced for name in names if (found := _words(name)))


def _words(text: str) -> str:
    return " ".join(WORD.findall(fold(text)))


def _listed(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.replace(";", ",").split(",") if part.strip())


def _best_proof(accounts: Iterable[Account]) -> str | None:
    known = [account.proof for account in accounts if account.followers is not None]
    return max(known, key=PROOFS.index, default=None)


def brief_of(brief: Brief, rules: Rules) -> matching.Brief:
    """The brief as the ranking reads it. What is asked of the member is left out: « une photo »
    would bring photographers."""
    brand = brief.brand
    kinds = [name for side in ("fr", "en") for name in topic_names(brand.categories, side)]
    words = [brief.gets_fr, brief.gets_en, *dict.fromkeys(kinds)]
    return matching.Brief(
        title=f"{brief.title_fr}\n{brief.title_en}",
        text="\n".join(words),
        topics=tuple(brief.topics),
        languages=tuple(brief.languages),
        quantity=brief.quantity,
        regions=tuple(brief.regions),
        min_age=ADULT if brief.adults_only or brief.alcohol else None,
        archetypes=tuple(brief.archetypes),
        brand=brand.name,
        categories=kinds_in(brand.categories),
        rivals=_rivals(brand),
        exclusivity_months=rules.exclusivity_months,
        asks_per_quarter=brand.programme.asks_per_quarter,
        format=brief.format,
        contains=tuple(brief.contains),
        alcohol=brief.alcohol,
    )


def kinds_in(words: Iterable[str]) -> tuple[str, ...]:
    """Kinds of products: the codes of the taxonomy, and the words as typed."""
    return tuple(
        dict.fromkeys(kind for word in words for kind in (*topics.named(word), word) if kind)
    )


def _rivals(brand: Brand) -> tuple[str, ...]:
    """The names of those of the programme, and the others as typed; a name typed that is another
    spelling of a brand of the programme is that brand."""
    typed = {_words(name) for name in brand.other_rivals}
    pair = Brand.rivals.through.objects.filter(from_brand=brand, to_brand=OuterRef("pk"))
    others = Brand.objects.in_programme(brand.programme).exclude(pk=brand.pk)
    named = others.annotate(rival=Exists(pair)).values_list("name", "aliases", "rival")
    found = {
        name
        for name, aliases, rival in named
        if rival or typed & {_words(known) for known in (name, *aliases)}
    }
    return tuple(sorted(found | set(brand.other_rivals)))
