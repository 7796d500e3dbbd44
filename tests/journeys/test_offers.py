"""Offers in waves as each one lives them: the strategist, the brand contact, two members on a
phone; every page audited in French and in English."""

import os
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.utils import timezone
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from proche.areas.accounts.models import User
from proche.areas.brands.models import Brief
from proche.areas.campaigns.actions import go_on, plan_waves
from proche.areas.campaigns.actions.waves import PlanFacts
from proche.areas.campaigns.models import Offer, WavePlan
from proche.areas.matching.actions import invite_review
from proche.areas.messages.models import Message
from proche.areas.people.models import Person
from tests.browser import Mailbox, Site
from tests.cast import Cast, make_cast, signed_in
from tests.factories.accounts import UserFactory
from tests.factories.brands import BriefFactory, ContactFactory
from tests.factories.matching import a_member, a_roster
from tests.factories.people import consenting

# The texts of consent come with the migrations: they are put back for who comes next.
pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)
PLAN = PlanFacts(size=1, answer_days=5, limit="places", by_itself=False, from_reserve=False)
PHONE = {"width": 390, "height": 844}
Audit = Callable[[Page], list[str]]


@dataclass
class World:
    cast: Cast
    brief: Brief
    members: list[Person]
    review: str


@pytest.fixture
def world(transactional_db: None) -> World:
    """One place, three members in the roster, a contact who has a link."""
    cast = make_cast()
    brief = BriefFactory.create(brand__programme=cast.programme, quantity=1)
    members = []
    for n, name in enumerate(("Ariane", "Benoît", "Chloé")):
        person = a_member(
            cast.programme,
            given_name=name,
            family_name="Bourgeois",
            reached=range(90 * n, 90 * n + 80),
        )
        person.user = UserFactory.create(name=str(person), email=person.email)
        person.save()
        members.append(consenting(person, "brands"))
    roster = a_roster(brief, size=3)
    for position, seat in enumerate(roster.places.order_by("person"), start=1):
        roster.places.filter(pk=seat.pk).update(position=position)
    invite_review(roster, ContactFactory.create(brand=brief.brand), by=cast.strategist)
    found = re.search(r"/marque/\S+", Message.objects.latest("pk").body)
    assert found
    return World(cast, brief, members, found[0])


@pytest.fixture
def open_as(
    live_server: LiveServer, mailbox: Mailbox, tmp_path: Path, new_page_on: Callable[..., Page]
) -> Callable[..., Page]:
    """A page of somebody who is signed in already."""

    def opened(user: User | None, **options: object) -> Page:
        page = new_page_on(Site(live_server.url, mailbox, {}, tmp_path), **options)
        if user is not None:
            session = signed_in(user).cookies[settings.SESSION_COOKIE_NAME].value
            name = settings.SESSION_COOKIE_NAME
            page.context.add_cookies([{"name": name, "value": session, "url": live_server.url}])
        return page

    return opened


def look(page: Page, address: str, audit: Audit) -> None:
    """In both languages, with what axe finds and nothing that scrolls sideways."""
    for language in ("en", "fr"):
        name = settings.LANGUAGE_COOKIE_NAME
        page.context.add_cookies([{"name": name, "value": language, "url": address}])
        page.goto(address)
        assert audit(page) == [], (address, language)
        wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        assert wide <= 0, (address, language, wide)


def press(page: Page, name: str | re.Pattern[str]) -> None:
    page.get_by_role("button", name=name).first.click()
    page.wait_for_load_state()


def test_a_brand_asks_and_is_answered_before_anybody_is_asked(
    world: World, live_server: LiveServer, open_as: Callable[..., Page], page_audit: Audit
) -> None:
    brand, desk = open_as(None, viewport=PHONE), open_as(world.cast.strategist, viewport=PHONE)
    look(brand, live_server.url + world.review, page_audit)
    brand.get_by_label("Poser une question").check()
    brand.get_by_label("Vos mots pour l’agence").fill("Qui cuisine?")
    press(brand, "Envoyer ma réponse")

    plan = f"{live_server.url}/bureau/marques/mandats/{world.brief.pk}/propositions/"
    look(desk, plan, page_audit)
    press(desk, re.compile("^Envoyer"))
    expect(desk.get_by_text("La marque a posé une question").first).to_be_visible()
    assert Offer.objects.count() == 0
    desk.get_by_role("link", name="Répondre avant").click()
    look(desk, desk.url, page_audit)
    desk.get_by_label("Votre réponse").fill("La troisième.")
    press(desk, "Envoyer la réponse")
    expect(desk.get_by_text("La troisième.")).to_be_visible()
    expect(desk.get_by_text("Ouvert la dernière fois")).to_be_visible()

    link = re.search(r"/marque/\S+", Message.objects.get(kind="review_reply").body)
    assert link
    assert link[0] != world.review
    look(brand, live_server.url + link[0], page_audit)
    expect(brand.get_by_text("La troisième.")).to_be_visible()
    press(desk, re.compile("^Fermer le lien"))
    brand.goto(link[0])
    expect(brand.get_by_role("heading", name="Ce lien n’ouvre plus")).to_be_visible()
    press(desk, "Annuler")
    brand.goto(link[0])
    expect(brand.get_by_text("La troisième.")).to_be_visible()


def test_waves_until_the_place_is_taken_and_the_line_when_it_frees(
    world: World, live_server: LiveServer, open_as: Callable[..., Page], page_audit: Audit
) -> None:
    desk = open_as(world.cast.strategist, viewport=PHONE)
    mandate = f"{live_server.url}/bureau/marques/mandats/{world.brief.pk}"
    look(desk, f"{mandate}/propositions/", page_audit)
    desk.get_by_label("Envoyer la suivante sans me demander").check()
    press(desk, re.compile("^Envoyer la proposition"))
    expect(desk.get_by_text("La vague 1 attend ses réponses").first).to_be_visible()
    look(desk, f"{mandate}/reponses/", page_audit)

    ariane, benoit = (open_as(person.user, viewport=PHONE) for person in world.members[:2])
    offer = Offer.objects.get(person=world.members[0])
    look(ariane, f"{live_server.url}/moi/propositions/{offer.key}/", page_audit)
    for said in ("Ce que je reçois", "Dois-je publier?", "D’ici quand?", "Publicité."):
        expect(ariane.get_by_text(said).first).to_be_visible()
    press(ariane, "Décliner")
    ariane.locator("[name=reason]").fill("Trop de shampoings.")
    look(ariane, ariane.url, page_audit)
    press(ariane, re.compile("^J’ai changé d’idée"))
    press(ariane, "Décliner")
    # Waves leave by day only: the test says what time it is, whenever it runs.
    noon = timezone.localtime().replace(hour=12)
    Offer.objects.update(answered_at=noon - timedelta(hours=1))
    assert (go_on(noon), go_on(noon)) == (1, 0)

    # Asked in the second wave; the first member thinks again and takes the place meanwhile.
    second = Offer.objects.get(person=world.members[1])
    benoit.goto(f"{live_server.url}/moi/propositions/{second.key}/accepter/")
    ariane.reload()
    press(ariane, re.compile("^J’ai changé d’idée"))
    for page in (ariane, benoit):
        if page is ariane:
            press(page, "Accepter")
        page.locator("[name=street]").fill("12, rue de l’Exemple")
        page.locator("[name=town]").fill("Rimouski")
        page.locator("[name=postal_code]").fill("G4W 2A2")
        press(page, "Accepter")
    expect(benoit.get_by_text("vous passez en premier")).to_be_visible()
    look(benoit, f"{live_server.url}/moi/propositions/{second.key}/", page_audit)
    desk.goto(f"{mandate}/reponses/")
    expect(desk.get_by_text("Chaque place est prise.").first).to_be_visible()
    brand = open_as(None, viewport=PHONE)
    look(brand, live_server.url + world.review, page_audit)
    expect(brand.get_by_text("Ariane Bourgeois")).to_be_visible()
    expect(brand.get_by_text("Benoît Bourgeois")).to_have_count(0)

    ariane.goto(f"/moi/echanges/{offer.key}/")
    ariane.get_by_role("link", name="Je ne peux plus participer").click()
    press(ariane, re.compile("oui|place|Je ne peux", re.IGNORECASE))
    look(benoit, f"{live_server.url}/moi/propositions/{second.key}/", page_audit)
    expect(benoit.get_by_text("Une place s’est ouverte")).to_be_visible()
    press(benoit, "Décliner")
    look(desk, f"{mandate}/reponses/", page_audit)
    press(desk, "Mettre en pause")
    look(desk, f"{mandate}/reponses/", page_audit)
    press(desk, "Continuer")
    desk.get_by_role("link", name="Arrêter").click()
    look(desk, desk.url, page_audit)
    press(desk, "Arrêter")
    expect(desk.get_by_text("Arrêté le").first).to_be_visible()
    assert WavePlan.objects.get().stopped_at is not None


def in_both_lights(page: Page, address: str, audit: Audit, name: str) -> None:
    """The same, then in the dark; pictures where PROCHE_SCREENSHOTS names a folder."""
    folder = os.environ.get("PROCHE_SCREENSHOTS", "")
    for scheme in ("dark", "light"):
        page.emulate_media(color_scheme=scheme)
        for language in ("en", "fr"):
            name_of = settings.LANGUAGE_COOKIE_NAME
            page.context.add_cookies([{"name": name_of, "value": language, "url": address}])
            page.goto(address)
            assert audit(page) == [], (address, language, scheme)
            wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
            assert wide <= 0, (address, language, wide)
            if folder:
                Path(folder).mkdir(parents=True, exist_ok=True)
                shot = Path(folder) / f"{name}-{language}-{scheme}.png"
                page.screenshot(path=str(shot), full_page=True)


def test_a_yes_that_crosses_a_stop_is_kept_and_has_its_place_when_the_stop_is_undone(
    world: World, live_server: LiveServer, open_as: Callable[..., Page], page_audit: Audit
) -> None:
    desk = open_as(world.cast.strategist, viewport=PHONE)
    mandate = f"{live_server.url}/bureau/marques/mandats/{world.brief.pk}"
    plan_waves(world.brief, by=world.cast.strategist, **PLAN)
    desk.goto(f"{mandate}/reponses/")
    press(desk, "Préparer maintenant")
    press(desk, re.compile("^Retirer Ariane"))
    expect(desk.get_by_text("La vague 1 est prête")).to_be_visible()
    in_both_lights(desk, f"{mandate}/reponses/", page_audit, "waves-let-go")
    expect(desk.get_by_role("link", name="Benoît Bourgeois")).to_be_visible()
    press(desk, re.compile("^Remettre Ariane"))
    press(desk, re.compile("^Envoyer la proposition"))

    offer = Offer.objects.get(state="sent")
    member = open_as(offer.person.user, viewport=PHONE)
    address = f"{live_server.url}/moi/propositions/{offer.key}/"
    in_both_lights(member, address, page_audit, "offer")
    press(member, "Accepter")
    in_both_lights(member, f"{address}accepter/", page_audit, "offer-address")
    member.locator("[name=street]").fill("12, rue de l’Exemple")
    member.locator("[name=town]").fill("Rimouski")
    member.locator("[name=postal_code]").fill("G4W 2A2")

    desk.goto(f"{mandate}/vagues/arreter/")
    desk.get_by_label("Retirer les propositions").check()
    press(desk, "Arrêter")
    expect(desk.get_by_text("Une proposition est retirée.")).to_be_visible()
    in_both_lights(desk, f"{mandate}/reponses/", page_audit, "waves-stopped")
    press(member, "Accepter")
    expect(member.get_by_text("Votre oui est gardé").first).to_be_visible()
    expect(member.locator("[name=street]")).to_have_value("12, rue de l’Exemple")
    in_both_lights(member, address, page_audit, "offer-withdrawn")

    desk.goto(f"{mandate}/reponses/")
    expect(desk.get_by_text("après le retrait")).to_be_visible()
    press(desk, re.compile("^Offrir de nouveau"))
    expect(desk.get_by_text("1 proposition attend de nouveau").first).to_be_visible()
    assert Message.objects.get(kind="offer_back").person == offer.person
    in_both_lights(member, address, page_audit, "offer-kept")
    press(member, "Accepter")
    member.locator("[name=street]").fill("12, rue de l’Exemple")
    member.locator("[name=town]").fill("Rimouski")
    member.locator("[name=postal_code]").fill("G4W 2A2")
    press(member, "Accepter")
    assert Offer.objects.get(pk=offer.pk).state == "accepted"

    in_both_lights(desk, f"{mandate}/journal/", page_audit, "log")
    wide = open_as(world.cast.strategist, viewport={"width": 1280, "height": 900})
    for name, page in (("log", "journal/"), ("waves", "reponses/"), ("ask", "propositions/")):
        in_both_lights(wide, f"{mandate}/{page}", page_audit, f"{name}-wide")
    in_both_lights(desk, f"{mandate}/propositions/", page_audit, "ask")
    person = f"{live_server.url}/bureau/personnes/{offer.person.key}/echanges/"
    in_both_lights(desk, person, page_audit, "person")
