"""One purpose, one act; withdrawing keeps the proof."""

import pytest
from django.utils import timezone

from proche.areas.consent.actions import give, withdraw
from proche.areas.consent.models import Consent, Purpose
from proche.areas.consent.queries import agreed, texts_in_force
from proche.areas.people.models import Person
from proche.common.errors import Refusal
from tests.cast import Cast
from tests.factories.people import PersonFactory


@pytest.fixture
def person(cast: Cast) -> Person:
    person: Person = PersonFactory.create(programme=cast.programme)
    return person


def agree(person: Person, *purposes: str) -> list[Consent]:
    source = Consent.Source.MEMBER_PAGE
    now = timezone.now()
    return give(person, purposes, source=source, language="fr", french_shown_at=now)


def test_every_purpose_has_words_in_both_languages(db: None) -> None:
    texts = texts_in_force()
    assert set(texts) == set(Purpose.values)
    for text in texts.values():
        assert text.title_fr != text.title_en
        assert text.consequence_fr != text.consequence_en


def test_giving_twice_keeps_one_row_with_the_words_shown(person: Person) -> None:
    agree(person, Purpose.OFFERS)
    agree(person, Purpose.OFFERS, Purpose.BRANDS)
    rows = person.consents.values_list("purpose", "text__version")
    assert sorted(rows) == [("brands", 1), ("offers", 1)]


def test_withdrawing_stops_at_once_and_keeps_the_proof(person: Person) -> None:
    agree(person, Purpose.OFFERS)
    withdraw(person, Purpose.OFFERS)
    assert not Person.objects.filter(agreed(Purpose.OFFERS)).exists()
    assert person.consents.get().withdrawn_at is not None
    agree(person, Purpose.OFFERS)
    assert person.consents.count() == 2


def test_the_bank_is_left_by_leaving_not_by_a_box(person: Person) -> None:
    agree(person, Purpose.BANK)
    with pytest.raises(Refusal) as refusal:
        withdraw(person, Purpose.BANK)
    assert refusal.value.code == "leave_instead"
    assert Person.objects.filter(agreed(Purpose.BANK)).exists()
