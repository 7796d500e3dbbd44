"""An empty installation is opened once, from the terminal; then a code by mail is the only key."""

import re
import time
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser import Site, code_in

OWNER = "gisele@exemple.test"


def first_step(site: Site) -> str:
    """The link that only the operator's terminal shows."""
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline:
        found = re.search(r"http://\S+/premier-pas/\S+", site.log.read_text())
        if found:
            return found[0]
        time.sleep(0.1)
    raise AssertionError(site.log.read_text())


def fill(page: Page, **answers: str) -> None:
    """Answer each field by its name, then press the one main button."""
    for name, answer in answers.items():
        page.locator(f"[name={name}]").fill(answer)
    page.locator("button.btn-primary").click()


def open_installation(page: Page, link: str) -> None:
    page.goto(link)
    fill(
        page,
        name="Gisèle Otis",
        email=OWNER,
        agency_name="Agence du Fleuve",
        programme_name="Les gens d’ici",
        postal_address="1, rue du Quai, Rimouski (Québec)",
    )


def sign_in(page: Page, site: Site, address: str) -> None:
    page.goto("/connexion/")
    fill(page, email=address)
    fill(page, code=code_in(site.mailbox.wait(address)))


def test_the_first_account_is_opened_once_and_signs_in_by_a_code(
    empty_site: Site,
    new_page_on: Callable[[Site], Page],
    page_audit: Callable[[Page], list[str]],
) -> None:
    page, link = new_page_on(empty_site), first_step(empty_site)
    page.goto(link)
    assert page_audit(page) == []
    open_installation(page, link)
    expect(page).to_have_url(re.compile("/bureau/"))
    assert page_audit(page) == []

    answer = page.goto(link)
    assert answer is not None
    assert answer.status == 404

    elsewhere = new_page_on(empty_site)
    sign_in(elsewhere, empty_site, OWNER)
    expect(elsewhere).to_have_url(re.compile("/bureau/"))


def test_an_address_nobody_knows_sees_the_same_page(
    empty_site: Site, new_page_on: Callable[[Site], Page]
) -> None:
    page = new_page_on(empty_site)
    open_installation(page, first_step(empty_site))
    stranger = new_page_on(empty_site)
    stranger.goto("/connexion/")
    fill(stranger, email="personne@exemple.test")
    expect(stranger).to_have_url(re.compile("/connexion/code/"))
