"""The exchange page: the parcel, what is owed, what the member says."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from proche.areas.campaigns.actions import mark_lost, replace_parcel, report_broken
from proche.areas.campaigns.models import Exchange, Parcel
from proche.areas.content.models import Post
from proche.areas.events.actions import Facts, plan_event
from proche.areas.events.models import Invitation
from tests.cast import Cast
from tests.faces.member.conftest import Member
from tests.factories.campaigns import an_exchange, received, shipped

OWED: dict[str, Any] = {"exchange": "agreed", "obligation": True}
PAGES = [
    "",
    "recu/",
    "brise/",
    "avis/",
    "adresse/",
    "renoncer/",
    "verifier/",
    "publier/",
    "presence/",
]


def page_of(member: Member, exchange: Exchange) -> str:
    answer = member.browser.get(f"/moi/echanges/{exchange.offer.key}/")
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize("page", PAGES)
def test_nobody_else_finds_the_exchange(member: Member, page: str) -> None:
    exchange = shipped(member.person)
    url = f"/moi/echanges/{exchange.offer.key}/{page}/".replace("//", "/")
    assert member.neighbour.get(url).status_code in {404, 405}
    assert member.neighbour.post(url, {"what": "x", "text": "x"}).status_code == 404
    assert Parcel.objects.get().state == "shipped"


def test_receipt_is_one_button_and_starts_the_days(member: Member) -> None:
    exchange = shipped(member.person, **OWED)
    before = page_of(member, exchange)
    assert "Oui, mais pas encore." in before
    assert "7023 1234" in before
    member.browser.post(f"/moi/echanges/{exchange.offer.key}/recu/")
    after = page_of(member, exchange)
    assert "Votre adresse est effacée." in after
    assert "Il reste 14\N{NO-BREAK SPACE}jours." in after


def test_looking_at_receipt_confirms_nothing(member: Member) -> None:
    exchange = shipped(member.person)
    assert member.browser.get(f"/moi/echanges/{exchange.offer.key}/recu/").status_code == 405
    assert Parcel.objects.get().state == "shipped"


def test_no_deadline_is_shown_where_nothing_is_owed(member: Member) -> None:
    page = page_of(member, received(member.person))
    assert "Non." in page
    assert "Il reste" not in page


def test_a_day_that_passed_is_said_without_blame(member: Member) -> None:
    exchange = received(member.person, **OWED)
    Exchange.objects.update(post_due_on=timezone.localdate() - timedelta(days=3))
    assert "Le jour est passé. Un empêchement?" in page_of(member, exchange)


def test_a_broken_parcel_is_told_in_the_members_words(member: Member) -> None:
    exchange = received(member.person, **OWED)
    url = f"/moi/echanges/{exchange.offer.key}/brise/"
    assert member.browser.post(url, {"what": ""}).context["form"].errors.keys() == {"what"}
    member.browser.post(url, {"what": "Le pot est brisé."})
    page = page_of(member, exchange)
    assert "Le pot est brisé." in page
    assert "Rien n’est compté tant que vous ne l’avez pas en main." in page
    assert Post.objects.count() == 0


def test_the_address_is_asked_again_for_a_replacement(member: Member) -> None:
    exchange = received(member.person)
    report_broken(exchange.parcel, what="Brisé.")
    replace_parcel(exchange.parcel, by=None)
    assert "Donner mon adresse" in page_of(member, exchange)
    member.browser.post(
        f"/moi/echanges/{exchange.offer.key}/adresse/",
        {"street": "3, rue du Quai", "town": "Matane", "postal_code": "G4W 2A2"},
    )
    assert Parcel.objects.get().town == "Matane"


def test_an_address_changed_too_late_is_refused_on_the_form(member: Member) -> None:
    exchange = shipped(member.person)
    answer = member.browser.post(
        f"/moi/echanges/{exchange.offer.key}/adresse/",
        {"street": "3, rue du Quai", "town": "Matane", "postal_code": "G4W 2A2"},
    )
    assert "Le colis est parti" in answer.content.decode()
    assert Parcel.objects.get().town == "Rimouski"


def test_a_lost_parcel_may_arrive_after_all(member: Member) -> None:
    exchange = shipped(member.person)
    mark_lost(exchange.parcel, by=None)
    assert "Il est finalement arrivé" in page_of(member, exchange)


def test_private_words_reach_the_team_and_can_be_changed(member: Member) -> None:
    exchange = received(member.person)
    url = f"/moi/echanges/{exchange.offer.key}/avis/"
    member.browser.post(url, {"text": "Pas pour moi."})
    exchange.refresh_from_db()
    assert exchange.feedback == "Pas pour moi."
    assert "Pas pour moi." in member.browser.get(url).content.decode()


def test_a_yes_is_taken_back_after_being_asked(member: Member) -> None:
    exchange = an_exchange(member.person)
    url = f"/moi/echanges/{exchange.offer.key}/renoncer/"
    assert "Je ne peux plus participer" in page_of(member, exchange)
    assert "Reprendre votre oui?" in member.browser.get(url).content.decode()
    assert Exchange.objects.count() == 1
    answer = member.browser.post(url)
    assert answer["Location"] == f"/moi/propositions/{exchange.offer.key}/"
    assert Exchange.objects.count() == 0


def test_a_guest_gives_the_place_up_and_takes_it_back(member: Member, cast: Cast) -> None:
    exchange = an_exchange(member.person, format="event", exchange="invitation")
    start = timezone.now() + timedelta(days=12)
    plan_event(
        exchange.offer.campaign,
        Facts("Une soirée", "An evening", "Salle", "1, rue", start, start + timedelta(hours=3), 4),
        by=cast.strategist,
    )
    url = f"/moi/echanges/{exchange.offer.key}/"
    assert "Une soirée" in page_of(member, exchange)
    member.browser.post(f"{url}presence/")
    assert Invitation.objects.get().state == "confirmed"
    answer = member.browser.post(f"{url}desistement/", follow=True)
    assert Invitation.objects.get().state == "cancelled"
    assert f"{url}place-reprise/" in answer.content.decode()
    member.browser.post(f"{url}place-reprise/")
    assert Invitation.objects.get().state == "accepted"
