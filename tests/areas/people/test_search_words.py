"""The words the bank searches forgive accents and capitals."""

import pytest

from proche.areas.people.actions import fold, save_person
from proche.areas.people.models import Person
from tests.factories.people import AccountFactory, PersonFactory


@pytest.mark.parametrize(
    ("typed", "folded"),
    [
        ("Gaspésie", "gaspesie"),
        ("ÎLES-DE-LA-MADELEINE", "iles-de-la-madeleine"),
        ("L’Ancienne-Lorette", "l'ancienne-lorette"),
        ("Bœuf", "boeuf"),
    ],
)
def test_accents_and_capitals_are_put_aside(typed: str, folded: str) -> None:
    assert fold(typed) == folded


@pytest.mark.django_db
def test_the_words_hold_name_trade_region_topics_and_handles() -> None:
    person: Person = PersonFactory.create(given_name="Élise", region="11", topics=["home_decor"])
    AccountFactory.create(person=person, handle="Elise.Deco")
    save_person(person)
    for word in ("elise", "coiffeuse", "gaspesie", "magdalen", "home decor", "elise.deco"):
        assert word in person.search_text
