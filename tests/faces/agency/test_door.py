"""The door: its staff see the guests of the event and nothing else of the programme."""

import pytest
from django.test import Client

from proche.areas.accounts.actions import add_to_team
from proche.areas.events.models import Invitation
from tests.cast import Cast, signed_in
from tests.factories.events import a_guest, an_event


@pytest.fixture
def guest(cast: Cast) -> Invitation:
    return a_guest(an_event(cast.programme), given_name="Naïma", family_name="Benali")


@pytest.fixture
def doorkeeper(cast: Cast) -> Client:
    role = add_to_team(cast.programme, name="Porte", email="porte@voisine.example", kind="door")
    return signed_in(role.user)


def test_signing_in_leads_door_staff_to_the_door_and_nowhere_else(
    doorkeeper: Client, guest: Invitation
) -> None:
    assert doorkeeper.get("/entree/").headers["Location"] == "/bureau/accueil/"
    there = doorkeeper.get("/bureau/accueil/").headers["Location"]
    page = doorkeeper.get(there).content.decode()
    assert "Naïma Benali" in page
    assert guest.person.email not in page
    for elsewhere in ("/bureau/", "/bureau/banque/", f"/bureau/personnes/{guest.person.key}/"):
        assert doorkeeper.get(elsewhere).status_code == 404


def test_a_guest_comes_in_once_and_the_second_press_says_since_when(
    doorkeeper: Client, guest: Invitation
) -> None:
    url = f"/bureau/accueil/invites/{guest.key}/"
    doorkeeper.post(url)
    guest.refresh_from_db()
    assert guest.state == Invitation.State.CHECKED_IN
    page = doorkeeper.post(url, follow=True).content.decode()
    assert "Déjà" in page
    doorkeeper.post(f"{url}annuler/")
    guest.refresh_from_db()
    assert guest.state == Invitation.State.CONFIRMED


def test_a_name_is_found_whatever_its_accents(doorkeeper: Client, guest: Invitation) -> None:
    url = f"/bureau/accueil/{guest.event_id}/"
    assert "Naïma Benali" in doorkeeper.get(f"{url}?q=NAIMA").content.decode()
    assert "Naïma Benali" not in doorkeeper.get(f"{url}?q=tremblay").content.decode()


def test_a_stranger_finds_no_door(cast: Cast, guest: Invitation) -> None:
    stranger = signed_in(cast.stranger)
    assert stranger.get(f"/bureau/accueil/{guest.event_id}/").status_code == 404
    assert stranger.post(f"/bureau/accueil/invites/{guest.key}/").status_code == 404
