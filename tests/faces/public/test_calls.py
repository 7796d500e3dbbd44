"""A call: the link to forward, the choice of the nominee."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from proche.areas.recruitment.actions import open_call
from proche.areas.recruitment.models import Call, Nomination
from tests.cast import Cast


@pytest.fixture
def call(cast: Cast) -> Call:
    today = timezone.localdate()
    return open_call(
        cast.programme,
        slug="gens",
        partner_name="Bordée",
        title_fr="Qui vous donne envie?",
        title_en="Who makes you want to?",
        text_fr="Une voisine qui trouve tout.",
        text_en="A neighbour who finds everything.",
        opens_on=today,
        closes_on=today + timedelta(days=20),
    )


def ask_for_link(client: Client, name: str = "") -> Nomination:
    client.post("/appels/gens/", {"nominator_name": name})
    nomination: Nomination = Nomination.objects.latest("id")
    return nomination


def test_a_reader_gets_a_link_that_only_they_see(call: Call, client: Client) -> None:
    nomination = ask_for_link(client)
    assert f"/v/{nomination.key}/" in client.get("/appels/gens/?lien=1").content.decode()
    assert nomination.key not in Client().get("/appels/gens/?lien=1").content.decode()


def test_the_nominee_reads_who_thought_of_them_only_if_they_agreed(
    call: Call, client: Client
) -> None:
    named, silent = ask_for_link(client, "Luc Tremblay"), ask_for_link(client)
    assert "Luc Tremblay" in Client().get(f"/v/{named.key}/").content.decode()
    assert "Luc Tremblay" not in Client().get(f"/v/{silent.key}/").content.decode()


def test_a_no_leaves_nothing_and_closes_the_link(call: Call, client: Client) -> None:
    nomination = ask_for_link(client, "Luc Tremblay")
    nominee = Client()
    nominee.get(f"/v/{nomination.key}/")
    nominee.post(f"/v/{nomination.key}/non/")
    nomination.refresh_from_db()
    assert (nomination.state, nomination.nominator_name) == ("refused", "")
    assert nominee.get(f"/v/{nomination.key}/").status_code == 404


def test_a_yes_leads_to_the_sign_up(call: Call, client: Client) -> None:
    nomination = ask_for_link(client)
    answer = Client().post(f"/v/{nomination.key}/oui/")
    assert answer.headers["Location"] == "/inscription/"


def test_a_robot_that_fills_the_hidden_field_gets_no_link(call: Call, client: Client) -> None:
    client.post("/appels/gens/", {"nominator_name": "", "website": "https://spam.example"})
    assert not Nomination.objects.exists()


def test_a_call_that_ended_says_so(call: Call, client: Client) -> None:
    Call.objects.update(opens_on="2020-01-01", closes_on="2020-02-01")
    page = client.get("/appels/gens/").content.decode()
    assert "2020" in page
    assert "nominator_name" not in page


def test_an_unknown_call_is_not_found(client: Client, cast: Cast) -> None:
    assert client.get("/appels/autre/").status_code == 404
