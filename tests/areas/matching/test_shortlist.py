from dataclasses import asdict

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from proche.areas.matching.actions import make_shortlist
from proche.areas.matching.history import History
from proche.areas.matching.models import Shortlist
from proche.areas.matching.why import people_named, set_aside, why
from proche.areas.people.models import Person
from proche.core.matching import Weights
from tests.cast import Cast
from tests.factories.brands import BrandFactory, BriefFactory
from tests.factories.matching import a_member, a_roster, signed_verdict
from tests.factories.people import PersonFactory, consenting

pytestmark = pytest.mark.django_db


def names(shortlist: Shortlist) -> list[str]:
    return [entry.person.given_name for entry in shortlist.entries.select_related("person")]


def counts(shortlist: Shortlist) -> dict[str, int]:
    return {reason["code"]: reason["n"] for reason in shortlist.filtered_out}


def test_who_talks_about_the_subject_comes_first_with_the_reason(cast: Cast) -> None:
    brief = BriefFactory.create(brand__programme=cast.programme)
    a_member(
        cast.programme, given_name="Gabriel", occupation="ébéniste", own_words="Le bois.", topics=[]
    )
    a_member(cast.programme, given_name="Camille")
    shortlist = make_shortlist(brief, {}, by=cast.strategist)
    assert names(shortlist) == ["Camille", "Gabriel"]
    first, second = shortlist.entries.all()
    assert "topics" in [reason["code"] for reason in first.reasons]
    assert {"fr", "en", "code", "weight"} == set(first.reasons[0])
    assert "off_subject" in [caution["code"] for caution in second.against]
    assert first.score > second.score
    assert (shortlist.considered, shortlist.made_by) == (2, cast.strategist)
    assert shortlist.weights == asdict(Weights())


def test_each_person_set_aside_is_counted_once_under_the_filter_that_counted(cast: Cast) -> None:
    brand = BrandFactory.create(programme=cast.programme, name="Sapinelle")
    brief = BriefFactory.create(brand=brand, regions=["01"], adults_only=True)
    a_member(cast.programme, given_name="Camille")
    a_member(cast.programme, region="06")
    a_member(cast.programme, adult=False)
    a_member(cast.programme, refused_brands="Four à bois, sapinelle")
    a_member(cast.programme, state=Person.State.ASLEEP)
    consenting(PersonFactory.create(programme=cast.programme), "bank", "offers")
    consenting(PersonFactory.create(programme=cast.programme), "bank", "shortlists")
    shortlist = make_shortlist(brief, {}, by=None)
    assert names(shortlist) == ["Camille"]
    assert counts(shortlist) == {
        "region": 1,
        "age_unknown": 1,
        "refused_brand": 1,
        "asleep": 1,
        "no_consent": 1,
        "no_offers": 1,
    }
    assert len(set_aside(brief, {})) == 6
    [(_person, [told])] = set_aside(brief, {}, code="no_offers")
    assert told["fr"] == "sans consentement aux propositions par courriel"


def test_people_outside_the_bank_are_neither_ranked_nor_counted(cast: Cast) -> None:
    brief = BriefFactory.create(brand__programme=cast.programme)
    for state in (Person.State.APPLIED, Person.State.LEFT, Person.State.REFUSED):
        a_member(cast.programme, state=state)
    a_member(BrandFactory.create().programme)
    shortlist = make_shortlist(brief, {}, by=None)
    assert (names(shortlist), counts(shortlist)) == ([], {})


def test_the_ceiling_of_asks_and_rivals_are_read_from_history(cast: Cast) -> None:
    brand = BrandFactory.create(programme=cast.programme)
    BrandFactory.create(programme=cast.programme, name="Boréale").rivals.add(brand)
    brief = BriefFactory.create(brand=brand)
    asked, linked, past, free = (
        a_member(cast.programme, given_name=name) for name in ("Ève", "Luc", "Zoé", "Ali")
    )
    shortlist = make_shortlist(
        brief,
        {
            asked.pk: History(asks_this_quarter=2, months_since_last_ask=0),
            linked.pk: History(months_since_last_ask=1, recent_brands=(("Boréale", 1),)),
            past.pk: History(months_since_last_ask=5, recent_brands=(("Boréale", 5),)),
        },
        by=None,
    )
    assert counts(shortlist) == {"asks": 1, "rival": 1}
    assert sorted(names(shortlist)) == ["Ali", "Zoé"]
    told = shortlist.entries.get(person=past)
    assert "past_rival" in [caution["code"] for caution in told.against]
    assert "waiting" in [reason["code"] for reason in told.reasons]
    fresh = shortlist.entries.get(person=free)
    assert "never_asked" in [reason["code"] for reason in fresh.reasons]


def test_the_signed_verdict_gives_closeness_and_a_brand_named_is_seen(cast: Cast) -> None:
    brand = BrandFactory.create(
        programme=cast.programme, name="Sapinelle", aliases=["@sapinelle_qc"]
    )
    brief = BriefFactory.create(brand=brand)
    person = a_member(cast.programme, own_words="Mes cheveux aiment @Sapinelle_QC!")
    signed_verdict(person, closeness=71, measures=3)
    entry = make_shortlist(brief, {}, by=None).entries.get()
    sentences = {reason["code"]: reason["fr"] for reason in entry.reasons}
    assert "71 sur 100, 3 mesures sur 6" in sentences["close"]
    assert sentences["unprompted"] == "A nommé Sapinelle sans qu’on le demande."


def test_weights_are_kept_with_the_shortlist_and_change_the_order(cast: Cast) -> None:
    brief = BriefFactory.create(brand__programme=cast.programme)
    near = a_member(
        cast.programme, given_name="Proche", own_words="Le bois.", occupation="", topics=[]
    )
    signed_verdict(near, closeness=95)
    signed_verdict(a_member(cast.programme, given_name="Sujet"), closeness=5)
    assert names(make_shortlist(brief, {}, by=None)) == ["Sujet", "Proche"]
    again = make_shortlist(brief, {}, by=None, weights={"relevance": 0, "closeness": 10})
    assert names(again) == ["Proche", "Sujet"]
    assert (again.weights["relevance"], again.weights["fairness"]) == (0, 1.5)


def test_ranking_again_replaces_the_list_and_keeps_who_was_chosen(cast: Cast) -> None:
    brief = BriefFactory.create(brand__programme=cast.programme, quantity=1)
    person = a_member(cast.programme, reached=range(10))
    roster = a_roster(brief)
    a_member(cast.programme)
    again = make_shortlist(brief, {}, by=None)
    assert again.entries.count() == 2
    assert [place.person for place in roster.places.all()] == [person]
    assert Shortlist.objects.count() == 1


def test_why_answers_for_the_ranked_and_for_those_set_aside(cast: Cast) -> None:
    brief = BriefFactory.create(brand__programme=cast.programme, regions=["01"])
    a_member(cast.programme, given_name="Camille")
    far = a_member(cast.programme, given_name="Odile", region="06", refused_brands=brief.brand.name)
    mute = consenting(
        PersonFactory.create(programme=cast.programme, given_name="Ali"), "shortlists"
    )
    shortlist = make_shortlist(brief, {}, by=None)
    ranked, kept_out, unwritten = why(
        brief,
        shortlist,
        [
            person
            for name in ("camille", "ODILE", "ali")
            for person in people_named(cast.programme, name)
        ],
        {},
    )
    assert (ranked.rank, ranked.ranked, ranked.filtered) == (1, 1, [])
    assert [told["code"] for told in kept_out.filtered] == ["region", "refused_brand"]
    assert (kept_out.person, kept_out.rank) == (far, None)
    assert [told["code"] for told in unwritten.filtered] == ["no_offers"]
    assert unwritten.person == mute


def test_a_name_is_found_without_its_accents_and_an_email_is_not(cast: Cast) -> None:
    found = a_member(cast.programme, given_name="Noémie", family_name="Dubé")
    a_member(cast.programme, given_name="Zoé", email="noemie@example.org")
    assert people_named(cast.programme, "noemie dube") == [found]


def test_the_bank_is_read_in_as_many_queries_for_one_as_for_ten(cast: Cast) -> None:
    brief = BriefFactory.create(brand__programme=cast.programme)
    a_member(cast.programme)
    with CaptureQueriesContext(
        connection,
    ) as few:
        make_shortlist(brief, {}, by=None)
    for _ in range(9):
        signed_verdict(a_member(cast.programme))
    with CaptureQueriesContext(connection) as many:
        make_shortlist(brief, {}, by=None)
    # The second time deletes the list before.
    assert len(many) <= len(few) + 1
