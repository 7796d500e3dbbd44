"""A post and its proof: handed in with a screenshot, read again the day after by the server on a
real site, found changed, corrected, and handed over as a file that other tools verify."""

import os
import subprocess
import sys
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, expect

from tests.browser import Site, text_of
from tests.journeys.test_every_page import STRATEGIST, address_of, sign_in
from tests.journeys.test_person import Store
from tests.platforms.site import SmallSite, page, small_site

Audit = Callable[[Page], list[str]]
Picture = Callable[[Page, str], None]
PHONE = {"width": 390, "height": 844}
DESK = {"width": 1280, "height": 900}
WAITING = (
    "SELECT o.id, o.person_id FROM campaigns_offer o "
    "JOIN campaigns_exchange e ON e.offer_id = o.id "
    "JOIN content_post c ON c.exchange_id = e.id AND c.state = 'expected' "
    "JOIN people_person p ON p.id = o.person_id WHERE p.state = 'member' ORDER BY o.id LIMIT 1"
)
OFFER = (
    "SELECT o.key, b.name FROM campaigns_offer o JOIN campaigns_campaign c ON c.id = o.campaign_id "
    "JOIN brands_brief f ON f.id = c.brief_id JOIN brands_brand b ON b.id = f.brand_id "
    "WHERE o.id = ?"
)
MEMBER = "ondine.chantepleure@exemple.example"
# The job of every hour, with the one thing a test may add: the address of its own site.
HOURLY = """
import django; django.setup()
from proche.areas.content.rechecking import look_again
from tests.platforms.site import SmallSite
print(look_again(SmallSite({port}).reader()))
"""


def a_member_who_owes(
    store: Store, name: str = "Chantepleure", email: str = MEMBER
) -> tuple[str, str]:
    """Somebody of the sample with a post to hand in, under a name and an address of their own; the
    key of the offer, and the brand."""
    offer, person = store.ask(WAITING)[0]
    now = datetime.now(UTC).isoformat(sep=" ")
    store.ask(
        "INSERT INTO accounts_user (password, is_superuser, email, name, language, is_active, "
        "is_sample, date_joined) VALUES ('!', 0, ?, 'Ondine', 'fr', 1, 1, ?)",
        email,
        now,
    )
    [(user,)] = store.ask("SELECT id FROM accounts_user WHERE email = ?", email)
    store.ask(
        "UPDATE people_person SET user_id = ?, given_name = 'Ondine', language = 'fr', "
        "family_name = ?, email = ? WHERE id = ?",
        user,
        name,
        email,
        person,
    )
    [(key, brand)] = store.ask(OFFER, offer)
    return str(key), str(brand)


def an_hour_passes(store: Store, blog: SmallSite, *, days: int = 0) -> int:
    """What was planned comes nearer by so many days; then the job of the hour runs."""
    for pk, due in store.ask("SELECT id, due_at FROM content_recheck WHERE done_at IS NULL"):
        nearer = datetime.fromisoformat(str(due)) - timedelta(days=days)
        store.ask("UPDATE content_recheck SET due_at = ? WHERE id = ?", str(nearer), pk)
    return done_by(store, HOURLY.format(port=blog.port))


def done_by(store: Store, job: str) -> int:
    """How many rows a job did that runs beside the server, on its data."""
    environment = {**os.environ, **store.site.environment, "PYTHONPATH": str(Path.cwd())}
    environment["DJANGO_SETTINGS_MODULE"] = "proche.settings"
    done = subprocess.run(
        [sys.executable, "-c", job],
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
    return int(done.stdout)


def a_screenshot(folder: Path) -> Path:
    path = folder / "capture.png"
    Image.new("RGB", (300, 500), "#a8c0a0").save(path)
    return path


def hand_in(
    member: Page, key: str, brand: str, blog: SmallSite, picture: Path, audit: Audit
) -> str:
    """The wrong address first: what was typed and sent stays. Returns the caption."""
    member.goto(f"/moi/echanges/{key}/publier/")
    assert audit(member) == []
    caption = f"Publicité. Produit offert par {brand}. #pub\n\nOn le garde au frais."
    member.locator("[name=place]").select_option("instagram/post")
    member.locator("[name=url]").fill(f"{blog.url}/p/1")
    member.locator("[name=caption]").fill(caption)
    member.locator("[name=images]").set_input_files(picture)
    member.get_by_role("button", name="La remettre").click()
    expect(member.get_by_text("1\N{NO-BREAK SPACE}image est gardée")).to_be_visible()
    expect(member.locator("[name=caption]")).to_have_value(caption)
    expect(member.locator(".thumbs img")).to_have_js_property("naturalWidth", 300)
    assert audit(member) == []
    member.locator("[name=place]").select_option("blog/article")
    member.get_by_role("button", name="La remettre").click()
    expect(member.get_by_text("Une personne de l’équipe va la regarder").first).to_be_visible()
    return caption


def beyond_the_edge(page: Page) -> list[str]:
    """What makes a page go sideways; nothing where it does not."""
    found: list[str] = page.evaluate(
        "document.documentElement.scrollWidth <= innerWidth ? [] :"
        " [...document.querySelectorAll('main *')]"
        ".filter(one => one.getBoundingClientRect().right > innerWidth)"
        ".map(one => one.outerHTML.slice(0, 90))"
    )
    return found


def look_of(page: Page, screenshot: Picture, name: str, audit: Audit) -> None:
    """The page in both languages, light and dark, wide and narrow: no fault in any."""
    for language, theme in (("fr", "light"), ("en", "dark")):
        page.context.add_cookies(
            [
                {"name": "django_language", "value": language, "url": page.url},
                {"name": "theme", "value": theme, "url": page.url},
            ]
        )
        for size in (DESK, PHONE):
            page.set_viewport_size(size)  # type: ignore[arg-type]
            page.reload()
            page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
            assert audit(page) == [], (page.url, language, theme, size)
            assert beyond_the_edge(page) == [], (page.url, size)
            kept = page.locator(".post-proof")
            if kept.count():
                kept.last.scroll_into_view_if_needed()
                expect(kept.last.locator("img")).to_have_js_property("naturalWidth", 300)
            screenshot(page, f"{name}-{language}-{theme}-{size['width']}")
    page.context.add_cookies([{"name": "django_language", "value": "fr", "url": page.url}])
    page.set_viewport_size(DESK)  # type: ignore[arg-type]
    page.reload()


def test_a_post_is_proved_changed_corrected_and_handed_over(
    site: Site,
    new_page_on: Callable[..., Page],
    page_audit: Audit,
    screenshot: Picture,
    tmp_path: Path,
) -> None:
    store = Store(site)
    key, brand = a_member_who_owes(store)
    owner, member = new_page_on(site, viewport=DESK), new_page_on(site, viewport=PHONE)
    sign_in(owner, site, address_of(site, STRATEGIST))
    sign_in(member, site, MEMBER)
    with small_site() as blog:
        owner.goto("/bureau/publications/lecture-publique/")
        look_of(owner, screenshot, "reading-off", page_audit)
        owner.get_by_role("button", name="L’activer").click()
        expect(owner.get_by_text("Le serveur lit les pages publiques").first).to_be_visible()
        caption = hand_in(member, key, brand, blog, a_screenshot(tmp_path), page_audit)
        blog.pages["/p/1"] = page(caption)
        assert an_hour_passes(store, blog) == 1
        there = found_changed(owner, store, blog, page_audit, screenshot)
        blog.pages["/p/1"] = page(caption)
        correct(owner, member, store, key, caption)
        owner.goto(there)
        owner.get_by_role("button", name="Approuver").click()
        # Once for the hand-in, once for the day after.
        assert an_hour_passes(store, blog, days=2) == 2
        owner.goto(there)
        hand_over(owner, tmp_path)
    member.goto(f"/moi/echanges/{key}/")
    member.get_by_text("Ce qui est gardé comme preuve").click()
    expect(member.get_by_text("En ligne, changée").first).to_be_visible()
    look_of(member, screenshot, "kept", page_audit)
    owner.goto("/bureau/publications/lecture-publique/")
    owner.get_by_role("button", name="La désactiver").click()
    owner.goto("/bureau/publications/?state=look_again")
    look_of(owner, screenshot, "look-again", page_audit)


def found_changed(
    owner: Page, store: Store, blog: SmallSite, audit: Audit, screenshot: Picture
) -> str:
    """Seen by the server and approved; the day after, only a person can tell that the label is
    gone. Returns the address of the page."""
    owner.goto("/bureau/publications/")
    owner.get_by_role("link", name="Ondine Chantepleure").first.click()
    expect(owner.get_by_text("comme n’importe qui la verrait")).to_be_visible()
    look_of(owner, screenshot, "proof", audit)
    there = owner.url
    owner.get_by_role("button", name="Approuver").click()
    blog.pages["/p/1"] = page("Ma recette préférée de la semaine, on la garde au frais…")
    assert an_hour_passes(store, blog, days=2) == 0
    owner.goto("/bureau/publications/?state=look_again")
    row = owner.locator(".owed", has_text="Ondine Chantepleure")
    row.get_by_role("link", name="Autre chose").click()
    owner.get_by_label("En ligne, changée").check()
    owner.locator("#look_text").fill("Ma recette préférée de la semaine, on la garde au frais.")
    owner.get_by_role("button", name="Garder ce que j’ai vu").click()
    expect(owner.get_by_text("Ce sont les mots vus en dernier")).to_be_visible()
    look_of(owner, screenshot, "changed", audit)
    return there


def correct(owner: Page, member: Page, store: Store, key: str, caption: str) -> None:
    """The letter holds the exact text, which the member pastes and hands in again."""
    expect(owner.locator("#id_text")).to_have_value(caption)
    owner.get_by_role("button", name="Écrire au membre").click()
    letter = text_of(store.site.mailbox.wait(MEMBER, subject="une chose à changer"))
    assert caption.splitlines()[0] in letter
    member.goto(f"/moi/echanges/{key}/publier/")
    member.locator("[name=caption]").fill(caption)
    member.get_by_role("button", name="La remettre").click()
    expect(member.get_by_text("Une personne de l’équipe va la regarder").first).to_be_visible()


def hand_over(owner: Page, folder: Path) -> None:
    """The oldest proof, which holds the screenshot; checked by tools that are not ours."""
    with owner.expect_download() as download:
        owner.get_by_role("link", name="Télécharger").last.click()
    with zipfile.ZipFile(download.value.path()) as archive:
        archive.extractall(folder / "proof")
    assert {"text.txt", "01-screenshot.png", "statement.json", "README.txt"} <= {
        path.name for path in (folder / "proof").iterdir()
    }
    check = ["sha256sum", "--check", "--strict", "SHA256SUMS"]
    assert subprocess.run(check, cwd=folder / "proof", capture_output=True).returncode == 0
