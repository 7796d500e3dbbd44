"""Every component in a browser: accessible, narrow, without a script, under the content policy."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

PAGES = sorted(path.stem for path in (Path(__file__).parent / "pages").glob("*.html"))
LOOKS = [("fr", "light", 1280), ("en", "dark", 320)]
pytestmark = [
    pytest.mark.journey,
    pytest.mark.urls("tests.common.patterns"),
    pytest.mark.django_db(transaction=True),
]


@contextmanager
def opened(
    browser: Browser, server: Any, look: tuple[str, str, int], **options: Any
) -> Iterator[Page]:
    language, theme, width = look
    context = browser.new_context(viewport={"width": width, "height": 900}, **options)
    context.add_cookies(
        [
            {"name": "django_language", "value": language, "url": server.url},
            {"name": "theme", "value": theme, "url": server.url},
        ]
    )
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("look", LOOKS, ids=lambda look: "-".join(map(str, look)))
@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing_and_nothing_sticks_out(
    browser: Browser,
    live_server: Any,
    page_audit: Callable[[Page], list[str]],
    name: str,
    look: tuple[str, str, int],
) -> None:
    with opened(browser, live_server, look) as page:
        page.goto(f"{live_server.url}/{name}/?toast=1")
        assert page_audit(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") == look[2]


@pytest.mark.parametrize("name", PAGES)
def test_the_content_policy_has_nothing_to_refuse(
    browser: Browser, live_server: Any, name: str
) -> None:
    with opened(browser, live_server, LOOKS[0]) as page:
        said: list[str] = []
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        page.goto(f"{live_server.url}/{name}/", wait_until="networkidle")
        assert said == []


def test_a_chart_is_drawn_over_its_own_table(browser: Browser, live_server: Any) -> None:
    with opened(browser, live_server, LOOKS[0]) as page:
        page.goto(f"{live_server.url}/impact/")
        page.wait_for_selector("#weekly svg path.background, #weekly svg g.mark-line")
        page.get_by_text("Voir le tableau").last.click()
        assert page.locator(".chart-table tbody tr").count() == 3


def test_the_menu_opens_on_a_phone_without_a_script(browser: Browser, live_server: Any) -> None:
    with opened(browser, live_server, ("fr", "light", 390), java_script_enabled=False) as page:
        page.goto(f"{live_server.url}/today/")
        bank = page.locator(".side-sheet").get_by_role("link", name="Banque")
        assert not bank.is_visible()
        page.get_by_text("Menu", exact=True).click()
        assert bank.is_visible()


def test_the_bulk_bar_takes_the_place_of_the_header_without_a_script(
    browser: Browser, live_server: Any
) -> None:
    with opened(browser, live_server, LOOKS[0], java_script_enabled=False) as page:
        page.goto(f"{live_server.url}/today/")
        group = page.locator("[data-check-group]")
        assert group.locator(".bulk").is_visible()
        for box in group.get_by_role("checkbox").all():
            box.uncheck()
        assert not group.locator(".bulk").is_visible()
        assert group.locator(".card-head:not(.bulk)").is_visible()


def test_language_is_chosen_once_and_theme_stays(browser: Browser, live_server: Any) -> None:
    with opened(browser, live_server, LOOKS[0]) as page:
        page.goto(f"{live_server.url}/today/")
        page.locator(".side-open").get_by_role("button", name="English").click()
        assert page.locator("html").get_attribute("lang") == "en"
        page.locator(".side-open").get_by_role("button", name="Dark").click()
        assert page.locator("html").get_attribute("data-theme") == "dark"


def test_what_was_done_can_be_undone_from_the_toast(browser: Browser, live_server: Any) -> None:
    with opened(browser, live_server, LOOKS[0]) as page:
        page.goto(f"{live_server.url}/today/?toast=1")
        page.get_by_role("status").get_by_role("button", name="Annuler").click()
        assert page.url == f"{live_server.url}/annuler/"


def test_the_exact_words_are_copied_in_one_tap(browser: Browser, live_server: Any) -> None:
    with opened(
        browser, live_server, LOOKS[0], permissions=["clipboard-read", "clipboard-write"]
    ) as page:
        page.goto(f"{live_server.url}/offer/")
        page.get_by_role("button", name="Copier").click()
        page.get_by_role("button", name="Copié").wait_for()
        words = page.evaluate("navigator.clipboard.readText()")
        assert words == "Publicité. Produit offert par Sapinelle. #pub"


def test_a_question_asked_in_a_dialog_can_be_left_by_the_keyboard(
    browser: Browser, live_server: Any
) -> None:
    with opened(browser, live_server, LOOKS[0]) as page:
        page.goto(f"{live_server.url}/fields/")
        page.get_by_role("link", name="Retirer").click()
        assert page.get_by_role("dialog").is_visible()
        page.keyboard.press("Escape")
        assert not page.get_by_role("dialog").is_visible()
