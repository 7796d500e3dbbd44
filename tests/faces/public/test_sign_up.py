"""The sign-up, screen by screen, as a browser without JavaScript sends it."""

import re
from typing import Any

import pytest
from django.test import Client

from proche.areas.messages.models import Message
from proche.areas.people.models import Person
from proche.areas.recruitment.models import Application
from tests.cast import Cast

ACCOUNT = {
    "form-TOTAL_FORMS": "3",
    "form-INITIAL_FORMS": "0",
    "form-0-platform": "instagram",
    "form-0-handle": "@ciseaux.camille",
    "form-0-followers": "812",
}
SCREENS: list[tuple[str, dict[str, Any]]] = [
    ("partage", {"archetype": "professional"}),
    (
        "vous",
        {
            "given_name": "Camille",
            "family_name": "Ouellet",
            "email": "camille@exemple.example",
            "region": "01",
            "city": "Rimouski",
            "adult": "on",
        },
    ),
    (
        "sujets",
        {
            "occupation": "coiffeuse",
            "workplace": "Salon Ciseaux, Rimouski",
            "shows_trade": "mostly",
            "shows_clients": "asked",
            "topics": ["beauty"],
            "content_languages": ["fr"],
            "seeks_living": "no",
        },
    ),
    ("comptes", ACCOUNT),
    ("envies", {"tries_products": "on"}),
    ("accords", {"bank": "on", "offers": "on"}),
]


@pytest.fixture
def visitor(cast: Cast) -> Client:
    return Client()


def walk(visitor: Client, until: str) -> None:
    """Fill every screen before `until`."""
    for name, data in SCREENS:
        if name == until:
            return
        answer = visitor.post(f"/inscription/{name}/", data)
        assert answer.status_code == 302, answer.content.decode()


def test_six_screens_make_one_application(visitor: Client) -> None:
    walk(visitor, until="")
    person = Person.objects.get()
    assert (person.given_name, person.archetype, person.topics) == (
        "Camille",
        "professional",
        ["beauty"],
    )
    assert person.accounts.get().handle == "ciseaux.camille"
    assert person.application.state == Application.State.UNCONFIRMED


def test_opening_the_link_confirms_nothing_until_the_button(visitor: Client) -> None:
    walk(visitor, until="")
    found = re.search(r"http://[^/]+(/inscription/confirmer/\S+)", Message.objects.get().body)
    assert found is not None
    link = found.group(1)
    visitor.get(link)
    assert Application.objects.get().state == Application.State.UNCONFIRMED
    visitor.post(link)
    assert Application.objects.get().state == Application.State.RECEIVED


def test_a_later_screen_sends_back_to_the_first_one_missing(visitor: Client) -> None:
    walk(visitor, until="sujets")
    answer = visitor.get("/inscription/accords/")
    assert answer.headers["Location"] == "/inscription/sujets/"


def test_no_box_is_ticked_in_advance(visitor: Client) -> None:
    walk(visitor, until="accords")
    page = visitor.get("/inscription/accords/").content.decode()
    assert page.count('type="checkbox"') == 5
    assert "checked" not in page


def test_a_wrong_field_says_so_beside_it_and_keeps_the_rest(visitor: Client) -> None:
    walk(visitor, until="vous")
    wrong = {**SCREENS[1][1], "email": "camille", "given_name": "Camille"}
    page = visitor.post("/inscription/vous/", wrong).content.decode()
    assert 'value="camille"' in page
    assert 'value="Camille"' in page
    assert 'aria-invalid="true"' in page


def test_going_back_shows_what_was_typed(visitor: Client) -> None:
    walk(visitor, until="sujets")
    assert 'value="Rimouski"' in visitor.get("/inscription/vous/").content.decode()


def test_only_a_professional_is_asked_for_a_trade(visitor: Client) -> None:
    walk(visitor, until="sujets")
    assert 'name="occupation"' in visitor.get("/inscription/sujets/").content.decode()
    visitor.post("/inscription/partage/", {"archetype": "consumer"})
    assert 'name="occupation"' not in visitor.get("/inscription/sujets/").content.decode()


def test_one_account_at_least_is_needed(visitor: Client) -> None:
    walk(visitor, until="comptes")
    empty = {"form-TOTAL_FORMS": "3", "form-INITIAL_FORMS": "0"}
    answer = visitor.post("/inscription/comptes/", empty)
    assert (answer.status_code, "field-error" in answer.content.decode()) == (200, True)


def test_without_the_consent_to_the_bank_nothing_is_kept(visitor: Client) -> None:
    walk(visitor, until="accords")
    answer = visitor.post("/inscription/accords/", {"offers": "on"})
    assert answer.status_code == 200
    assert not Person.objects.exists()


def test_in_english_the_french_words_come_first(visitor: Client) -> None:
    visitor.cookies["django_language"] = "en"
    walk(visitor, until="accords")
    page = visitor.get("/inscription/accords/").content.decode()
    assert "Faire partie de la banque" in page
    assert 'type="checkbox"' not in page
    visitor.post("/inscription/francais/")
    page = visitor.get("/inscription/accords/").content.decode()
    assert "Be in the bank" in page
    visitor.post("/inscription/accords/", {"bank": "on"})
    assert Person.objects.get().consents.get().language == "en"


def test_the_browser_language_never_decides(visitor: Client) -> None:
    page = visitor.get("/", headers={"accept-language": "en-CA,en"})
    assert page.headers["Content-Language"] == "fr"
    assert '<html lang="fr"' in page.content.decode()
