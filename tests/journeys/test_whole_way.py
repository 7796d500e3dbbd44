"""The whole way through, once: from a visitor to a measured campaign, as each person does it."""

import random
import re
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

from django.utils import timezone
from playwright.sync_api import Page, expect

from tests.browser import Site, code_in, link_in

STRATEGIST = "maude@voisine.example"
MEMBER = "ariane.vollant@exemple.example"
PHONE = {"width": 390, "height": 844}
DESK = {"width": 1440, "height": 900}
STARTS = date(2026, 9, 7)

NewPage = Callable[..., Page]
Audit = Callable[[Page], list[str]]
Screenshot = Callable[[Page, str], None]


class Walker:
    """One person in one browser; every page they stop at is audited."""

    def __init__(self, page: Page, site: Site, audit: Audit) -> None:
        self.page, self.site, self.audit = page, site, audit

    def go(self, path: str) -> None:
        self.page.goto(path)
        self.look()

    def look(self) -> None:
        assert self.audit(self.page) == [], self.page.url

    def fill(self, **fields: str) -> None:
        for name, value in fields.items():
            self.page.locator(f"[name='{name}']").fill(value)

    def press(self, name: str | re.Pattern[str]) -> None:
        self.page.get_by_role("button", name=name).first.click()
        self.page.wait_for_load_state()

    def follow(self, name: str | re.Pattern[str]) -> None:
        self.page.get_by_role("link", name=name).first.click()
        self.page.wait_for_load_state()

    def sees(self, words: str | re.Pattern[str]) -> None:
        expect(self.page.get_by_text(words).first).to_be_visible()

    def sign_in(self, address: str) -> None:
        before = len(self.site.mailbox.sent_to(address))
        if "/connexion/" not in self.page.url:
            self.go("/connexion/")
        self.fill(email=address)
        self.press("Envoyez-moi un code")
        self.fill(code=code_in(self.site.mailbox.wait(address, count=before + 1)))
        self.press("Entrer")


def sign_up(visitor: Walker) -> None:
    """Six screens, nothing ticked in advance, then the link of the email and its button."""
    page = visitor.page
    visitor.go("/")
    visitor.follow("S’inscrire")
    page.get_by_label("Je montre mon métier").check()
    visitor.look()
    visitor.press("Continuer")
    visitor.fill(given_name="Ariane", family_name="Vollant", email=MEMBER, city="Chibougamau")
    page.locator("[name=region]").select_option("10")
    # Without the box of age, the message stands by it and what was typed is kept.
    visitor.press("Continuer")
    visitor.sees("Le programme est pour les 18 ans et plus.")
    expect(page.locator("[name=given_name]")).to_have_value("Ariane")
    visitor.look()
    page.get_by_label("J’ai 18 ans ou plus").check()
    visitor.press("Continuer")
    visitor.fill(occupation="coiffeuse", own_words="Mes réseaux, c’est pour montrer mes coupes.")
    page.get_by_label("Beauté").check()
    page.get_by_label("Français").check()
    page.get_by_label("Oui, surtout").check()
    page.get_by_label("Non, jamais").check()
    page.get_by_label("Non", exact=True).check()
    visitor.look()
    visitor.press("Continuer")
    page.locator("[name=form-0-platform]").select_option("instagram")
    visitor.fill(**{"form-0-handle": "@ciseaux.ariane", "form-0-followers": "812"})
    visitor.look()
    visitor.press("Continuer")
    page.get_by_label("Essayer de nouveaux produits").check()
    visitor.look()
    visitor.press("Continuer")
    assert page.locator("input[type=checkbox]:checked").count() == 0
    for purpose in ("bank", "offers", "shortlists", "brands"):
        page.locator(f"[name={purpose}]").check()
    visitor.look()
    visitor.press("Envoyer mon inscription")
    visitor.sees("Lisez votre courriel")
    visitor.go(link_in(visitor.site.mailbox.wait(MEMBER), "/inscription/confirmer/"))
    visitor.press("Oui, confirmer")
    visitor.sees("Merci, Ariane.")


def sign_the_verdict(strategist: Walker) -> None:
    """The application shows its evidence and a proposed verdict; a strategist signs and accepts."""
    page = strategist.page
    strategist.go("/bureau/inscriptions/")
    row = page.locator("[data-card]", has_text="Ariane Vollant")
    expect(row).to_contain_text("nano")
    expect(row).to_contain_text("812")
    row.get_by_role("link", name="Ariane Vollant", exact=True).click()
    strategist.sees("Verdict proposé")
    strategist.sees("Mes réseaux, c’est pour montrer mes coupes.")
    strategist.look()
    strategist.press("Signer le verdict")
    strategist.sees("Signé par Maude Gagnon")
    strategist.go("/bureau/inscriptions/")
    row = page.locator("[data-card]", has_text="Ariane Vollant")
    row.get_by_role("link", name=re.compile("^Accepter")).click()
    strategist.look()
    strategist.press("Accepter et accueillir")
    strategist.sees(re.compile("Ariane Vollant est dans la banque"))


def find_in_the_bank(strategist: Walker) -> None:
    page = strategist.page
    strategist.go("/bureau/banque/")
    page.get_by_role("searchbox", name="Chercher dans la banque").fill("VOLLANT coiffeuse")
    page.keyboard.press("Enter")
    expect(page.locator("tbody tr")).to_have_count(1)
    strategist.go("/bureau/banque/?region=10&profile=professional&tier=nano&contact=never")
    expect(page.locator("tbody")).to_contain_text("Ariane Vollant")


def write_a_brief(strategist: Walker) -> None:
    page = strategist.page
    strategist.go("/bureau/marques/")
    strategist.follow("Ajouter une marque")
    strategist.fill(name="Épinette noire", categories="soins capillaires", aliases="epinettenoire")
    strategist.look()
    strategist.press("Ajouter la marque")
    strategist.follow(re.compile("^Écrire un mandat"))
    strategist.fill(
        title_fr="Huile aux bourgeons",
        title_en="Bud oil",
        gets_fr="Une huile pour les cheveux, 50 ml, envoi payé.",
        gets_en="A hair oil, 50 ml, shipping paid.",
        asks_fr="L’essayer et dire ce que vous en pensez.",
        asks_en="Try it and say what you think of it.",
        fair_value="29",
        quantity="3",
        topics="coiffure, cheveux",
        starts_on=timezone.localdate().isoformat(),
        ends_on=(timezone.localdate() + timedelta(days=30)).isoformat(),
    )
    page.locator("[name=format][value=product]").check()
    page.locator("[name=exchange]").select_option("agreed")
    page.locator("[name=obligation]").check()
    page.get_by_label("Nord-du-Québec").check()
    strategist.look()
    strategist.press("Garder le mandat")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Huile aux bourgeons")


def compose_and_offer(strategist: Walker, screenshot: Screenshot) -> None:
    page = strategist.page
    strategist.press("Classer la banque")
    row = page.locator(".ranked > li", has_text="Ariane Vollant")
    expect(row).to_contain_text("coiff")
    strategist.sees("Écartés avant le classement")
    strategist.look()
    strategist.press("Composer la distribution")
    row = page.locator(".ranked > li", has_text="Ariane Vollant")
    if row.get_by_role("button", name=re.compile("^Choisir")).count():
        row.get_by_role("button", name=re.compile("^Choisir")).click()
    expect(page.locator(".ranked > li", has_text="Ariane Vollant")).to_contain_text("Choisie")
    strategist.look()
    screenshot(page, "shortlist")
    strategist.follow("Envoyer les propositions")
    strategist.look()
    strategist.press(re.compile("^Envoyer"))


def accept_the_offer(member: Walker) -> None:
    """From the link of the email to the address, on a phone."""
    page = member.page
    offer = member.site.mailbox.wait(MEMBER, subject="Épinette noire")
    member.page.goto(link_in(offer, "/moi/propositions/"))
    member.sign_in(MEMBER)
    expect(page.get_by_role("heading", level=1)).to_contain_text("Huile aux bourgeons")
    member.sees("Dois-je publier?")
    member.look()
    member.press("Accepter")
    member.fill(street="12, 3e Rue", town="Chibougamau", postal_code="G8P 1A1")
    member.look()
    member.press("Accepter")
    member.sees("Oui, mais pas encore.")
    member.look()


def ship_and_receive(strategist: Walker, member: Walker) -> None:
    page = strategist.page
    strategist.go("/bureau/envois/?q=Vollant")
    page.get_by_role("checkbox", name=re.compile("Vollant")).check()
    strategist.look()
    strategist.press("Marquer expédiés")
    expect(page.get_by_role("button", name="Annuler")).to_be_visible()
    member.go("/moi/")
    member.press("Je l’ai reçu")
    # The clock starts at receipt: a day is now named.
    member.sees(re.compile(r"Oui, d’ici le \w+ \d+"))


def check_and_post(member: Walker, screenshot: Screenshot) -> None:
    page = member.page
    member.follow("Vérifier ma légende")
    page.locator("[name=caption]").fill(
        "Mes pointes sont ENFIN douces!! Trois semaines que je teste cette huile avant de vous "
        "en parler, parce que je recommande pas à la légère. Merci @epinettenoire #collab"
    )
    member.sees("À coller tout au début")
    member.sees(re.compile("Épinette noire"))
    member.look()
    screenshot(page, "check")
    member.press("L’ajouter au début de ma légende")
    expect(page.locator("[name=caption]")).to_have_value(re.compile("^Publicité"))
    expect(page.get_by_role("button", name="J’ai publié : la remettre")).to_be_visible()
    member.press("J’ai publié : la remettre")
    member.fill(url="https://www.instagram.com/p/exemple123/")
    member.look()
    member.press("La remettre")
    member.sees("C’est fait.")


def approve_the_post(strategist: Walker) -> None:
    strategist.go("/bureau/publications/")
    strategist.follow(re.compile("Ariane Vollant"))
    strategist.look()
    strategist.press(re.compile("Approuver|fait ce qu"))


def results(tmp_path: Path, *, nano: float, star: float, stores: int) -> Path:
    """Weekly sales of stores in three arms: a table as a brand would send it."""
    draw = random.Random(7)
    lifts = {"control": 0.0, "nano": nano, "star": star}
    lines = ["unit;arm;date;outcome"]
    for arm, lift in lifts.items():
        for store in range(stores):
            usual = draw.gauss(42, 4)
            for week in range(12):
                sold = usual + draw.gauss(0, 2) + (lift if week >= 6 else 0)
                day = STARTS + timedelta(weeks=week - 6)
                lines.append(f"{arm}-{store};{arm};{day};{sold:.1f}".replace(".", ","))
    file = tmp_path / "ventes.csv"
    file.write_text("\n".join(lines), encoding="utf-8")
    return file


def plan_a_study(strategist: Walker, title: str) -> None:
    page = strategist.page
    strategist.go("/bureau/retombees/")
    strategist.follow("Prévoir une mesure")
    page.locator("[name=brand]").select_option(label="Épinette noire")
    words = {
        "title": (title, title),
        "product": ("de l’huile", "the oil"),
        "unit": ("magasin", "store"),
        "units": ("magasins", "stores"),
        "verb": ("a vendu", "sold"),
        "outcome": ("flacons", "bottles"),
        "one": ("flacon", "bottle"),
        "period": ("semaine", "week"),
    }
    for name, (french, english) in words.items():
        strategist.fill(**{f"{name}_fr": french, f"{name}_en": english})
    strategist.fill(starts_on=STARTS.isoformat())
    strategist.look()
    strategist.press("Garder la mesure")


def enter_results(strategist: Walker, file: Path) -> None:
    page = strategist.page
    strategist.follow("Saisir les résultats")
    page.locator("input[type=file]").set_input_files(file)
    strategist.press("Lire le fichier")


def measure(strategist: Walker, tmp_path: Path, screenshot: Screenshot) -> None:
    page = strategist.page
    plan_a_study(strategist, "Huile, automne")
    broken = tmp_path / "brisé.csv"
    broken.write_text("unit;arm;date;outcome\nA;nano;hier;12\n", encoding="utf-8")
    enter_results(strategist, broken)
    strategist.sees("brisé.csv")
    strategist.look()
    page.locator("input[type=file]").set_input_files(
        results(tmp_path, nano=9.4, star=4.0, stores=30)
    )
    strategist.press("Lire le fichier")
    strategist.sees("Combien de fois plus?")
    expect(page.locator("svg").first).to_be_visible()
    strategist.sees(re.compile(r"\d,\d fois"))
    page.locator(".vega-embed svg, figure svg").first.wait_for()
    strategist.look()
    screenshot(page, "impact")
    page.get_by_text("Voir le tableau").first.click()
    plan_a_study(strategist, "Huile, essai")
    enter_results(strategist, results(tmp_path, nano=5.0, star=0.2, stores=4))
    strategist.sees("Pas assez de données pour un rapport")
    strategist.look()


def test_from_a_visitor_to_a_measured_campaign(
    site: Site,
    new_page_on: NewPage,
    page_audit: Audit,
    screenshot: Screenshot,
    tmp_path: Path,
) -> None:
    visitor = Walker(new_page_on(site, viewport=PHONE), site, page_audit)
    strategist = Walker(new_page_on(site, viewport=DESK), site, page_audit)
    sign_up(visitor)
    strategist.sign_in(STRATEGIST)
    strategist.look()
    screenshot(strategist.page, "today")
    sign_the_verdict(strategist)
    find_in_the_bank(strategist)
    write_a_brief(strategist)
    compose_and_offer(strategist, screenshot)
    accept_the_offer(visitor)
    ship_and_receive(strategist, visitor)
    check_and_post(visitor, screenshot)
    approve_the_post(strategist)
    measure(strategist, tmp_path, screenshot)
