"""Every page that links lead to, from each door: accessible, narrow, in its language."""

import re
import sqlite3
from collections.abc import Callable
from contextlib import closing
from urllib.parse import urljoin, urlsplit

import pytest
from django.urls import Resolver404, resolve
from playwright.sync_api import Page

from tests.browser import Site, code_in

STRATEGIST = (
    "SELECT u.email FROM accounts_user u JOIN accounts_role r ON r.user_id = u.id "
    "WHERE r.kind = 'owner'"
)
MEMBER = (
    "SELECT u.email FROM accounts_user u JOIN people_person p ON p.user_id = u.id "
    "JOIN campaigns_offer o ON o.person_id = p.id WHERE p.state = 'member' ORDER BY p.id"
)
# Leaves the session, or is not a page.
LEFT_OUT = re.compile(r"/sortie/|/langue/|/theme/|\.csv|\.json|\.ics|\.pdf|/exporter/|/etiquettes/")
NARROW = {"width": 320, "height": 700}
WIDE = {"width": 1280, "height": 900}
Audit = Callable[[Page], list[str]]


def address_of(site: Site, question: str) -> str:
    path = f"{site.environment['PROCHE_DATA_DIR']}/proche.sqlite3"
    with closing(sqlite3.connect(path)) as database:
        row = database.execute(question).fetchone()
    assert row, "the sample has nobody for this door"
    return str(row[0])


def sign_in(page: Page, site: Site, address: str) -> None:
    sent = len(site.mailbox.sent_to(address))
    page.goto("/connexion/")
    page.locator("[name=email]").fill(address)
    page.locator("button.btn-primary").click()
    page.locator("[name=code]").fill(code_in(site.mailbox.wait(address, count=sent + 1)))
    page.locator("button.btn-primary").click()
    page.wait_for_url(re.compile("/(bureau|moi)/"))


def route_of(url: str) -> str:
    """The shape of an address: one page of each shape is looked at."""
    try:
        return str(resolve(urlsplit(url).path, "proche.urls").route)
    except Resolver404:
        return urlsplit(url).path


def links_on(page: Page) -> list[str]:
    found = page.eval_on_selector_all("a[href]", "all => all.map(one => one.getAttribute('href'))")
    there = [urljoin(page.url, str(href)) for href in found]
    here = urlsplit(page.url).netloc
    return [url for url in there if urlsplit(url).netloc == here and not LEFT_OUT.search(url)]


def faults_on(page: Page, audit: Audit, language: str) -> list[str]:
    faults = audit(page)
    if page.locator("html").get_attribute("lang") != language:
        faults.append("is not in its language")
    page.set_viewport_size(NARROW)  # type: ignore[arg-type]
    width = page.evaluate("document.documentElement.scrollWidth")
    if width > NARROW["width"]:
        faults.append(f"is {width} px wide on a phone of {NARROW['width']}")
    page.set_viewport_size(WIDE)  # type: ignore[arg-type]
    return faults


def walk(page: Page, start: str, audit: Audit, language: str) -> dict[str, list[str]]:
    """What is wrong, by address; an empty list stands for a page that is well."""
    waiting, seen = [urljoin(page.url, start)], dict[str, list[str]]()
    routes = {route_of(waiting[0])}
    while waiting:
        url = waiting.pop(0)
        answer = page.goto(url)
        path = urlsplit(url).path
        if answer is None or answer.status != 200:
            seen[path] = [f"answers {answer.status if answer else 'nothing'}"]
            continue
        seen[path] = faults_on(page, audit, language)
        for link in links_on(page):
            if route_of(link) not in routes:
                routes.add(route_of(link))
                waiting.append(link)
    return seen


DOORS = [
    ("visitor", "", "/", "fr", "light"),
    ("strategist", STRATEGIST, "/bureau/", "fr", "light"),
    ("strategist", STRATEGIST, "/bureau/", "en", "dark"),
    ("member", MEMBER, "/moi/", "fr", "light"),
    ("member", MEMBER, "/moi/", "en", "dark"),
]


@pytest.mark.parametrize(
    ("who", "question", "start", "language", "theme"),
    DOORS,
    ids=[f"{door[0]}-{door[3]}-{door[4]}" for door in DOORS],
)
def test_no_page_has_a_fault(
    site: Site,
    new_page_on: Callable[..., Page],
    page_audit: Audit,
    who: str,
    question: str,
    start: str,
    language: str,
    theme: str,
) -> None:
    page = new_page_on(site, viewport=WIDE)
    page.context.add_cookies(
        [
            {"name": "django_language", "value": language, "url": site.url},
            {"name": "theme", "value": theme, "url": site.url},
        ]
    )
    page.goto("/")
    if question:
        sign_in(page, site, address_of(site, question))
    seen = walk(page, start, page_audit, language)
    assert {path: faults for path, faults in seen.items() if faults} == {}
    assert len(seen) > 2
