"""A strategist composes a roster within a budget, a cap and a floor, locks somebody and sees the
cost, the picture and the map; both languages, light and dark, at a desk and on a phone."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from proche.areas.brands.models import Brief
from proche.areas.matching.models import Roster
from tests.browser import Mailbox, Site
from tests.cast import Cast, make_cast, signed_in
from tests.factories.brands import BriefFactory
from tests.factories.matching import a_member, a_shortlist

# The texts of consent come with the migrations: they are put back for who comes next.
pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)
PHONE = {"width": 390, "height": 844}
DESK: Any = {"width": 1280, "height": 900}
# Where, in which language, and whom they reach: Ana and Bea share half of theirs.
BANK = [
    ("Ana", "01", "fr", range(1000)),
    ("Bea", "01", "fr", range(500, 1400)),
    ("Cam", "01", "en", range(2000, 2700)),
    ("Dan", "05", "fr", range(3000, 3400)),
    ("Eve", "05", "en", range(4000, 4300)),
    ("Flo", "06", "fr", range(5000, 5090)),
]


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    return make_cast()


@pytest.fixture
def brief(cast: Cast) -> Brief:
    found: Brief = BriefFactory.create(
        brand__programme=cast.programme, quantity=4, fair_value_cents=2500
    )
    for name, region, language, reached in BANK:
        a_member(
            cast.programme,
            given_name=name,
            region=region,
            content_languages=[language],
            reached=reached,
        )
    a_shortlist(found)
    return found


@pytest.fixture
def page(
    live_server: LiveServer,
    cast: Cast,
    mailbox: Mailbox,
    tmp_path: Path,
    new_page_on: Callable[..., Page],
) -> Page:
    opened = new_page_on(Site(live_server.url, mailbox, {}, tmp_path), viewport=DESK)
    session = signed_in(cast.strategist).cookies["sessionid"].value
    opened.context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
    return opened


def test_a_roster_within_a_budget_with_a_cap_a_floor_and_a_lock(
    page: Page,
    brief: Brief,
    page_audit: Callable[[Page], list[str]],
    screenshot: Callable[[Page, str], None],
) -> None:
    page.goto(f"/bureau/marques/mandats/{brief.pk}/")
    page.get_by_role("link", name="Choisir sous conditions").click()
    page.get_by_label("Budget, en dollars").fill("110")
    page.get_by_label("Livraison à chaque membre").fill("5")
    page.get_by_label("Bas-Saint-Laurent : Au plus").fill("1")
    page.get_by_label("Estrie : Au moins").fill("3")
    page.get_by_role("button", name="Composer la distribution").click()
    refused = page.get_by_role("alert")
    expect(refused).to_contain_text("demander au moins 2 (Estrie)")
    expect(page.get_by_label("Budget, en dollars")).to_have_value("110")
    assert not Roster.objects.exists()
    look(page, "refused", page_audit, screenshot)

    page.get_by_label("Estrie : Au moins").fill("2")
    page.get_by_role("button", name="Composer la distribution").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("3 personnes choisies")
    expect(page.locator(".big-figure")).to_have_text("1\u00a0700 personnes")
    expect(page.get_by_text("Le meilleur possible.")).to_be_visible()
    expect(page.get_by_text("Coût de 90\u00a0$ sur un budget de 110\u00a0$.")).to_be_visible()

    page.get_by_label("Une autre personne").select_option(label="Flo Ouellet")
    page.get_by_label("Dans cette distribution").last.select_option("kept")
    page.get_by_role("button", name="Recomposer").click()
    prices = page.get_by_role("region", name="Ce que coûtent les conditions")
    kept = prices.get_by_role("listitem").filter(has_text="Garder Flo")
    expect(kept).to_contain_text("coûte 910 personnes")
    expect(kept).to_contain_text("790 au lieu de 1\u00a0700")
    expect(kept).to_contain_text("53,5\u00a0%")

    expect(page.locator("#gained svg")).to_be_visible()
    page.locator(".chart-table summary").click()
    table = page.get_by_role("region", name="La portée de la distribution")
    expect(table.get_by_role("row").last).to_contain_text("790")
    expect(page.locator(".tile-map li").filter(has_text="Estrie")).to_contain_text("2 membres")
    look(page, "roster", page_audit, screenshot)
    in_english_and_dark(page, page_audit, screenshot)


def look(page: Page, name: str, audit: Any, picture: Any) -> None:
    whole(page, DESK["width"])
    picture(page, name)
    assert audit(page) == []
    whole(page, PHONE["width"])
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    for scroller in page.locator(".table-scroll").all():
        assert scroller.evaluate("box => box.scrollWidth - box.clientWidth") <= 1
    assert audit(page) == []
    picture(page, f"{name}-phone")
    page.set_viewport_size(DESK)


def whole(page: Page, width: int) -> None:
    """The page seen whole at that width, so that a picture shows all of it."""
    page.set_viewport_size({"width": width, "height": 900})
    height = int(page.evaluate("document.documentElement.scrollHeight"))
    page.set_viewport_size({"width": width, "height": height})


def in_english_and_dark(page: Page, audit: Any, picture: Any) -> None:
    page.emulate_media(color_scheme="dark")
    page.get_by_role("button", name="English").click()
    expect(page.get_by_text("What the conditions cost")).to_be_visible()
    expect(page.get_by_text("costs 910 people (53.5%): 790, 1,700 without")).to_be_visible()
    expect(page.locator("#gained svg")).to_be_visible()
    look(page, "roster-english", audit, picture)
