"""A list comes in by hand, in both languages: problems, what it would do, the bank, and back."""

import io
import re
from collections.abc import Callable
from pathlib import Path

import pytest
import xlsxwriter
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser import Site, link_in
from tests.journeys.test_bank import look
from tests.journeys.test_every_page import STRATEGIST, address_of, sign_in

pytestmark = pytest.mark.journey
Audit = Callable[[Page], list[str]]
Picture = Callable[[Page, str], None]
DESK = {"width": 1280, "height": 900}
SOON = 60_000
FRENCH = (
    "Prénom;Nom;Courriel;Région;Ville;Instagram;Abonnés;Métier;Étiquettes;Couleur\r\n"
    "Zoélie;Essai-Tremblay;zoelie@liste.example;Estrie;Magog;@zoelie.essai;4,2 k;boulangère;"
    "salon;bleu\r\n"
    "Luc;Essai-Côté;luc@liste.example;Lanaudère;;;;;;\r\n"
    "Ève;Essai-Roy;pas un courriel;06;;https://www.tiktok.com/@eve;;;;\r\n"
    "Rose;Essai-Gagné;rose@liste.example;06;Montréal;;;fleuriste;salon;\r\n"
)


def workbook() -> bytes:
    held = io.BytesIO()
    with xlsxwriter.Workbook(held) as book:
        book.add_worksheet("Read me").write_column(0, 0, ["An old list", "not this one"])
        sheet = book.add_worksheet("Members")
        sheet.write_row(
            0, 0, ["First name", "Last name", "E-mail", "City", "IG handle", "Followers"]
        )
        sheet.write_row(1, 0, ["Joy", "Sample-Smith", "joy@list.example", "Gaspé", "@joy.s", 900])
        sheet.write_row(2, 0, ["Sam", "Sample-Lee", "sam@list.example", "Gaspé", "@sam.l", "lots"])
    return held.getvalue()


def upload(page: Page, name: str, data: bytes, folder: Path) -> None:
    page.goto("/bureau/importer/")
    path = folder / name
    path.write_bytes(data)
    page.locator("[name=file]").set_input_files(str(path))
    page.locator("form button.btn-primary").click()
    page.wait_for_url(re.compile(r"/importer/[^/]+/$"))


def test_a_list_in_french_comes_in_and_is_taken_back(
    site: Site,
    new_context: Callable[..., BrowserContext],
    page_audit: Audit,
    screenshot: Picture,
    tmp_path: Path,
) -> None:
    page = new_context(viewport=DESK).new_page()
    sign_in(page, site, address_of(site, STRATEGIST))
    page.goto("/bureau/importer/")
    look(page, "import", page_audit, screenshot)
    upload(page, "liste.csv", FRENCH.encode("cp1252"), tmp_path)
    expect(page.locator("h1")).to_contain_text("Qu’est chaque colonne?")
    expect(page.get_by_label("Ce qu’est « Couleur »")).to_have_value("")
    look(page, "import-columns", page_audit, screenshot)
    page.locator("[name=basis][value=relation]").check()
    page.locator("[name=source]").fill("Contrats de la campagne du printemps")
    page.locator("[name=dated_on]").fill("2026-05-01")
    page.locator("[name=tag]").fill("liste du printemps")
    page.get_by_role("button", name="Vérifier chaque rangée").click()
    expect(page.locator("h1")).to_contain_text("Rien n’est encore écrit.", timeout=SOON)
    expect(page.locator(".definition-strip dd")).to_have_text(["2", "0", "0", "2"])
    look(page, "import-checked", page_audit, screenshot)
    page.get_by_role("link", name="Tout voir, rangée par rangée").click()
    expect(page.locator("tbody tr")).to_have_count(3)
    expect(page.locator("tbody")).to_contain_text("Lanaudière")
    look(page, "import-problems", page_audit, screenshot)
    page.go_back()
    page.get_by_role("button", name="Importer", exact=True).click()
    expect(page.locator("h1")).to_contain_text("La liste est dans la banque.", timeout=SOON)
    look(page, "import-done", page_audit, screenshot)
    done = page.url
    page.get_by_role("link", name="Les voir dans la banque").click()
    expect(page.locator("tbody")).to_contain_text("Zoélie Essai-Tremblay")
    expect(page.locator("h1")).to_contain_text("2 personnes")
    page.get_by_role("link", name="Zoélie Essai-Tremblay").click()
    expect(page.locator("#origin-title")).to_be_visible()
    look(page, "import-person", page_audit, screenshot)
    one_says_no(page, site, done, new_context, page_audit, screenshot)
    page.goto(done)
    page.get_by_role("link", name="Annuler l’import").click()
    look(page, "import-undo", page_audit, screenshot)
    page.get_by_role("button", name="Annuler l’import").click()
    expect(page.locator("h1")).to_contain_text("Cet import est annulé.", timeout=SOON)
    # Zoélie was written to since: she stays, and is named.
    expect(page.locator("main")).to_contain_text("Zoélie Essai-Tremblay")
    look(page, "import-undone", page_audit, screenshot)


def one_says_no(
    page: Page,
    site: Site,
    done: str,
    new_context: Callable[..., BrowserContext],
    audit: Audit,
    picture: Picture,
) -> None:
    page.goto(done)
    page.get_by_role("link", name="Leur demander").click()
    page.get_by_role("button", name="Envoyer le message").click()
    letter = site.mailbox.wait("rose@liste.example")
    site.mailbox.wait("zoelie@liste.example")
    rose = new_context(viewport=DESK).new_page()
    rose.goto(link_in(letter, "/inscription/liste/"))
    expect(rose.locator("h1")).to_contain_text("Rose, voulez-vous être ici?")
    look(rose, "import-answer", audit, picture)
    rose.get_by_role("link", name="Non, effacez-moi").click()
    assert audit(rose) == []
    rose.get_by_role("button", name="Oui, effacer").click()
    expect(rose.locator("h1")).to_contain_text("Vous n’êtes plus ici.")
    page.goto("/bureau/banque/?tag=liste+du+printemps")
    expect(page.locator("h1")).to_contain_text("1 personne")


def test_a_workbook_in_english_comes_in_and_everything_is_taken_away(
    site: Site,
    new_context: Callable[..., BrowserContext],
    page_audit: Audit,
    screenshot: Picture,
    tmp_path: Path,
) -> None:
    context = new_context(viewport=DESK)
    context.add_cookies([
        {"name": "django_language", "value": "en", "url": site.url},
        {"name": "theme", "value": "dark", "url": site.url},
    ])  # fmt: skip
    page = context.new_page()
    sign_in(page, site, address_of(site, STRATEGIST))
    upload(page, "list.xlsx", workbook(), tmp_path)
    page.locator("[name=sheet]").select_option("Members")
    page.get_by_role("button", name="Read this sheet").click()
    expect(page.get_by_label("What “IG handle” is")).to_have_value("account:instagram")
    page.locator("[name=doubtful][value=without]").check()
    look(page, "import-columns-dark", page_audit, screenshot)
    page.get_by_role("button", name="Check every row").click()
    expect(page.locator("h1")).to_contain_text("Nothing is written yet.", timeout=SOON)
    look(page, "import-checked-dark", page_audit, screenshot)
    page.get_by_role("button", name="Import", exact=True).click()
    expect(page.locator("h1")).to_contain_text("The list is in the bank.", timeout=SOON)
    page.goto("/bureau/banque/?q=Sample-Smith")
    expect(page.locator("tbody")).to_contain_text("Joy Sample-Smith")
    page.goto("/bureau/importer/")
    page.get_by_role("link", name="list.xlsx").click()
    page.get_by_role("link", name="Undo the import").click()
    page.get_by_role("button", name="Undo the import").click()
    expect(page.locator("h1")).to_contain_text("This import is undone.", timeout=SOON)
    page.goto("/bureau/banque/?q=Sample-Smith")
    expect(page.locator("main")).not_to_contain_text("Joy Sample-Smith")
    take_everything(page, page_audit, screenshot)


def take_everything(page: Page, audit: Audit, picture: Picture) -> None:
    page.goto("/bureau/emporter/")
    look(page, "takeout", audit, picture)
    page.locator("[name=kind][value=xlsx]").check()
    page.get_by_role("button", name="Make the file").click()
    taken = page.get_by_role("link", name=re.compile("^Take .*B$"))
    expect(taken).to_be_visible(timeout=SOON)
    look(page, "takeout-made", audit, picture)
    with page.expect_download() as download:
        taken.click()
    assert download.value.suggested_filename.endswith(".xlsx")
    page.reload()
    expect(page.locator("main")).to_contain_text("Last taken on")
