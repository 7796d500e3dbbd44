"""Who answered what: the answers to a brief, reminded once, withdrawn with a way back."""

import csv
import io

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from proche.areas.campaigns.actions import accept, decline, send_offers
from proche.areas.campaigns.models import Campaign, Offer
from proche.areas.messages.models import Message
from proche.common.errors import Refusal
from tests.cast import Cast, signed_in
from tests.factories.campaigns import HOME, a_campaign, an_offer, who_agreed


@pytest.fixture
def desk(cast: Cast) -> Client:
    return signed_in(cast.strategist)


@pytest.fixture
def campaign(cast: Cast) -> Campaign:
    return a_campaign(cast.programme, quantity=1)


def asked(cast: Cast, campaign: Campaign, name: str) -> Offer:
    return an_offer(who_agreed(cast.programme, given_name=name), campaign)


def url_of(campaign: Campaign, query: str = "") -> str:
    return f"/bureau/marques/mandats/{campaign.brief_id}/reponses/{query}"


def text_of(desk: Client, url: str) -> str:
    answer = desk.get(url)
    assert answer.status_code == 200
    return answer.content.decode()


def test_each_answer_stands_in_its_tab(cast: Cast, desk: Client, campaign: Campaign) -> None:
    names = ("Anouk", "Bao", "Chantal", "Djamel")
    offers = {name: asked(cast, campaign, name) for name in names}
    accept(offers["Anouk"], address=HOME)
    with pytest.raises(Refusal):
        accept(offers["Bao"], address=HOME)
    decline(offers["Chantal"], reason="Trop de shampoings.")
    tabs = {"accepted": "Anouk", "in_line": "Bao", "declined": "Chantal", "sent": "Djamel"}
    for tab, name in tabs.items():
        page = desk.get(url_of(campaign, f"?state={tab}"))
        assert [offer.person.given_name for offer in page.context["page"]] == [name]
    everybody = text_of(desk, url_of(campaign))
    for said in ("La seule place est prise.", "Trop de shampoings.", "quand tout était pris"):
        assert said in everybody


def test_the_page_says_that_nobody_answered_yet(
    cast: Cast, desk: Client, campaign: Campaign
) -> None:
    asked(cast, campaign, "Anouk")
    assert "Aucune place n’est encore prise." in text_of(desk, url_of(campaign))


def test_one_reminder_leaves_from_the_page(cast: Cast, desk: Client, campaign: Campaign) -> None:
    offer = asked(cast, campaign, "Anouk")
    for _ in range(2):
        desk.post(f"/bureau/propositions/{offer.key}/relancer/")
    assert Message.objects.filter(kind="offer_reminder").count() == 1
    assert "une seule est permise" in text_of(desk, url_of(campaign))


def test_a_withdrawal_is_decided_and_can_be_taken_back(
    cast: Cast, desk: Client, campaign: Campaign
) -> None:
    offer = asked(cast, campaign, "Anouk")
    url = f"/bureau/propositions/{offer.key}/retirer/"
    signed_in(cast.assistant).post(url)
    assert Offer.objects.get().state == "sent"
    page = desk.post(url, follow=True).content.decode()
    assert Offer.objects.get().state == "withdrawn"
    undo = f"/bureau/propositions/{offer.key}/reprendre/"
    assert undo in page
    desk.post(undo)
    assert Offer.objects.get().state == "sent"
    assert accept(offer, address=HOME).offer == offer


def test_the_export_holds_what_the_page_shows(cast: Cast, desk: Client, campaign: Campaign) -> None:
    decline(asked(cast, campaign, "Anouk"), reason="=1+1")
    asked(cast, campaign, "Bao")
    answer = desk.get(url_of(campaign, "exporter/?state=declined"))
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert [row[0] for row in rows] == ["Membre", "Anouk Ouellet"]
    assert "'=1+1" in rows[1]


@pytest.mark.parametrize("verb", ["relancer", "retirer", "reprendre"])
def test_a_stranger_finds_no_answer(cast: Cast, campaign: Campaign, verb: str) -> None:
    offer = asked(cast, campaign, "Anouk")
    stranger = signed_in(cast.stranger)
    assert stranger.get(url_of(campaign)).status_code == 404
    assert stranger.get(url_of(campaign, "exporter/")).status_code == 404
    stranger.post(f"/bureau/propositions/{offer.key}/{verb}/")
    offer.refresh_from_db()
    assert (offer.state, offer.reminded_at) == ("sent", None)


def test_three_answers_ask_the_same_queries_as_one(
    cast: Cast, desk: Client, campaign: Campaign
) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            text_of(desk, url_of(campaign))
        return len(captured)

    campaign.brief.quantity = 9
    campaign.brief.save()
    accept(asked(cast, campaign, "Anouk"), address=HOME)
    first = queries()
    for name in ("Bao", "Chantal"):
        accept(asked(cast, campaign, name), address=HOME)
    assert queries() == first
    assert first <= 15


def test_the_contact_log_is_for_the_team_in_as_many_queries_for_three_as_for_one(
    cast: Cast, desk: Client, campaign: Campaign
) -> None:
    url = f"/bureau/marques/mandats/{campaign.brief_id}/journal/"
    assert "Personne n’a encore été sollicité." in text_of(desk, url)
    numbers = []
    for names in (("Anouk",), ("Bao", "Chantal")):
        for name in names:
            send_offers(campaign, [who_agreed(cast.programme, given_name=name)], by=cast.strategist)
        with CaptureQueriesContext(connection) as captured:
            page = text_of(desk, url)
        numbers.append(len(captured))
    assert page.count(cast.strategist.name) > 3
    # The page names the campaign once, above the lines.
    title = campaign.brief.title_fr
    head, _table, lines = page.partition("<tbody>")
    assert ("Reçoit la proposition." in lines, title in head, title in lines) == (True, True, False)
    assert (numbers[0], numbers[0] <= 15) == (numbers[1], True)
    decline(Offer.objects.get(person__given_name="Bao"))
    rows = list(csv.reader(io.StringIO(desk.get(f"{url}exporter/").content.decode("utf-8-sig"))))
    assert [(row[1], row[3], row[4]) for row in rows[1:3]] == [
        ("Bao Ouellet", "", "sur sa page"),
        ("Chantal Ouellet", cast.strategist.name, "par courriel"),
    ]
    for address in (url, f"{url}exporter/"):
        assert signed_in(cast.stranger).get(address).status_code == 404


def test_the_log_of_a_person_stands_on_their_page(
    cast: Cast, desk: Client, campaign: Campaign
) -> None:
    person = who_agreed(cast.programme, given_name="Anouk")
    for one in (campaign, a_campaign(cast.programme)):
        decline(send_offers(one, [person], by=cast.strategist).sent[0])
    page = text_of(desk, f"/bureau/personnes/{person.key}/echanges/")
    assert page.count(f"{cast.strategist.name}, par courriel") == 2
    assert page.count("Décline la proposition") == 2


def test_an_assistant_reads_the_answers_and_is_offered_no_withdrawal(
    cast: Cast, campaign: Campaign
) -> None:
    offer = asked(cast, campaign, "Anouk")
    page = text_of(signed_in(cast.assistant), url_of(campaign))
    assert f"/bureau/propositions/{offer.key}/relancer/" in page
    assert f"/bureau/propositions/{offer.key}/retirer/" not in page
