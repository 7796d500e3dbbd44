"""Why anybody is ranked where they are in a large bank, which is not read for one person: what the
ranking left says how they compare, and the facts about them are those of now."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

import numpy as np

from proche.areas.brands.models import Brief
from proche.areas.consent.models import Purpose
from proche.areas.matching.bank import brief_of, facts_about, in_the_bank, member_of, with_consents
from proche.areas.matching.everybody import Everybody, Standing, mark_of, standing_then
from proche.areas.matching.factors import factors_of
from proche.areas.matching.history import Histories
from proche.areas.matching.models import Shortlist
from proche.areas.matching.ranking import NO_OFFERS, Told, told, weighed, weights_of
from proche.areas.matching.ranking_rules import rules_of
from proche.areas.matching.why import Answer, is_seated
from proche.areas.people.models import Person
from proche.core import matching
from proche.core.results import Sentence

# Up to so many people, reading the whole bank again takes no time that anybody would notice.
AT_ONCE = 1_000
# Parts are kept in 32 bits and compared in four decimals.
SAME = 1e-4
PASSES_NOW = Sentence(
    "passes_now",
    "passe aujourd’hui tous les filtres\u00a0: classez la banque de nouveau pour voir son rang",
    "passes every filter today: rank the bank again to see their place",
)


def is_large(people: int) -> bool:
    """Whether a bank of so many people is ranked in a job, and asked of what the ranking left."""
    return people > AT_ONCE


def looked_at(shortlist: Shortlist) -> int:
    """How many people the ranking looked at, set aside or not."""
    aside = sum(int(reason["n"]) for reason in shortlist.filtered_out)
    return int(shortlist.considered) + aside


def left_of(shortlist: Shortlist) -> Standing | None:
    """What the ranking of a large bank left; None where the bank itself is to be asked."""
    return standing_then(shortlist) if is_large(looked_at(shortlist)) else None


def why_as_ranked(
    brief: Brief, then: Standing, people: Sequence[Person], histories: Histories
) -> list[Answer]:
    """As `why`, without reading the bank: of people as `people_named` gives them; `histories` need
    hold no one else."""
    asked = brief_of(brief, rules_of(brief.brand.programme))
    weights = weights_of(brief.shortlist.weights)
    numbers = [person.pk for person in people]
    decided = factors_of(brief, numbers)
    facts = facts_about(people, histories)
    alone = {
        known.person.pk: matching.explain_alone(
            asked, member_of(known, brief.brand), then.yardstick, weights=weights
        )
        for known in facts
        if Purpose.OFFERS in known.consents
    }
    outdated = mark_of(asked) != then.mark
    return [
        replace(
            _answer(then, person, alone.get(person.pk), weights, outdated=outdated),
            decided=(kept := decided.get(person.pk)),
            chosen=is_seated(kept),
        )
        for person in people
    ]


def _answer(
    then: Standing,
    person: Person,
    found: matching.Alone | None,
    weights: matching.Weights,
    *,
    outdated: bool,
) -> Answer:
    if found is None:
        return Answer(person, filtered=[told(NO_OFFERS)])
    ranked = len(then.everybody.people)
    if found.match is None or outdated:
        filtered = [told(sentence) for sentence in found.filters]
        return Answer(person, ranked=ranked, filtered=filtered, outdated=not filtered)
    place = _place_of(then.everybody, person.pk)
    return Answer(
        person,
        rank=_rank(then.everybody, place, found, weights),
        ranked=ranked + (place is None),
        reasons=weighed(found.match.reasons),
        against=[told(reason) for reason in found.match.against],
        came_since=place is None,
    )


def _place_of(known: Everybody, person_id: int) -> int | None:
    return next(iter(np.flatnonzero(known.people == person_id).tolist()), None)


def _rank(
    known: Everybody, place: int | None, found: matching.Alone, weights: matching.Weights
) -> int:
    """From 1. Whose facts are as they were stands where they stood; otherwise the points they
    have now are held against those of the others then."""
    match = found.match
    assert match
    if place is not None and tuple(match.values) == known.parts.names:
        now = np.array(list(match.values.values()))
        if np.abs(known.parts.values[:, place] - now).max(initial=0.0) <= SAME:
            return place + 1
    better = known.parts.totals(weights) > found.total
    if place is not None:
        better[place] = False
    return int(np.count_nonzero(better)) + 1


def aside_now(
    brief: Brief, then: Standing, numbers: Iterable[int], histories: Histories
) -> list[tuple[Person, list[Told]]]:
    """Of these people set aside by a ranking, the filter that counts today, in the same order; who
    is no longer in the bank is left out."""
    asked = brief_of(brief, rules_of(brief.brand.programme))
    wanted = list(numbers)
    found = {}
    people = with_consents(in_the_bank(brief.brand.programme).filter(pk__in=wanted))
    for known in facts_about(list(people), histories):
        first = NO_OFFERS
        if Purpose.OFFERS in known.consents:
            member = member_of(known, brief.brand)
            alone = matching.explain_alone(asked, member, then.yardstick)
            first = next(iter(alone.filters), PASSES_NOW)
        found[known.person.pk] = (known.person, [told(first)])
    return [found[number] for number in wanted if number in found]
