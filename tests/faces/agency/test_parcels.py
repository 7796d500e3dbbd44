"""Parcels in the workspace: shipped by the dozen, undone, replaced, printed."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from proche.areas.campaigns.actions import mark_lost, report_broken
from proche.areas.campaigns.models import Exchange, Parcel
from tests.cast import Cast, signed_in
from tests.factories.campaigns import an_exchange, received, shipped, who_agreed


@pytest.fixture
def desk(cast: Cast) -> Client:
    return signed_in(cast.assistant)


def to_send(cast: Cast, count: int = 1, **names: Any) -> list[str]:
    return [an_exchange(who_agreed(cast.programme, **names)).offer.key for _ in range(count)]


def states() -> list[str]:
    return sorted(Parcel.objects.values_list("state", flat=True))


def test_the_page_says_how_many_parcels_are_to_send(cast: Cast, desk: Client) -> None:
    assert "Tous les colis sont partis." in desk.get("/bureau/envois/").content.decode()
    to_send(cast, 3)
    assert "Trois colis à envoyer." in desk.get("/bureau/envois/").content.decode()


def test_ticked_parcels_are_shipped_with_their_numbers_and_the_others_stay(
    cast: Cast, desk: Client
) -> None:
    first, second, third = to_send(cast, 3)
    answer = desk.post(
        "/bureau/envois/expedier/",
        {"parcel": [first, second], f"tracking-{first}": "7023 1", f"tracking-{third}": "7023 3"},
        follow=True,
    )
    assert "2 colis marqués expédiés." in answer.content.decode()
    found = dict(Parcel.objects.values_list("exchange__offer__key", "tracking"))
    assert found == {first: "7023 1", second: "", third: ""}
    assert states() == ["shipped", "shipped", "to_prepare"]


def test_the_toast_takes_the_shipping_back(cast: Cast, desk: Client) -> None:
    keys = to_send(cast, 2)
    page = desk.post("/bureau/envois/expedier/", {"parcel": keys}, follow=True).content.decode()
    undo = f"/bureau/envois/non-expedies/?parcel={keys[0]}&amp;parcel={keys[1]}"
    assert undo in page or undo.replace(keys[0], keys[1], 1) in page
    desk.post("/bureau/envois/non-expedies/?parcel=" + "&parcel=".join(keys))
    assert states() == ["to_prepare", "to_prepare"]


def test_a_parcel_without_address_is_refused_by_name_and_the_others_leave(
    cast: Cast, desk: Client
) -> None:
    (nowhere,) = to_send(cast, given_name="Bao")
    (somewhere,) = to_send(cast)
    Parcel.objects.filter(exchange__offer__key=nowhere).update(street="")
    answer = desk.post("/bureau/envois/expedier/", {"parcel": [nowhere, somewhere]}, follow=True)
    page = answer.content.decode()
    assert "Bao Ouellet" in page
    assert "L’adresse est encore attendue" in page
    assert states() == ["shipped", "to_prepare"]


def test_nothing_ticked_is_said(desk: Client, cast: Cast) -> None:
    to_send(cast)
    page = desk.post("/bureau/envois/expedier/", {}, follow=True).content.decode()
    assert "Choisissez au moins un colis." in page


def test_problems_show_what_the_member_says_and_can_be_replaced(cast: Cast, desk: Client) -> None:
    exchange = received(who_agreed(cast.programme))
    report_broken(exchange.parcel, what="Le pot est en miettes.")
    page = desk.get("/bureau/envois/?state=problems").content.decode()
    assert "Le pot est en miettes." in page
    desk.post(f"/bureau/envois/{exchange.offer.key}/remplacer/")
    assert states() == ["to_prepare"]
    assert "elle a été redemandée" in desk.get("/bureau/envois/").content.decode()


@pytest.mark.parametrize(("page", "state"), [("perdu", "lost"), ("retour", "returned")])
def test_a_parcel_on_its_way_is_marked_lost_or_returned(
    cast: Cast, desk: Client, page: str, state: str
) -> None:
    exchange = shipped(who_agreed(cast.programme))
    desk.post(f"/bureau/envois/{exchange.offer.key}/{page}/")
    assert states() == [state]


def test_labels_hold_the_addresses_of_what_is_to_send_and_no_other(
    cast: Cast, desk: Client
) -> None:
    one, _two = to_send(cast, 2)
    shipped(who_agreed(cast.programme, given_name="Chantal"))
    every = desk.get("/bureau/envois/etiquettes/").content.decode()
    assert every.count("12, rue de la Gare<br>") == 2
    assert "Chantal" not in every
    ticked = desk.get(f"/bureau/envois/etiquettes/?parcel={one}").content.decode()
    assert ticked.count("12, rue de la Gare<br>") == 1


def test_the_search_finds_by_name_brand_and_tracking(cast: Cast, desk: Client) -> None:
    exchange = shipped(who_agreed(cast.programme, given_name="Bao", family_name="Tran"))
    shipped(who_agreed(cast.programme))
    Parcel.objects.filter(exchange=exchange).update(tracking="ZZ99")
    for words in ("tran", "zz99", exchange.offer.campaign.brief.brand.name):
        page = desk.get("/bureau/envois/", {"state": "shipped", "q": words})
        assert [parcel.exchange for parcel in page.context["page"]] == [exchange]
    nothing = desk.get("/bureau/envois/", {"state": "shipped", "q": "introuvable"})
    assert "Aucun colis ne répond à ces mots." in nothing.content.decode()


@pytest.mark.parametrize("page", ["perdu", "retour", "remplacer"])
def test_a_stranger_finds_no_parcel(cast: Cast, page: str) -> None:
    exchange = shipped(who_agreed(cast.programme, given_name="Maximilien"))
    mark_lost(exchange.parcel, by=None)
    stranger = signed_in(cast.stranger)
    assert stranger.post(f"/bureau/envois/{exchange.offer.key}/{page}/").status_code == 404
    stranger.post("/bureau/envois/expedier/", {"parcel": [exchange.offer.key]})
    for url in ("/bureau/envois/?state=problems", "/bureau/envois/etiquettes/"):
        assert "Maximilien" not in stranger.get(url).content.decode()
    assert states() == ["lost"]


def test_a_member_has_no_workspace(cast: Cast) -> None:
    person = who_agreed(cast.programme)
    assert person.user is not None
    assert signed_in(person.user).get("/bureau/envois/").status_code == 404


@pytest.mark.parametrize("tab", ["to_prepare", "shipped", "problems", "received"])
def test_three_parcels_ask_the_same_queries_as_one(cast: Cast, desk: Client, tab: str) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert desk.get("/bureau/envois/", {"state": tab}).status_code == 200
        return len(captured)

    in_tab(cast, tab)
    first = queries()
    for _ in range(2):
        in_tab(cast, tab)
    assert queries() == first
    assert first <= 15


def in_tab(cast: Cast, tab: str) -> Exchange:
    person = who_agreed(cast.programme)
    if tab == "to_prepare":
        return an_exchange(person)
    if tab == "received":
        return received(person)
    exchange = shipped(person)
    if tab == "problems":
        report_broken(exchange.parcel, what="Brisé.")
    return exchange
