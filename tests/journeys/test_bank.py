"""The bank by hand: a slip forgiven, a palette by the keyboard, a phone that never scrolls
sideways, and nothing for axe to find on the way."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser import Site
from tests.journeys.test_every_page import STRATEGIST, address_of, sign_in

pytestmark = pytest.mark.journey
Audit = Callable[[Page], list[str]]
Picture = Callable[[Page, str], None]
PHONE = {"width": 390, "height": 844}
DESK = {"width": 1280, "height": 900}


def test_the_bank_by_keyboard_and_on_a_phone(
    site: Site, new_context: Callable[..., BrowserContext], page_audit: Audit, screenshot: Picture
) -> None:
    page = new_context(viewport=DESK).new_page()
    sign_in(page, site, address_of(site, STRATEGIST))
    page.goto("/bureau/banque/?q=coifuse")
    expect(page.locator(".notice")).to_contain_text("coiffeuse")
    look(page, "bank-slip", page_audit, screenshot)
    page.goto("/bureau/banque/?region=06&profile=professional&tier=nano")
    page.locator("[data-check]").first.check()
    look(page, "bank-chosen", page_audit, screenshot)
    page.locator("summary", has_text="Colonnes").click()
    look(page, "bank-columns", page_audit, screenshot)
    go_by_the_palette(page, page_audit, screenshot)
    in_english_and_dark(page, page_audit, screenshot)


def look(page: Page, name: str, audit: Audit, picture: Picture) -> None:
    picture(page, name)
    assert audit(page) == []
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    for scroller in page.locator(".table-scroll").all():
        assert scroller.evaluate("box => box.scrollWidth - box.clientWidth") <= 1
    picture(page, f"{name}-phone")
    page.set_viewport_size(DESK)  # type: ignore[arg-type]


def go_by_the_palette(page: Page, audit: Audit, picture: Picture) -> None:
    page.keyboard.press("Control+k")
    field = page.locator("#palette input")
    expect(field).to_be_focused()
    expect(page.locator("#palette [role=option]").first).to_be_visible()
    field.fill("evenements")
    chosen = page.locator("#palette [aria-selected=true]")
    expect(chosen).to_contain_text("Événements")
    picture(page, "palette")
    assert audit(page) == []
    page.keyboard.press("Escape")
    expect(page.locator("#palette")).to_be_hidden()
    page.locator(".palette-open").click()
    field.fill("evenements")
    expect(chosen).to_contain_text("Événements")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    page.wait_for_url("**/bureau/evenements/")
    # Faster than the answers come: Enter waits for the one to what is typed.
    page.keyboard.press("Control+k")
    field.fill("thresholds")
    field.fill("seuils")
    page.keyboard.press("Enter")
    page.wait_for_url("**/bureau/verdicts/seuils/")
    page.keyboard.press("Control+k")
    field.fill("zzzz")
    expect(page.locator(".palette-none")).to_contain_text("zzzz")
    assert audit(page) == []
    page.keyboard.press("Escape")


def in_english_and_dark(page: Page, audit: Audit, picture: Picture) -> None:
    home = str(page.evaluate("location.origin"))
    page.context.add_cookies([
        {"name": "django_language", "value": "en", "url": home},
        {"name": "theme", "value": "dark", "url": home},
    ])  # fmt: skip
    page.goto("/bureau/banque/?topic=hair&sort=-followers")
    expect(page.locator("h1")).to_contain_text("Bank")
    look(page, "bank-dark", audit, picture)
    for address in ("/bureau/banque/vues/?question=region%3D06", "/bureau/aller/?q=bank"):
        page.goto(address)
        look(page, f"bank-{address.split('/')[2]}", audit, picture)
    page.goto("/bureau/banque/")
    page.locator("[data-check]").first.check()
    page.get_by_role("button", name="Write").click()
    page.locator("[name=subject_fr]").fill("Un atelier")
    page.locator("[name=body_fr]").fill("Venez samedi.")
    page.locator("[name=subject_en]").fill("A workshop")
    page.locator("[name=body_en]").fill("Come on Saturday.")
    look(page, "letter-write", audit, picture)
    page.get_by_role("button", name="See who reads what").click()
    look(page, "letter", audit, picture)
