"""A year later: a member says it is still them, changes one answer, sleeps and wakes, reads what
the team wrote, puts back what it corrected, leaves, and is nowhere any more."""

import os
import re
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from pathlib import Path

from django.utils import timezone
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser import Site, code_in, link_in
from tests.journeys.test_every_page import STRATEGIST, address_of, sign_in

Audit = Callable[[Page], list[str]]
Picture = Callable[[Page, str], None]
PHONE = {"width": 390, "height": 844}
DESK = {"width": 1280, "height": 900}
ADDRESS = "zephirine.quatrevents@exemple.example"
TRACES = ("Zéphirine", "Quatrevents", "zephirine.", "zeph.tisse", "bobinettes", "Sainte-Navette")
# Not somebody of a list that another journey imported, who has not answered everything yet.
QUIET = """
    SELECT p.id FROM people_person p WHERE p.state = 'member' AND p.user_id IS NULL
    AND p.region <> '' AND p.content_languages <> '[]'
    AND NOT EXISTS (SELECT 1 FROM imports_origin o WHERE o.person_id = p.id)
    AND NOT EXISTS (SELECT 1 FROM campaigns_offer o WHERE o.person_id = p.id)
    ORDER BY p.id DESC LIMIT 1
"""


class Store:
    """The database of the site, as an operator would open it."""

    def __init__(self, site: Site) -> None:
        self.site, self.folder = site, Path(site.environment["PROCHE_DATA_DIR"])

    def ask(self, question: str, *values: object) -> list[tuple[object, ...]]:
        with closing(sqlite3.connect(self.folder / "proche.sqlite3", timeout=20)) as database:
            rows = database.execute(question, values).fetchall()
            database.commit()
        return rows

    def night(self, job: str) -> None:
        """Run one of the nightly jobs as the worker would, without waiting for the night."""
        module, _dot, name = f"proche.areas.{job}".rpartition(".")
        code = f"import django; django.setup(); from {module} import {name}; {name}()"
        environment = {**os.environ, **self.site.environment}
        environment["DJANGO_SETTINGS_MODULE"] = "proche.settings"
        subprocess.run([sys.executable, "-c", code], env=environment, check=True, timeout=120)


def a_member_of_a_year(store: Store) -> tuple[int, str]:
    """Somebody of the sample, under a name that nothing else of it holds."""
    (pk,) = store.ask(QUIET)[0]
    joined = (timezone.localdate() - timedelta(days=400)).isoformat() + " 12:00:00"
    store.ask(
        "UPDATE people_person SET given_name = 'Zéphirine', family_name = 'Quatrevents', email = ?,"
        " joined_at = ?, own_words = 'Je tisse avec des bobinettes.', language = 'fr',"
        " search_text = 'zephirine quatrevents bobinettes' WHERE id = ?",
        ADDRESS, joined, pk,
    )  # fmt: skip
    store.ask(
        "INSERT INTO accounts_user (password, is_superuser, email, name, language, is_active,"
        " is_sample, date_joined) VALUES ('!', 0, ?, 'Zéphirine Quatrevents', 'fr', 1, 0, ?)",
        ADDRESS, joined,
    )  # fmt: skip
    store.ask(
        "UPDATE people_person SET user_id = (SELECT id FROM accounts_user WHERE email = ?) "
        "WHERE id = ?",
        ADDRESS, pk,
    )  # fmt: skip
    store.ask("UPDATE people_account SET handle = 'zeph.tisse' WHERE person_id = ?", pk)
    store.ask("DELETE FROM people_stilltrue WHERE person_id = ?", pk)
    return int(str(pk)), str(store.ask("SELECT key FROM people_person WHERE id = ?", pk)[0][0])


def look(page: Page, name: str, audit: Audit, picture: Picture) -> None:
    for size, where in ((DESK, ""), (PHONE, "-phone")):
        page.set_viewport_size(size)  # type: ignore[arg-type]
        assert page.evaluate("document.documentElement.scrollWidth") <= size["width"], page.url
        picture(page, f"{name}{where}")
    assert audit(page) == [], page.url
    page.set_viewport_size(DESK)  # type: ignore[arg-type]


def in_the_other_way(page: Page, name: str, audit: Audit, picture: Picture) -> None:
    """The same page in English, in the dark."""
    home = str(page.evaluate("location.origin"))
    page.context.add_cookies(
        [
            {"name": "django_language", "value": "en", "url": home},
            {"name": "theme", "value": "dark", "url": home},
        ]
    )
    page.reload()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    look(page, f"{name}-en-dark", audit, picture)
    page.context.clear_cookies(name="django_language")
    page.context.clear_cookies(name="theme")
    page.reload()


def test_a_year_later_a_member_answers_sleeps_wakes_leaves_and_is_erased(
    site: Site, new_context: Callable[..., BrowserContext], page_audit: Audit, screenshot: Picture
) -> None:
    store = Store(site)
    pk, key = a_member_of_a_year(store)
    member, team = new_context(viewport=PHONE).new_page(), new_context(viewport=DESK).new_page()
    sign_in(team, site, address_of(site, STRATEGIST))
    answer_by_the_link(member, site, store, page_audit, screenshot)
    sleep_and_wake(member, store, pk, page_audit, screenshot)
    write_and_keep(team, key, page_audit, screenshot)
    read_and_object(member, page_audit, screenshot)
    leave_for_good(member, team, site, store, pk, key, page_audit, screenshot)


def answer_by_the_link(
    page: Page, site: Site, store: Store, audit: Audit, picture: Picture
) -> None:
    store.night("content.tasks.ask_if_still_true")
    page.goto(link_in(site.mailbox.wait(ADDRESS, subject="Est-ce toujours vous"), "/toujours-moi/"))
    expect(page.locator("h1")).to_contain_text("Est-ce toujours vous, Zéphirine")
    look(page, "still-true", audit, picture)
    in_the_other_way(page, "still-true", audit, picture)
    page.get_by_role("link", name="Changer mes réponses").click()
    page.locator("[name=email]").fill(ADDRESS)
    sent = len(site.mailbox.sent_to(ADDRESS))
    page.locator("button.btn-primary").click()
    page.locator("[name=code]").fill(code_in(site.mailbox.wait(ADDRESS, count=sent + 1)))
    page.locator("button.btn-primary").click()
    page.wait_for_url("**/moi/reponses/")
    page.locator("[name=city]").fill("Sainte-Navette")
    page.get_by_role("button", name="Garder mes réponses").click()
    page.wait_for_url("**/moi/profil/")
    expect(page.get_by_text("Tout confirmé le")).to_be_visible()
    expect(page.get_by_text("Changé par moi").first).to_be_visible()


def sleep_and_wake(page: Page, store: Store, pk: int, audit: Audit, picture: Picture) -> None:
    page.goto("/moi/donnees/")
    look(page, "break", audit, picture)
    page.locator("[name=until]").fill((timezone.localdate() + timedelta(days=9)).isoformat())
    page.get_by_role("button", name="Prendre une pause").click()
    expect(page.get_by_text("Vous êtes en pause jusqu’au")).to_be_visible()
    page.locator(".toast-undo").click()
    page.wait_for_url("**/moi/")
    page.locator(".toast-undo").click()
    page.wait_for_url("**/moi/donnees/")
    expect(page.get_by_text("Vous êtes en pause jusqu’au")).to_be_visible()
    look(page, "asleep", audit, picture)
    asked = "SELECT state FROM people_person WHERE id = ?"
    assert store.ask(asked, pk) == [("asleep",)]
    last_day = timezone.localdate().isoformat()
    store.ask("UPDATE people_break SET until = ? WHERE person_id = ?", last_day, pk)
    store.night("content.tasks.wake")
    assert store.ask(asked, pk) == [("member",)]


def write_and_keep(page: Page, key: str, audit: Audit, picture: Picture) -> None:
    page.goto(f"/bureau/personnes/{key}/")
    look(page, "person", audit, picture)
    # Each section comes alone into the page, under an address of its own.
    page.evaluate("window.stayed = true")
    page.locator("#to-person_notes").click()
    page.wait_for_url("**/notes/")
    assert page.evaluate("window.stayed")
    page.locator("[name=text]").fill("Zéphirine préfère les appels du matin.")
    page.get_by_role("button", name="Garder la note").click()
    expect(page.locator(".facts")).to_contain_text("appels du matin")
    look(page, "person-notes", audit, picture)
    page.locator("#to-person_files").click()
    page.wait_for_url("**/fichiers/")
    bad = {"name": "x.png", "mimeType": "image/png", "buffer": b"<svg/>"}
    page.locator("[name=file]").set_input_files(bad)  # type: ignore[arg-type]
    page.locator("[name=why]").fill("Entente signée par Zéphirine")
    page.get_by_role("button", name="Garder le fichier").click()
    expect(page.locator(".invalid-feedback, .field-error, [role=alert]").first).to_be_visible()
    expect(page.locator("[name=why]")).to_have_value("Entente signée par Zéphirine")
    look(page, "person-files-refused", audit, picture)
    paper = b"%PDF-1.4 Quatrevents bobinettes %%EOF"
    good = {"name": "quatrevents.pdf", "mimeType": "application/pdf", "buffer": paper}
    page.locator("[name=file]").set_input_files(good)  # type: ignore[arg-type]
    page.get_by_role("button", name="Garder le fichier").click()
    with page.expect_download() as taken:
        page.get_by_role("link", name="quatrevents.pdf").click()
    assert Path(taken.value.path()).read_bytes() == paper
    look(page, "person-files", audit, picture)
    page.goto(f"/bureau/personnes/{key}/corriger/city/")
    look(page, "person-correct", audit, picture)
    page.locator("[name=value]").fill("Matane")
    page.locator("[name=reason]").fill("Vu sur sa page.")
    page.get_by_role("button", name="Corriger").click()
    page.wait_for_url("**/dit/")
    expect(page.locator("table")).to_contain_text("Vu sur sa page.")
    for name in ("facts", "timeline", "consents", "exchanges", "messages", "looks"):
        page.locator(f"#to-person_{name}").click()
        expect(page.locator(f"#to-person_{name}")).to_have_attribute("aria-current", "page")
        look(page, f"person-{name}", audit, picture)
        in_the_other_way(page, f"person-{name}", audit, picture)


def read_and_object(page: Page, audit: Audit, picture: Picture) -> None:
    page.goto("/moi/profil/")
    expect(page.get_by_text("Corrigé par l’équipe").first).to_be_visible()
    look(page, "known", audit, picture)
    in_the_other_way(page, "known", audit, picture)
    page.get_by_role("button", name="Remettre ce que j’avais dit").click()
    expect(page.get_by_text("Corrigé par l’équipe")).to_have_count(0)


def leave_for_good(
    page: Page, team: Page, site: Site, store: Store, pk: int, key: str, audit: Audit,
    picture: Picture,
) -> None:  # fmt: skip
    page.goto("/moi/quitter/")
    look(page, "leave", audit, picture)
    page.locator("[name=sure]").check()
    page.get_by_role("button", name="Partir").click()
    expect(page.locator("h1")).to_contain_text("plus personne ne vous voit")
    look(page, "left", audit, picture)
    stay = link_in(site.mailbox.wait(ADDRESS, subject="Vous avez quitté"), "/moi/rester/")
    page.goto(stay)
    look(page, "stay", audit, picture)
    team.goto(f"/bureau/personnes/{key}/")
    expect(team.locator("h1")).to_contain_text("Cette personne est partie")
    look(team, "person-left", audit, picture)
    # Neither her name nor a word near it is in the memory of the server.
    team.goto("/bureau/banque/?q=quatrevent")
    assert "quatrevents" not in team.content().lower()
    assert found_in(store) != []
    store.ask("UPDATE people_departure SET erase_on = ?", timezone.localdate().isoformat())
    store.night("content.tasks.erase_departed")
    deadline = time.monotonic() + 30
    while (found := found_in(store)) and time.monotonic() < deadline:
        # A reader may hold the log: the hourly job empties it later, here we ask again.
        store.night("recruitment.residue.scrub")
    assert found == []
    assert store.ask("SELECT state FROM people_person WHERE id = ?", pk) == [("left",)]
    page.goto(stay)
    expect(page.locator("h1, .refused, main")).to_contain_text([re.compile("n’ouvre plus rien")])


def found_in(store: Store) -> list[tuple[str, str]]:
    """Which traces lie in which file of the data folder, the database and its log byte by byte."""
    found = []
    for path in store.folder.rglob("*"):
        if path.is_file() and "static" not in path.parts:
            held = path.read_bytes()
            found += [(path.name, trace) for trace in TRACES if trace.encode() in held]
    return found
