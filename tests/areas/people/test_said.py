"""Who said what and when: at sign-up, changed by the person, corrected by the team, put back."""

from datetime import timedelta

import pytest
from django.utils import timezone, translation

from proche.areas.people.actions import change_answers
from proche.areas.people.correcting import correct, put_back
from proche.areas.people.kept import Said
from proche.areas.people.models import Account, Person
from proche.areas.people.said import Fact, facts_said, note
from proche.areas.people.tasks import forget_what_is_old
from proche.areas.people.wording import line_of
from proche.common.errors import Refusal
from tests.cast import Cast
from tests.factories.people import AccountFactory, PersonFactory


def fact(person: Person, name: str) -> Fact:
    fresh = Person.objects.get(pk=person.pk)
    return next(one for one in facts_said(fresh) if one.name == name)


def test_each_fact_names_the_last_act_that_gave_its_value(cast: Cast) -> None:
    person = PersonFactory.create(programme=cast.programme, city="Rimouski")
    signed_up = timezone.now() - timedelta(days=400)
    note(person, ["city", "occupation"], Said.Source.SIGN_UP, None, signed_up)
    sheet = timezone.now() - timedelta(days=90)
    note(person, ["occupation"], Said.Source.SPREADSHEET, cast.owner, sheet)
    person.city = "Matane"
    change_answers(person)
    with translation.override("en"):
        city, trade = line_of(fact(person, "city")), line_of(fact(person, "occupation"))
        assert city.origin.startswith("changed by the person, ")
        assert [value for value, _told in city.earlier] == ["Rimouski"]
        assert trade.origin.startswith("from the agency’s spreadsheet, ")
        assert line_of(fact(person, "limits")).origin == "who said it first was not noted"


def test_answers_left_as_they_are_are_nobody_s_act(cast: Cast) -> None:
    person = PersonFactory.create(programme=cast.programme, topics=["hair", "food"])
    person.topics = ["food", "hair"]
    change_answers(person)
    assert not person.said.exists()


def test_a_correction_is_seen_with_its_reason_and_put_back(cast: Cast) -> None:
    person = PersonFactory.create(programme=cast.programme, city="Rimouski")
    said = correct(person, "city", "Rimousky", reason="Écrit ainsi.", by=cast.strategist)
    person.refresh_from_db()
    assert (person.city, "rimousky" in person.search_text) == ("Rimousky", True)
    assert line_of(fact(person, "city")).reason == "Écrit ainsi."
    assert line_of(fact(person, "city")).earlier == [("Rimouski", "")]
    told = line_of(fact(person, "city"), to_member=True).origin
    assert told.startswith("corrigé par l’équipe, ")
    put_back(said, by=None)
    person.refresh_from_db()
    assert (person.city, fact(person, "city").said) == ("Rimouski", None)
    verbs = person.timeline.order_by("id").values_list("verb", "details")
    assert list(verbs) == [
        ("fact_corrected", {"fact": "city"}),
        ("correction_objected", {"fact": "city"}),
    ]
    with pytest.raises(Refusal):
        put_back(said, by=cast.strategist)


def test_what_was_changed_since_is_not_put_back_over(cast: Cast) -> None:
    person = PersonFactory.create(programme=cast.programme)
    said = correct(person, "city", "Matane", reason="Déménage.", by=cast.owner)
    person.refresh_from_db()
    person.city = "Gaspé"
    change_answers(person)
    with pytest.raises(Refusal) as refused:
        put_back(said, by=cast.owner)
    assert refused.value.code == "changed_since"
    person.refresh_from_db()
    assert person.city == "Gaspé"


@pytest.mark.parametrize(
    ("name", "value", "reason", "code"),
    [
        ("own_words", "Autre chose.", "Mieux dit.", "theirs"),
        ("email", "autre@example.org", "Changée.", "theirs"),
        ("city", "Matane", "  ", "reason_needed"),
        ("city", "Rimouski", "La même.", "no_change"),
    ],
)
def test_the_team_corrects_neither_words_nor_address_nor_without_a_reason(
    cast: Cast, name: str, value: str, reason: str, code: str
) -> None:
    person = PersonFactory.create(programme=cast.programme)
    with pytest.raises(Refusal) as refused:
        correct(person, name, value, reason=reason, by=cast.owner)
    assert (refused.value.code, person.said.count()) == (code, 0)


def test_a_moved_handle_is_corrected_and_found_but_not_taken_twice(cast: Cast) -> None:
    person = PersonFactory.create(programme=cast.programme)
    first = AccountFactory.create(person=person, handle="ancien")
    AccountFactory.create(person=person, handle="autre")
    with pytest.raises(Refusal):
        correct(person, "handle", "AUTRE", reason="Déplacé.", by=cast.owner, account=first)
    correct(person, "handle", "nouveau", reason="Déplacé.", by=cast.owner, account=first)
    assert set(Account.objects.values_list("handle", flat=True)) == {"nouveau", "autre"}
    person.refresh_from_db()
    assert "nouveau" in person.search_text
    assert "ancien" not in person.search_text


def test_an_old_value_is_thrown_away_after_a_year(cast: Cast) -> None:
    person = PersonFactory.create(programme=cast.programme)
    said = correct(person, "city", "Matane", reason="Déménage.", by=cast.owner)
    forget_what_is_old()
    said.refresh_from_db()
    assert said.before == {"city": "Rimouski"}
    Said.objects.update(at=timezone.now() - timedelta(days=366))
    forget_what_is_old()
    said.refresh_from_db()
    assert said.before == {}
    assert line_of(fact(person, "city")).correction is None
