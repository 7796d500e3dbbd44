"""A brand opens its link without an account, in a browser that tells its address to nobody."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from proche.areas.matching.actions import invite_review
from proche.areas.matching.models import BrandReview
from proche.areas.messages.models import Message
from tests.browser import Mailbox, Site
from tests.factories.accounts import ProgrammeFactory
from tests.factories.brands import BriefFactory, ContactFactory
from tests.factories.matching import a_member, a_roster
from tests.factories.people import consenting

# The texts of consent come with the migrations: they are put back for who comes next.
pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)


@pytest.fixture
def address(transactional_db: None) -> str:
    programme = ProgrammeFactory.create()
    brief = BriefFactory.create(brand__programme=programme, quantity=2)
    consenting(a_member(programme, given_name="Camille", reached=range(50)), "brands")
    a_member(programme, given_name="Odile", reached=range(60, 90))
    invite_review(a_roster(brief), ContactFactory.create(brand=brief.brand), by=None)
    found = re.search(r"/marque/\S+", Message.objects.latest("pk").body)
    assert found
    return found[0]


def test_a_brand_asks_a_question_then_approves(
    live_server: LiveServer,
    address: str,
    mailbox: Mailbox,
    tmp_path: Path,
    new_page_on: Callable[..., Page],
    page_audit: Callable[[Page], list[str]],
) -> None:
    page = new_page_on(Site(live_server.url, mailbox, {}, tmp_path))
    page.goto(address)
    expect(page.get_by_text("Camille", exact=True)).to_be_visible()
    expect(page.get_by_text("Odile")).to_have_count(0)
    assert page_audit(page) == []

    page.get_by_label("Poser une question").check()
    page.get_by_role("button", name="Envoyer ma réponse").click()
    expect(page.get_by_text("Dites en quelques mots")).to_be_visible()
    page.get_by_label("Vos mots pour l’agence").fill("Et une barbière?")
    page.get_by_role("button", name="Envoyer ma réponse").click()
    expect(page.get_by_text("question posée")).to_be_visible()

    page.get_by_label("Approuver").check()
    page.get_by_role("button", name="Envoyer ma réponse").click()
    expect(page.get_by_text("approuvée")).to_be_visible()
    assert page_audit(page) == []
    assert BrandReview.objects.get().state == BrandReview.State.APPROVED
