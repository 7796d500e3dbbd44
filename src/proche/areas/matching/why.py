"""Why anybody is ranked where they are, or not at all: asked again of the bank as it is now."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import islice

from django.db.models import QuerySet

from proche.areas.accounts.models import Programme
from proche.areas.brands.models import Brief
from proche.areas.matching.bank import in_the_bank, with_consents
from proche.areas.matching.everybody import by_name
from proche.areas.matching.factors import factors_of
from proche.areas.matching.history import Histories
from proche.areas.matching.models import Factors, Shortlist
from proche.areas.matching.queries import with_let_go
from proche.areas.matching.ranking import (
    NO_OFFERS,
    Ground,
    Told,
    first_filters,
    ground_of,
    told,
    weighed,
    weights_of,
)
from proche.areas.people.actions import fold
from proche.areas.people.models import Person
from proche.core import matching

MOST_ANSWERS = 10


@dataclass(frozen=True)
class Answer:
    """`filtered` holds every filter that keeps the person out; `rank` is None for them."""

    person: Person
    chosen: bool = False
    rank: int | None = None
    ranked: int = 0
    reasons: list[Told] = field(default_factory=list)
    against: list[Told] = field(default_factory=list)
    filtered: list[Told] = field(default_factory=list)
    # What stood for and against them when they were chosen, whatever was ranked since.
    decided: Factors | None = None
    # The rank is where they would stand among those ranked then; they were not.
    came_since: bool = False
    # The brief or a rule changed since the ranking, so that it cannot say where they stand.
    outdated: bool = False


def people_named(programme: Programme, words: str, *, brief: Brief | None = None) -> list[Person]:
    """People of the bank whose name holds every word; with `let_go`, `let_go_at` and `let_go_by`
    where a brief is named."""
    asked = fold(words).split()
    people: QuerySet[Person] = with_consents(in_the_bank(programme))
    if brief is not None:
        people = with_let_go(people, brief)
    for word in asked:
        people = people.filter(search_text__contains=word)
    # The words searched also hold trade and email, which nobody means here.
    # One by one: in a large bank many have the name, and the first ones do.
    each = people.iterator(chunk_size=200)
    named = (person for person in each if all(word in fold(str(person)) for word in asked))
    return list(islice(named, MOST_ANSWERS))


def why(
    brief: Brief, shortlist: Shortlist, people: Sequence[Person], histories: Histories
) -> list[Answer]:
    ground, weights = ground_of(brief, histories), weights_of(shortlist.weights)
    decided = factors_of(brief, [person.pk for person in people])
    return [_answer(ground, weights, person, decided.get(person.pk)) for person in people]


def _answer(
    ground: Ground, weights: matching.Weights, person: Person, decided: Factors | None
) -> Answer:
    chosen = is_seated(decided)
    if person.pk in ground.without_offers:
        return Answer(person, chosen, filtered=[told(NO_OFFERS)], decided=decided)
    found = matching.explain(ground.brief, ground.pool, str(person.pk), weights=weights)
    match = found.match
    return Answer(
        person,
        chosen,
        rank=found.position,
        ranked=found.considered,
        reasons=weighed(match.reasons) if match else [],
        against=[told(reason) for reason in match.against] if match else [],
        filtered=[told(sentence) for sentence in found.filters],
        decided=decided,
    )


def is_seated(decided: Factors | None) -> bool:
    """Whoever has a seat has had one since their factors were kept."""
    return bool(decided and decided.seated)  # type: ignore[attr-defined]


def set_aside(
    brief: Brief, histories: Histories, *, code: str = ""
) -> list[tuple[Person, list[Told]]]:
    """Everybody set aside, with the filter that counted; only those of one filter if named."""
    ground = ground_of(brief, histories)
    ranking = matching.rank(ground.brief, ground.pool, top=0)
    first = first_filters(ground, ranking)
    words = {**ranking.sentences, NO_OFFERS.code: NO_OFFERS}
    found = [
        (ground.people[person_id], [told(words[kept_by])])
        for person_id, kept_by in first.items()
        if not code or kept_by == code
    ]
    return sorted(found, key=lambda pair: by_name(pair[0]))
