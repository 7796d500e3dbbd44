"""A person who applied twice: found, looked at side by side, merged, undone, told apart."""

from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, ViewportSize, expect
from pytest_django.live_server_helper import LiveServer

from proche.areas.people.duplicates import DuplicatePair
from proche.areas.people.models import Person
from proche.areas.people.resembling import recognise
from tests.browser import Mailbox, Site
from tests.cast import Cast, make_cast, signed_in
from tests.factories.people import AccountFactory, PersonFactory, consenting

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)

PAGE = "/bureau/doublons/"
PHONE: ViewportSize = {"width": 390, "height": 1100}
DESK: ViewportSize = {"width": 1280, "height": 1000}
WORDS = {
    "fr": {
        "one": "Un doublon possible.",
        "same": "Même personne",
        "undo": "Annuler",
        "none": "Aucune paire à regarder.",
        "undone": "a de nouveau sa propre fiche",
    },
    "en": {
        "one": "One possible duplicate.",
        "same": "Same person",
        "undo": "Undo",
        "none": "No pair to look at.",
        "undone": "has a record of their own again",
    },
}


@pytest.fixture
def team(transactional_db: None) -> Cast:
    cast = make_cast()
    member = consenting(
        PersonFactory.create(
            programme=cast.programme,
            given_name="Geneviève",
            family_name="Côté",
            email="lune.tuque@gmail.com",
        )
    )
    AccountFactory.create(person=member, handle="coupes_de_lune")
    again = consenting(
        PersonFactory.create(
            programme=cast.programme,
            given_name="Gen",
            family_name="Côté-Roy",
            email="lunetuque@gmail.com",
            occupation="barbière",
            state=Person.State.APPLIED,
        )
    )
    AccountFactory.create(person=again, platform="tiktok", handle="coupes.de.lune")
    recognise(again)
    return cast


@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_duplicate_is_reviewed_merged_and_undone(
    live_server: LiveServer,
    team: Cast,
    mailbox: Mailbox,
    tmp_path: Path,
    new_page_on: Callable[..., Page],
    page_audit: Callable[[Page], list[str]],
    screenshot: Callable[..., None],
    language: str,
) -> None:
    said = WORDS[language]
    page = new_page_on(Site(live_server.url, mailbox, {}, tmp_path))
    cookies = {"django_language": language}
    cookies |= {name: morsel.value for name, morsel in signed_in(team.strategist).cookies.items()}
    host = urlsplit(live_server.url).hostname
    page.context.add_cookies(
        [
            {"name": name, "value": value, "domain": host, "path": "/"}
            for name, value in cookies.items()
        ]
    )
    page.goto(PAGE)
    expect(page.get_by_role("heading", level=1)).to_have_text(said["one"])
    assert page_audit(page) == []
    screenshot(page, f"duplicates-{language}")
    for light, viewport in (("dark", PHONE), ("light", PHONE), ("dark", DESK), ("light", DESK)):
        page.emulate_media(color_scheme=light, reduced_motion="reduce")  # type: ignore[arg-type]
        page.set_viewport_size(viewport)
        assert page_audit(page) == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        screenshot(page, f"duplicates-{language}-{light}-{viewport['width']}")
    page.keyboard.press("ArrowRight")
    expect(page.get_by_label("Côté-Roy", exact=True)).to_be_checked()

    page.get_by_role("button", name=said["same"]).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(said["none"])
    assert list(Person.objects.values_list("given_name", "family_name", "occupation")) == [
        ("Gen", "Côté-Roy", "barbière")
    ]
    assert page_audit(page) == []
    screenshot(page, f"merged-{language}")
    page.locator(".toasts").get_by_role("button", name=said["undo"]).click()
    expect(page.get_by_text(said["undone"])).to_be_visible()
    expect(page.get_by_role("heading", level=1)).to_have_text(said["one"])
    assert set(Person.objects.values_list("given_name", "family_name")) == {
        ("Geneviève", "Côté"), ("Gen", "Côté-Roy"),
    }  # fmt: skip

    page.keyboard.press("2")
    expect(page.get_by_role("heading", level=1)).to_have_text(said["none"])
    assert DuplicatePair.objects.get().decision == DuplicatePair.Decision.TWO_PEOPLE
