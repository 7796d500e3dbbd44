"""A large bank is answered about from what its ranking left: as the bank itself would answer."""

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from proche.areas.brands.models import Brief
from proche.areas.content.leaving import leave
from proche.areas.content.own_data import own_data
from proche.areas.matching.actions import make_shortlist, set_rules
from proche.areas.matching.as_ranked import aside_now, why_as_ranked
from proche.areas.matching.bank import with_consents
from proche.areas.matching.everybody import Standing, standing_then
from proche.areas.matching.history import History
from proche.areas.matching.models import EveryPart, Shortlist
from proche.areas.matching.why import Answer, set_aside, why
from proche.areas.people.models import Person
from proche.core.matching import Weights
from tests.cast import Cast
from tests.factories.brands import BrandFactory, BriefFactory
from tests.factories.matching import a_member, signed_verdict
from tests.factories.people import PersonFactory, consenting

pytestmark = pytest.mark.django_db
SAYINGS = (
    "Coiffeuse, balayage et mèches.",
    "Le bois, la forêt.",
    "I love hair. My haircut!",
    "Sapinelle m’a appris les cheveux, les cheveux, les cheveux.",
    "",
)


@pytest.fixture
def brief(cast: Cast) -> Brief:
    brand = BrandFactory.create(programme=cast.programme, name="Sapinelle")
    found: Brief = BriefFactory.create(brand=brand, regions=["01"], adults_only=True)
    return found


@pytest.fixture
def bank(cast: Cast) -> list[Person]:
    """Everybody of a bank where each filter and each part tells somebody from the others."""
    people = [
        a_member(
            cast.programme,
            given_name=f"Personne {n}",
            own_words=SAYINGS[n % 5],
            occupation="",
            topics=["hair"] if n % 3 == 0 else [],
            region="06" if n % 7 == 3 else "01",
            adult=n % 8 != 5,
            refused_brands="sapinelle" if n == 11 else "",
            state=Person.State.ASLEEP if n == 12 else Person.State.MEMBER,
        )
        for n in range(24)
    ]
    for n, person in enumerate(people[:10]):
        signed_verdict(person, closeness=float(n * 31 % 97))
    people.append(consenting(PersonFactory.create(programme=cast.programme), "shortlists"))
    return people


def past(bank: list[Person]) -> dict[int, History]:
    return {
        bank[0].pk: History(asks_this_quarter=1, months_since_last_ask=2, owed=3, posted=1),
        bank[1].pk: History(asks_this_quarter=9, months_since_last_ask=0),
        bank[6].pk: History(months_since_last_ask=7, captions=("Mes cheveux au vent.",)),
    }


def left_by(shortlist: Shortlist) -> Standing:
    found = standing_then(Shortlist.objects.get(pk=shortlist.pk))
    assert found is not None
    return found


def as_named(people: list[Person]) -> list[Any]:
    """The people in this order, read as `people_named` reads them."""
    rows = with_consents(Person.objects.filter(pk__in=[person.pk for person in people]))
    found = {person.pk: person for person in rows}
    return [found[person.pk] for person in people]


def answers(brief: Brief, shortlist: Shortlist, person: Person) -> Answer:
    [found] = why_as_ranked(brief, left_by(shortlist), as_named([person]), {})
    return found


def test_what_a_ranking_left_answers_as_the_whole_bank_does(
    brief: Brief, bank: list[Person]
) -> None:
    histories = past(bank)
    shortlist = make_shortlist(brief, histories, by=None, weights={"closeness": 7})
    then = left_by(shortlist)
    told = why_as_ranked(brief, then, as_named(bank), histories)
    assert told == why(brief, shortlist, bank, histories)
    for code in ("", "region", "age_unknown", "asleep", "no_offers", "limits"):
        now = aside_now(brief, then, then.aside.kept_out_by(code), histories)
        assert now == set_aside(brief, histories, code=code)
    assert len(then.aside.people) == 25 - shortlist.considered


def test_what_is_said_of_the_person_is_true_now(brief: Brief, bank: list[Person]) -> None:
    """The one who was last has learned the trade; the one who was first no longer wishes to."""
    shortlist = make_shortlist(brief, {}, by=None)
    first, last = (
        shortlist.entries.order_by(order).select_related("person")[0].person
        for order in ("rank", "-rank")
    )
    first.consents.filter(purpose="offers").delete()
    last.own_words, last.topics = SAYINGS[3], ["hair"]
    last.save()
    assert [told["code"] for told in answers(brief, shortlist, first).filtered] == ["no_offers"]
    raised = answers(brief, shortlist, last)
    assert raised.rank is not None
    assert raised.rank < shortlist.considered
    # Nobody else changed, so the bank gives the place too, one better: the first is gone from it.
    [live] = why(brief, shortlist, [last], {})
    assert live.rank in (raised.rank, raised.rank - 1)
    [told] = aside_now(brief, left_by(shortlist), [first.pk], {})
    assert told[1][0]["code"] == "no_offers"


def test_somebody_who_came_since_has_the_place_they_would_have_had(
    cast: Cast, brief: Brief, bank: list[Person]
) -> None:
    shortlist = make_shortlist(brief, {}, by=None)
    comer = a_member(cast.programme, own_words=SAYINGS[3], topics=["hair"], region="01")
    found = answers(brief, shortlist, comer)
    assert (found.came_since, found.ranked) == (True, shortlist.considered + 1)
    [live] = why(brief, shortlist, [comer], {})
    assert found.rank == live.rank
    freed = Person.objects.get(given_name="Personne 12")
    Person.objects.filter(pk=freed.pk).update(state="member")
    [(_person, [told])] = aside_now(brief, left_by(shortlist), [freed.pk], {})
    assert told["code"] == "passes_now"


def test_a_brief_changed_since_is_said_and_only_its_filters_answer(
    cast: Cast, brief: Brief, bank: list[Person]
) -> None:
    shortlist = make_shortlist(brief, {}, by=None)
    brief.regions = ["01", "06"]
    found, other = (answers(brief, shortlist, bank[n]) for n in (3, 12))
    assert (found.outdated, found.rank, found.reasons, found.filtered) == (True, None, [], [])
    assert (other.outdated, [told["code"] for told in other.filtered]) == (False, ["asleep"])
    brief.regions = ["01"]
    assert not answers(brief, shortlist, bank[0]).outdated
    rules = {"exclusivity_months": 11, "asks_per_quarter": 2}
    set_rules(cast.programme, asdict(Weights()), **rules, by=cast.owner)
    assert answers(brief, shortlist, bank[0]).outdated


def test_a_ranking_made_before_this_was_kept_says_so(brief: Brief, bank: list[Person]) -> None:
    shortlist = make_shortlist(brief, {}, by=None)
    EveryPart.objects.update(yardstick={})
    assert standing_then(Shortlist.objects.get(pk=shortlist.pk)) is None


def test_who_leaves_goes_from_those_set_aside_and_reads_it_before(
    brief: Brief, bank: list[Person]
) -> None:
    shortlist = make_shortlist(brief, {}, by=None)
    far = bank[3]
    [told] = own_data(far)["rankings"]
    assert told == {"ranked_at": shortlist.made_at, "set_aside_by": "region"}
    before = left_by(shortlist).aside.people
    leave(far)
    after = left_by(shortlist).aside.people
    assert set(before.tolist()) - set(after.tolist()) == {far.pk}
    assert own_data(far)["rankings"] == []


def test_an_answer_costs_as_many_queries_whatever_the_bank(
    cast: Cast, brief: Brief, bank: list[Person]
) -> None:
    def counted() -> Iterator[int]:
        shortlist = make_shortlist(brief, {}, by=None)
        for people in (bank[:1], bank[:3]):
            with CaptureQueriesContext(connection) as queries:
                why_as_ranked(brief, left_by(shortlist), as_named(people), {})
                aside_now(brief, left_by(shortlist), [person.pk for person in people], {})
            yield len(queries)

    few = [*counted()]
    for _ in range(6):
        a_member(cast.programme)
    assert {*few, *counted()} == {few[0]}
