"""A reader names somebody, who says yes or no: in both languages, with and without JavaScript, and
in a frame on the partner's own site."""

import re
import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser import Site, link_in

CALL = "/appels/les-mains-d-ici/"
PHONE = {"width": 390, "height": 844}
Audit = Callable[[Page], list[str]]
WORDS = {
    "fr": {
        "get": "Obtenir mon lien",
        "link": "Votre lien à transmettre",
        "no": "Non, merci",
        "stop": "On s’arrête là.",
        "yes": "S’inscrire",
        "track": "Comment partagez-vous?",
        "thought": "Mireille Zwicky a pensé à vous",
        "how_much": re.compile(r"Combien font (\S+) plus (\S+)\?"),
    },
    "en": {
        "get": "Get my link",
        "link": "Your link to pass on",
        "no": "No, thank you",
        "stop": "It stops here.",
        "yes": "Sign up",
        "track": "How do you share?",
        "thought": "Mireille Zwicky thought of you",
        "how_much": re.compile(r"How much is (\S+) plus (\S+)\?"),
    },
}


def cells(site: Site, question: str) -> list[tuple[Any, ...]]:
    path = f"{site.environment['PROCHE_DATA_DIR']}/proche.sqlite3"
    with closing(sqlite3.connect(path)) as database:
        return database.execute(question).fetchall()


def speaking(page: Page, site: Site, language: str) -> Page:
    chosen = {"name": "django_language", "value": language, "url": site.url}
    page.context.add_cookies([chosen])  # type: ignore[list-item]
    return page


def get_link(page: Page, language: str, audit: Audit, name: str = "") -> str:
    said = WORDS[language]
    page.goto(CALL)
    assert audit(page) == []
    page.locator("[name=nominator_name]").fill(name)
    page.get_by_role("button", name=str(said["get"])).click()
    expect(page.get_by_role("heading", name=str(said["link"]))).to_be_visible()
    assert audit(page) == []
    link = page.locator("#link").inner_text()
    assert link in page.locator("#words").input_value()
    return link


@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_reader_forwards_a_link_and_the_nominee_joins(
    site: Site, new_page_on: Callable[..., Page], page_audit: Audit, language: str
) -> None:
    said = WORDS[language]
    reader = speaking(new_page_on(site), site, language)
    link = get_link(reader, language, page_audit, "Mireille Zwicky")
    nominee = speaking(new_page_on(site, viewport=PHONE), site, language)
    nominee.goto(link)
    expect(nominee.get_by_role("heading", name=str(said["thought"]))).to_be_visible()
    assert page_audit(nominee) == []
    nominee.get_by_role("button", name=str(said["yes"])).click()
    expect(nominee.get_by_role("heading", name=str(said["track"]))).to_be_visible()
    address = f"jonction.{language}@exemple.example"
    signs_up(nominee, address, language)
    mail = site.mailbox.wait(address)
    nominee.goto(link_in(mail, "/inscription/confirmer/"))
    nominee.locator("main form button, .phone-bar button").first.click()
    key = link.rstrip("/").rpartition("/")[2]
    joined = f"""SELECT p.email FROM recruitment_nomination n
                 JOIN people_person p ON p.id = n.person_id WHERE n.key = '{key}'"""
    assert cells(site, joined) == [(address,)]


def go_on(page: Page) -> None:
    before = page.url
    page.locator(".phone-bar button.btn-primary").click()
    page.wait_for_url(lambda now: now != before)


def signs_up(page: Page, address: str, language: str) -> None:
    page.locator("[name=archetype]").first.check()
    go_on(page)
    fields = {"given_name": "Aubierge", "family_name": "Jonction", "email": address}
    for name, value in fields.items():
        page.locator(f"[name={name}]").fill(value)
    page.locator("[name=region]").select_option("10")
    page.locator("[name=adult]").check()
    go_on(page)
    for name in ("shares", "topics", "content_languages"):
        page.locator(f"[name={name}]").first.check()
    page.locator("[name=seeks_living][value=no]").check()
    go_on(page)
    page.locator("[name=form-0-platform]").select_option("instagram")
    page.locator("[name=form-0-handle]").fill(f"@aubierge.{language}")
    page.locator("[name=form-0-followers]").fill("512")
    go_on(page)
    page.locator("[name=tries_products]").check()
    go_on(page)
    if language == "en":  # the French words come first, then the choice to go on in English
        page.locator("button.btn-primary").last.click()
    page.locator("[name=bank]").check()
    go_on(page)


@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_nominee_says_no_and_nothing_is_kept(
    site: Site, new_page_on: Callable[..., Page], page_audit: Audit, language: str
) -> None:
    said, name = WORDS[language], f"Aldegonde Refus-{language}"
    reader = speaking(new_page_on(site), site, language)
    link = get_link(reader, language, page_audit, name)
    nominee = speaking(new_page_on(site, viewport=PHONE), site, language)
    nominee.goto(link)
    nominee.get_by_role("button", name=str(said["no"])).click()
    expect(nominee.get_by_role("heading", name=str(said["stop"]))).to_be_visible()
    assert page_audit(nominee) == []
    answer = nominee.goto(link)
    assert answer is not None
    assert answer.status == 404
    held = f"SELECT count(*) FROM recruitment_nomination WHERE nominator_name = '{name}'"
    assert cells(site, held) == [(0,)]


@pytest.mark.parametrize("language", ["fr", "en"])
def test_without_javascript_one_question_is_enough(
    site: Site, new_page_on: Callable[..., Page], language: str
) -> None:
    said = WORDS[language]
    page = speaking(new_page_on(site, java_script_enabled=False), site, language)
    page.goto(CALL)
    total = answer_to(page, said["how_much"])
    page.locator("[name=answer]").fill(total)
    page.wait_for_timeout(8_500)  # as long as a person takes to read the page
    page.get_by_role("button", name=str(said["get"])).click()
    expect(page.get_by_role("heading", name=str(said["link"]))).to_be_visible()


NUMBERS = {
    word: number
    for words in (
        "zéro un deux trois quatre cinq six sept huit neuf",
        "zero one two three four five six seven eight nine",
    )
    for number, word in enumerate(words.split())
}


def answer_to(page: Page, question: Any) -> str:
    found = question.search(page.content())
    assert found
    return str(NUMBERS[found[1]] + NUMBERS[found[2]])


# The frame, on another origin


@contextmanager
def partner_site(snippet: str) -> Iterator[str]:
    """A magazine of one page that pasted the lines it was given."""

    class OnePage(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = f"<!doctype html><html lang=fr><title>Revue</title>{snippet}".encode()
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_arguments: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), OnePage)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def declare(site: Site, origin: str) -> None:
    path = f"{site.environment['PROCHE_DATA_DIR']}/proche.sqlite3"
    with closing(sqlite3.connect(path, timeout=20)) as database, database:
        database.execute("UPDATE recruitment_call SET frame_origins = ?", (f'["{origin}"]',))


def lines_for(site: Site) -> str:
    return (
        f'<iframe src="{site.url}{CALL}integrer/" title="Appel" width="600" height="200" '
        f'data-proche="les-mains-d-ici"></iframe>'
        f'<script src="{site.url}/static/js/frame-host.js" async></script>'
    )


def test_in_a_frame_a_reader_gets_a_link_and_no_cookie(
    site: Site, new_page_on: Callable[..., Page]
) -> None:
    with partner_site(lines_for(site)) as origin:
        declare(site, origin)
        page = new_page_on(site)
        page.wait_for_timeout(5_500)  # what the server remembers of a call lasts five seconds
        page.goto(origin)
        frame = page.frame_locator("iframe")
        expect(frame.get_by_role("heading", name="Les mains d’ici")).to_be_visible()
        height = "Number(document.querySelector('iframe').height)"
        page.wait_for_function(f"{height} > 300")
        before = page.evaluate(height)
        frame.get_by_role("link", name="English").click()
        frame.get_by_role("button", name="Get my link").click()
        expect(frame.get_by_role("heading", name="Your link to pass on")).to_be_visible()
        page.wait_for_function(f"{height} !== {before}")
        assert page.context.cookies() == []


def test_a_site_that_was_not_declared_cannot_show_the_call(
    site: Site, open_context: Callable[..., Any]
) -> None:
    with partner_site(lines_for(site)) as origin:
        declare(site, "https://journal.example")
        page = open_context(site).new_page()
        page.wait_for_timeout(5_500)
        page.goto(origin)
        expect(page.locator("iframe")).to_have_count(1)
        expect(page.frame_locator("iframe").get_by_role("heading")).to_have_count(0)
