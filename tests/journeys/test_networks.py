"""A network connected by its owner, a post told by its interface, and the figures of an account
asked of a server that turns out to be this very machine, which the server refuses."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser import Site
from tests.journeys.test_every_page import STRATEGIST, address_of, sign_in
from tests.journeys.test_person import Store
from tests.journeys.test_posts import (
    DESK,
    PHONE,
    Audit,
    Picture,
    a_member_who_owes,
    beyond_the_edge,
    done_by,
)
from tests.platforms.networks import STATUS, as_json, mastodon_account, mastodon_post
from tests.platforms.site import SmallSite, small_site

MEMBER = "ondine.bellerose@exemple.example"
READING = "/bureau/publications/lecture-publique/"
# The job of every hour, with what a test may add: its own server, which speaks without TLS.
HOURLY = """
import django; django.setup()
from proche.areas.content.asking import Interfaces
from proche.areas.content.rechecking import look_again
from tests.platforms.networks import fetcher
from tests.platforms.site import SmallSite
there = SmallSite({port})
print(look_again(there.reader(), Interfaces(fetcher(there), scheme="http")))
"""


def an_hour_passes(store: Store, there: SmallSite) -> int:
    return done_by(store, HOURLY.format(port=there.port))


def look_of(page: Page, screenshot: Picture, name: str, audit: Audit, place: str) -> None:
    """In both languages, light and dark, wide and narrow: no fault in any."""
    for language, theme in (("fr", "light"), ("en", "dark")):
        told = {"django_language": language, "theme": theme}
        page.context.add_cookies(
            [{"name": key, "value": value, "url": page.url} for key, value in told.items()]
        )
        for size in (DESK, PHONE):
            page.set_viewport_size(size)  # type: ignore[arg-type]
            page.reload()
            page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
            assert audit(page) == [], (page.url, language, theme, size)
            assert beyond_the_edge(page) == [], (page.url, size)
            page.evaluate(f"document.querySelector('{place}').scrollIntoView()")
            screenshot(page, f"{name}-{language}-{theme}-{size['width']}")
    page.context.add_cookies([{"name": "django_language", "value": "fr", "url": page.url}])
    page.set_viewport_size(DESK)  # type: ignore[arg-type]
    page.reload()


def connect(owner: Page, screenshot: Picture, audit: Audit) -> None:
    """An address by numbers is no name of a server: it is told, and what was typed stays."""
    owner.goto(READING)
    look_of(owner, screenshot, "networks-off", audit, "#networks")
    servers = owner.get_by_label("Autres serveurs")
    servers.fill("social.example\n10.0.0.7")
    owner.get_by_role("button", name="Brancher Mastodon").click()
    expect(owner.get_by_text("n’est pas un nom de serveur")).to_be_visible()
    expect(servers).to_have_value("social.example\n10.0.0.7")
    assert audit(owner) == []
    servers.fill("social.example")
    owner.get_by_role("button", name="Brancher Mastodon").click()
    expect(owner.get_by_text("Mastodon est branché.")).to_be_visible()
    look_of(owner, screenshot, "networks-on", audit, "#networks")


def hand_in(member: Page, key: str, brand: str, there: SmallSite) -> str:
    caption = f"Publicité. Produit offert par {brand}. #pub\n\nOn le garde au frais."
    member.goto(f"/moi/echanges/{key}/publier/")
    member.locator("[name=place]").select_option("mastodon/post")
    member.locator("[name=url]").fill(f"{there.url}/@ondine/114620457512351116")
    member.locator("[name=caption]").fill(caption)
    member.get_by_role("button", name="La remettre").click()
    expect(member.get_by_text("Une personne de l’équipe va la regarder").first).to_be_visible()
    return caption


def test_a_network_is_connected_asked_and_kept_away_from_this_machine(
    site: Site, new_page_on: Callable[..., Page], page_audit: Audit, screenshot: Picture
) -> None:
    store = Store(site)
    key, brand = a_member_who_owes(store, "Bellerose", MEMBER)
    owner, member = new_page_on(site, viewport=DESK), new_page_on(site, viewport=PHONE)
    sign_in(owner, site, address_of(site, STRATEGIST))
    sign_in(member, site, MEMBER)
    connect(owner, screenshot, page_audit)
    with small_site() as there:
        [(person, person_key)] = store.ask(
            "SELECT id, key FROM people_person WHERE email = ?", MEMBER
        )
        store.ask(
            "INSERT INTO people_account (person_id, platform, handle, bio, proof) "
            "VALUES (?, 'mastodon', ?, '', 'declared')",
            person,
            f"ondine@127.0.0.1:{there.port}",
        )
        caption = hand_in(member, key, brand, there)
        html = "".join(f"<p>{part}</p>" for part in caption.split("\n\n"))
        author = mastodon_account(acct="ondine")
        there.pages[STATUS] = as_json(mastodon_post(html, account=author))
        assert an_hour_passes(store, there) == 1
        owner.goto("/bureau/publications/")
        owner.get_by_role("link", name="Ondine Bellerose").first.click()
        expect(owner.get_by_text("@ondine, 12 mentions j’aime, 3 réponses")).to_be_visible()
        look_of(owner, screenshot, "told", page_audit, ".post-proof")
        asked = len(there.asked)
        owner.goto(f"/bureau/personnes/{person_key}/")
        look_of(owner, screenshot, "figures", page_audit, "#proofs")
        owner.get_by_role("button", name="Demander ses chiffres à Mastodon").click()
        expect(owner.get_by_text("C’est demandé.")).to_be_visible()
        refused = owner.get_by_text("n’a pas donné les chiffres du compte").first
        for _second in range(60):
            if refused.count():
                break
            owner.wait_for_timeout(1000)
            owner.reload()
        expect(refused).to_be_visible()
        assert len(there.asked) == asked
    member.goto(f"/moi/echanges/{key}/")
    member.get_by_text("Ce qui est gardé comme preuve").click()
    expect(member.get_by_text("En ligne, inchangée")).to_be_visible()
    owner.goto(READING)
    owner.get_by_role("button", name="Débrancher Mastodon").click()
    expect(owner.get_by_text("Ce qui a été branché avant")).to_be_visible()
    look_of(owner, screenshot, "networks-past", page_audit, "#networks")
