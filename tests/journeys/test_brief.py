"""From a brand to a shortlist one can defend: a draft that loses nothing, a law that says no, other
weights tried without keeping, and why not this person."""

from collections.abc import Callable
from datetime import timedelta
from io import BytesIO

import pytest
from django.utils import timezone
from PIL import Image
from playwright.sync_api import BrowserContext, FilePayload, Page, expect

from tests.browser import Site
from tests.journeys.test_bank import DESK, PHONE, Audit, Picture, look
from tests.journeys.test_every_page import STRATEGIST, address_of, sign_in

pytestmark = pytest.mark.journey
WORDS = {
    "title_fr": "Savon à l’aubépine",
    "title_en": "Hawthorn soap",
    "gets_fr": "Deux savons, envoi payé.",
    "gets_en": "Two soaps, shipping paid.",
    "asks_fr": "Les essayer deux semaines.",
    "asks_en": "Try them for two weeks.",
    "content_fr": "Vos mains au travail.",
    "content_en": "Your hands at work.",
    "avoid_fr": "Promettre de soigner.",
    "avoid_en": "Promising to heal.",
    "fair_value": "18",
    "budget": "400",
    "topics": "coiffure, beauté",
}


def test_from_a_brand_to_a_shortlist_that_can_be_defended(
    site: Site, new_context: Callable[..., BrowserContext], page_audit: Audit, screenshot: Picture
) -> None:
    page = new_context(viewport=DESK).new_page()
    sign_in(page, site, address_of(site, STRATEGIST))
    add_the_brand(page, page_audit, screenshot)
    put_the_brief_aside(page, page_audit, screenshot)
    write_it_for_good(page, page_audit, screenshot)
    try_other_weights(page, page_audit, screenshot)
    ask_why_not(page, page_audit, screenshot)
    in_english_and_dark(page, page_audit, screenshot)


def logo() -> FilePayload:
    out = BytesIO()
    Image.new("RGB", (400, 120), "#37469f").save(out, "PNG")
    return {"name": "logo.png", "mimeType": "image/png", "buffer": out.getvalue()}


def add_the_brand(page: Page, audit: Audit, picture: Picture) -> None:
    page.goto("/bureau/marques/ajouter/")
    page.locator("[name=name]").fill("Aubépine (exemple)")
    page.locator("[name=categories]").fill("savons, beauté")
    page.get_by_label("Sapinelle", exact=True).check()
    page.locator("[name=other_rivals]").fill("Savonnerie d’ailleurs")
    page.locator("[name=regions][value='01']").check()
    page.locator("[name=logo_file]").set_input_files(logo())
    look(page, "brand-form", audit, picture)
    page.get_by_role("button", name="Ajouter la marque").click()
    expect(page.get_by_alt_text("Logo de Aubépine (exemple)")).to_be_visible()
    page.locator("[name=name]").fill("Personne Exemple")
    page.locator("[name=email]").fill("aubepine@exemple.example")
    page.get_by_role("button", name="Ajouter la personne-ressource").click()
    page.get_by_role("button", name="Retirer Personne Exemple").click()
    expect(page.get_by_text("ne parle plus pour")).to_be_visible()
    page.get_by_role("button", name="Annuler").click()
    expect(page.get_by_role("button", name="Retirer Personne Exemple")).to_be_visible()
    look(page, "brand", audit, picture)


def put_the_brief_aside(page: Page, audit: Audit, picture: Picture) -> None:
    page.get_by_role("link", name="Écrire un mandat").first.click()
    expect(page.locator("[name=regions][value='01']")).to_be_checked()
    for name, words in WORDS.items():
        page.locator(f"[name={name}]").fill(words)
    page.locator("[name=format][value=product]").check()
    page.get_by_label("Noix ou arachides").check()
    french, english = (page.locator(f"[name=title_{side}]") for side in ("fr", "en"))
    assert height_of(french) == height_of(english)
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    assert height_of(french) < height_of(english)
    page.set_viewport_size(DESK)  # type: ignore[arg-type]
    page.get_by_role("button", name="Enregistrer comme brouillon").click()
    expect(page.locator(".notice")).to_contain_text("Brouillon enregistré")
    for name, words in WORDS.items():
        expect(page.locator(f"[name={name}]")).to_have_value(words)
    expect(page.get_by_label("Noix ou arachides")).to_be_checked()
    look(page, "brief-draft", audit, picture)


def height_of(field: object) -> float:
    box = field.bounding_box()  # type: ignore[attr-defined]
    return float(box["y"])


def write_it_for_good(page: Page, audit: Audit, picture: Picture) -> None:

    page.locator("[name=quantity]").fill("6")
    page.locator("[name=starts_on]").fill(timezone.localdate().isoformat())
    page.locator("[name=ends_on]").fill((timezone.localdate() + timedelta(days=30)).isoformat())
    page.locator("[name=regions][value='01']").uncheck()
    page.locator("[name=for_children]").check()
    page.get_by_role("button", name="Garder le mandat").click()
    expect(page.locator(".field-error")).to_contain_text("articles 248 et 249")
    for name, words in WORDS.items():
        expect(page.locator(f"[name={name}]")).to_have_value(words)
    look(page, "brief-refused", audit, picture)
    page.locator("[name=for_children]").uncheck()
    page.get_by_role("button", name="Garder le mandat").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Savon à l’aubépine")
    page.get_by_text("Le mandat en entier").click()
    expect(page.get_by_text("Promising to heal.")).to_be_visible()
    look(page, "brief", audit, picture)
    page.get_by_role("button", name="Classer la banque").click()
    expect(page.locator(".ranked > li").first).to_be_visible()


def try_other_weights(page: Page, audit: Audit, picture: Picture) -> None:
    first = page.locator(".ranked > li strong").first.inner_text()
    for name in ("relevance", "affinity", "wishes", "reliability", "fairness"):
        page.locator(f"[name={name}]").fill("0")
    page.locator("[name=closeness]").fill("10")
    supposed = page.locator("#what-if")
    expect(supposed).to_contain_text("rien n’étant encore gardé")
    expect(supposed.locator("li")).to_have_count(10)
    expect(supposed.locator("li", has_text="monte de").first).to_be_visible()
    expect(page.locator(".ranked > li strong").first).to_have_text(first)
    supposed.scroll_into_view_if_needed()
    look(page, "brief-what-if", audit, picture)
    page.reload()
    expect(page.locator("[name=closeness]")).to_have_value("2")
    expect(page.locator(".ranked > li strong").first).to_have_text(first)


def ask_why_not(page: Page, audit: Audit, picture: Picture) -> None:
    page.get_by_role("link", name="Voir la liste").click()
    name = page.locator(".owed-who strong").first.inner_text()
    page.go_back()
    page.locator("#why [type=search]").fill(name)
    page.get_by_role("button", name="Dire pourquoi").click()
    expect(page.get_by_role("heading", name=name)).to_be_visible()
    expect(page.locator(".is-stop").first).to_be_visible()
    look(page, "brief-why", audit, picture)


def in_english_and_dark(page: Page, audit: Audit, picture: Picture) -> None:
    home = str(page.evaluate("location.origin"))
    page.context.add_cookies([
        {"name": "django_language", "value": "en", "url": home},
        {"name": "theme", "value": "dark", "url": home},
    ])  # fmt: skip
    page.goto("/bureau/marques/classement/")
    page.locator("[name=exclusivity_months]").fill("4")
    page.get_by_role("button", name="Keep for the programme").click()
    expect(page.locator(".history .now")).to_contain_text("4 months between rivals")
    look(page, "ranking-rules", audit, picture)
    page.goto("/bureau/marques/?q=Aub")
    page.get_by_role("link", name="Hawthorn soap").click()
    page.locator("[name=closeness]").fill("10")
    expect(page.locator("#what-if")).to_contain_text("nothing kept yet")
    look(page, "brief-dark", audit, picture)
    page.get_by_role("link", name="Change the brief").click()
    look(page, "brief-form-dark", audit, picture)
    page.get_by_role("link", name="Cancel").click()
    page.get_by_role("button", name="Rank again with these weights").click()
    expect(page.locator(".ranked > li").first).to_be_visible()
