from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from proche.areas.events.actions import check_in
from proche.areas.events.models import Event, Invitation
from tests.cast import Cast, signed_in
from tests.factories.events import a_guest, an_event, event_campaign, finished

pytestmark = pytest.mark.django_db
State = Invitation.State


def read(client: Client, name: str, *args: Any, **query: Any) -> str:
    return " ".join(
        client.get(reverse(f"agency:{name}", args=args), query).content.decode().split()
    )


def act(client: Client, name: str, guest: Invitation) -> Any:
    return client.post(reverse(f"agency:{name}", args=[guest.key]))


def evening_in(days: int) -> datetime:
    """At seven: at two in the morning there is, twice a year, an hour that is not, or is twice."""
    moment = timezone.localtime() + timedelta(days=days)
    return moment.replace(hour=19, minute=0)


def facts(**changed: str) -> dict[str, str]:
    starts_at = evening_in(9)
    known = {
        "title_fr": "Soirée d’automne",
        "title_en": "Fall evening",
        "place": "La Fabrique",
        "address": "85, rue Saint-Paul",
        "starts_at": f"{starts_at:%Y-%m-%dT%H:%M}",
        "ends_at": f"{starts_at + timedelta(hours=3):%Y-%m-%dT%H:%M}",
        "seats": "2",
    }
    return known | changed


def test_a_stranger_finds_no_event_and_moves_no_guest(cast: Cast) -> None:
    guest = a_guest(an_event(cast.programme))
    stranger = signed_in(cast.stranger)
    for name in ("event", "event_change", "event_export", "event_no_shows"):
        address = reverse(f"agency:{name}", args=[guest.event_id])
        assert stranger.get(address).status_code == 404
    for name in ("guest_confirm", "guest_check_in", "guest_cancel"):
        assert act(stranger, name, guest).status_code == 404
    guest.refresh_from_db()
    assert guest.state == State.ACCEPTED
    assert "Soirée d’automne" not in read(stranger, "events")


def test_a_campaign_without_a_date_is_planned_from_the_list(cast: Cast) -> None:
    client = signed_in(cast.strategist)
    assert "Aucun événement à venir." in read(client, "events")
    campaign = event_campaign(cast.programme)
    plan = reverse("agency:event_plan", args=[campaign.pk])
    assert plan in read(client, "events")
    client.post(plan, facts())
    event = Event.objects.get()
    assert (event.campaign, event.place, event.seats) == (campaign, "La Fabrique", 2)
    page = read(client, "events")
    assert plan not in page
    assert "0 sur 2" in page


def test_faults_stand_by_their_field_and_what_was_typed_stays(cast: Cast) -> None:
    client = signed_in(cast.strategist)
    plan = reverse("agency:event_plan", args=[event_campaign(cast.programme).pk])
    early = f"{evening_in(8):%Y-%m-%dT%H:%M}"
    page = client.post(plan, facts(ends_at=early)).content.decode()
    assert "La fin doit venir après le début." in page
    assert 'value="La Fabrique"' in page
    past = client.post(plan, facts(starts_at="2020-01-01T19:00")).content.decode()
    assert "Ce moment est passé." in past
    assert not Event.objects.exists()


def test_an_assistant_does_not_plan_an_event_but_lets_guests_in(cast: Cast) -> None:
    client = signed_in(cast.assistant)
    campaign = event_campaign(cast.programme)
    assert client.get(reverse("agency:event_plan", args=[campaign.pk])).status_code == 409
    guest = a_guest(an_event(cast.programme))
    act(client, "guest_check_in", guest)
    guest.refresh_from_db()
    assert guest.state == State.CHECKED_IN


def test_the_event_page_shows_its_guests_by_state(cast: Cast) -> None:
    event = an_event(cast.programme)
    a_guest(event, given_name="Camille")
    a_guest(event, given_name="Nadia", limits="sans noix")
    a_guest(event, given_name="Jules")
    client = signed_in(cast.assistant)
    page = read(client, "event", event.pk)
    assert "<mark>Deux personnes sont attendues</mark> pour 2 places. Une attend en file." in page
    assert "Nadia Ouellet" in page
    assert "Jules Ouellet" not in page
    assert "sans noix" in page
    assert "Jules Ouellet" in read(client, "event", event.pk, state="line")
    found = read(client, "event", event.pk, q="nadia")
    assert "Camille Ouellet" not in found
    assert "Personne de ce nom ici." in read(client, "event", event.pk, q="zzz")


@pytest.mark.parametrize(
    ("verb", "after", "undo", "then"),
    [
        ("guest_confirm", State.CONFIRMED, "guest_not_confirmed", State.ACCEPTED),
        ("guest_check_in", State.CHECKED_IN, "guest_not_in", State.CONFIRMED),
        ("guest_cancel", State.CANCELLED, "guest_reinstate", State.ACCEPTED),
    ],
)
def test_each_verb_is_undone_from_its_toast(
    cast: Cast, verb: str, after: str, undo: str, then: str
) -> None:
    client = signed_in(cast.assistant)
    guest = a_guest(an_event(cast.programme))
    act(client, verb, guest)
    guest.refresh_from_db()
    assert guest.state == after
    assert reverse(f"agency:{undo}", args=[guest.key]) in read(client, "event", guest.event_id)
    act(client, undo, guest)
    guest.refresh_from_db()
    assert guest.state == then


def test_a_second_check_in_is_refused_with_the_hour_of_the_first(cast: Cast) -> None:
    client = signed_in(cast.assistant)
    guest = a_guest(an_event(cast.programme))
    act(client, "guest_check_in", guest)
    page = act(client, "guest_check_in", guest)
    assert page.status_code == 409
    assert "Déjà sur place depuis" in page.content.decode()


def test_a_click_goes_back_to_its_tab_and_never_elsewhere(cast: Cast) -> None:
    client = signed_in(cast.assistant)
    guest = a_guest(an_event(cast.programme))
    address = reverse("agency:guest_confirm", args=[guest.key])
    here = reverse("agency:event", args=[guest.event_id])
    assert client.post(address, {"back": f"{here}?q=ou"})["Location"] == f"{here}?q=ou"
    undo = reverse("agency:guest_not_confirmed", args=[guest.key])
    assert client.post(undo, {"back": "https://elsewhere.example/"})["Location"] == here


def test_absences_are_asked_about_first_and_only_after_the_end(cast: Cast) -> None:
    client = signed_in(cast.assistant)
    event = an_event(cast.programme)
    came, absent = a_guest(event), a_guest(event)
    check_in(came, by=None)
    address = reverse("agency:event_no_shows", args=[event.pk])
    assert client.post(address).status_code == 409
    finished(event)
    assert "Noter l’absence de 1 personne?" in client.get(address).content.decode()
    client.post(address)
    absent.refresh_from_db()
    assert absent.state == State.NO_SHOW
    page = read(client, "event", event.pk)
    assert "<mark>Une personne est venue</mark>. Une n’est pas venue." in page


def test_the_guest_list_leaves_as_a_file_no_spreadsheet_runs(cast: Cast) -> None:
    event = an_event(cast.programme)
    a_guest(event, given_name="=HYPERLINK(1)")
    response = signed_in(cast.assistant).get(reverse("agency:event_export", args=[event.pk]))
    lines = response.content.decode("utf-8-sig").splitlines()
    assert lines[0] == "Prénom,Nom de famille,État,Depuis,Sur place à"
    assert lines[1].startswith("'=HYPERLINK(1),Ouellet,acceptée,")


def test_past_events_have_their_own_tab(cast: Cast) -> None:
    finished(an_event(cast.programme))
    client = signed_in(cast.assistant)
    assert "Soirée d’automne" not in read(client, "events")
    assert "Soirée d’automne" in read(client, "events", when="past")


def test_pages_ask_as_few_questions_for_three_rows_as_for_one(cast: Cast) -> None:
    client = signed_in(cast.strategist)
    event = an_event(cast.programme, seats=5)
    counts: list[tuple[int, int]] = []
    for more in (1, 2):
        for _row in range(more):
            a_guest(event)
            an_event(cast.programme)
            event_campaign(cast.programme)
        with CaptureQueriesContext(connection) as listed:
            client.get(reverse("agency:events"))
        with CaptureQueriesContext(connection) as shown:
            client.get(reverse("agency:event", args=[event.pk]))
        counts.append((len(listed), len(shown)))
    assert counts[0] == counts[1]
    assert max(counts[0]) <= 15
