"""Signing up on a phone, put aside and taken up on another one; refused, reviewed, on the board."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field

import pytest
from playwright.sync_api import Page, expect

from tests.browser import Site, code_in, link_in

PHONE = {"width": 390, "height": 844}
NARROW = {"width": 320, "height": 700}
DESK = {"width": 1440, "height": 900}
STRATEGIST = "maude@voisine.example"
BOARD = "/bureau/inscriptions/"
Audit = Callable[[Page], list[str]]
Screenshot = Callable[[Page, str], None]
# What a person on a phone may spend in five minutes, at 2 s a tap and 0.5 s a key: 300 s.
TAP, KEY, MOST_SECONDS = 2.0, 0.5, 300.0
WORDS = {
    "fr": {
        "given": "Aubépine",
        "later": "Continuer plus tard",
        "send": "Envoyez-moi mon lien",
        "seen": "À plus tard",
        "up": "Reprendre mes réponses",
        "read": "Lisez votre courriel",
        "subject": "à finir quand vous voudrez",
        "refused": "Votre inscription à",
        "reason": "Vos comptes ont peu de publications",
        "ask": "Demander une révision",
        "again": "Une autre personne va regarder.",
        "told": "La réponse est partie à",
        "welcome": "est dans la banque",
        "observations": "C’est le compte de mon four à pain.",
    },
    "en": {
        "given": "Hawthorn",
        "later": "Continue later",
        "send": "Send me my link",
        "seen": "See you later",
        "up": "Take up my answers",
        "read": "Read your email",
        "subject": "to finish when you like",
        "refused": "Your application to",
        "reason": "Your accounts have few posts",
        "ask": "Ask for a review",
        "again": "Somebody will look again.",
        "told": "was told, with the reason",
        "welcome": "is in the bank",
        "observations": "It is the account of my bread oven.",
    },
}


@dataclass
class Hand:
    """One person on a phone: every tap and key counted, every screen audited."""

    page: Page
    audit: Audit
    screenshot: Screenshot
    name: str
    taps: int = 0
    keys: int = 0
    seen: list[str] = field(default_factory=list)

    def tap(self, where: str, nth: int = 0) -> None:
        self.page.locator(where).nth(nth).click()
        self.taps += 1

    def type(self, name: str, text: str) -> None:
        self.page.locator(f"[name='{name}']").fill(text)
        self.taps, self.keys = self.taps + 1, self.keys + len(text)

    def choose(self, name: str, value: str) -> None:
        self.page.locator(f"[name='{name}']").select_option(value)
        self.taps += 2

    def look(self) -> None:
        assert self.audit(self.page) == [], self.page.url
        width = "document.documentElement.scrollWidth"
        assert self.page.evaluate(width) <= PHONE["width"], self.page.url
        self.screenshot(self.page, f"sign-up-{self.name}-{len(self.seen)}")
        self.seen.append(self.page.url)

    def go_on(self) -> None:
        self.look()
        before = self.page.url
        self.tap(".phone-bar button.btn-primary")
        self.page.wait_for_url(lambda now: now != before)

    @property
    def seconds(self) -> float:
        return self.taps * TAP + self.keys * KEY


def speaking(page: Page, site: Site, language: str, theme: str = "light") -> Page:
    chosen = [("django_language", language), ("theme", theme)]
    page.context.add_cookies([{"name": n, "value": v, "url": site.url} for n, v in chosen])
    return page


def first_screens(hand: Hand, address: str, said: dict[str, str]) -> None:
    hand.tap("[name=archetype][value=professional]")
    hand.go_on()
    hand.type("given_name", said["given"])
    hand.type("family_name", "Zébulon")
    hand.type("email", address)
    hand.choose("region", "11")
    places = hand.page.locator("#places option")
    assert set(places.evaluate_all("all => all.map(one => one.dataset.region)")) == {"11"}
    hand.type("city", "Gaspé")
    hand.tap("[name=adult]")
    hand.go_on()


def last_screens(hand: Hand, language: str) -> None:
    hand.type("occupation", "boulangère" if language == "fr" else "baker")
    for where in ("[name=shows_trade][value=mostly]", "[name=shows_clients][value=asked]"):
        hand.tap(where)
    for name in ("topics", "content_languages"):
        hand.tap(f"[name={name}]")
    hand.tap("[name=seeks_living][value=no]")
    hand.go_on()
    hand.type("form-0-handle", f"instagram.com/four.zebulon.{language}")
    hand.type("form-0-followers", "812")
    hand.go_on()
    hand.tap("[name=tries_products]")
    hand.type("limits", "noix" if language == "fr" else "nuts")
    hand.tap(".phone-bar button.btn-primary")
    # An allergy is kept with the box beside it alone: the screen says so and loses nothing.
    expect(hand.page.locator(".field-wrong [name=limits_agreed]")).to_be_visible()
    expect(hand.page.locator("[name=limits]")).not_to_have_value("")
    hand.tap("[name=limits_agreed]")
    hand.go_on()
    if language == "en":
        hand.look()
        hand.tap(".phone-bar button.btn-primary")
    hand.tap("[name=bank]")
    hand.go_on()


def put_aside(hand: Hand, site: Site, address: str, said: dict[str, str]) -> str:
    page = hand.page
    page.locator("[name=occupation]").fill("Zzz, à finir")
    page.get_by_role("button", name=said["later"]).click()
    expect(page.locator("[name=email]")).to_have_value(address)
    hand.look()
    page.get_by_role("button", name=said["send"]).click()
    expect(page.get_by_role("heading", name=said["seen"])).to_be_visible()
    hand.look()
    return link_in(site.mailbox.wait(address, subject=said["subject"]), "/inscription/reprendre/")


@pytest.mark.parametrize("language", ["fr", "en"])
def test_signed_up_in_two_times_refused_reviewed_and_welcomed(
    site: Site,
    new_page_on: Callable[..., Page],
    page_audit: Audit,
    screenshot: Screenshot,
    language: str,
) -> None:
    said, address = WORDS[language], f"zebulon.{language}@exemple.example"
    first = Hand(
        speaking(new_page_on(site, viewport=PHONE), site, language),
        page_audit,
        screenshot,
        f"{language}-first",
    )
    first.page.goto("/inscription/")
    first_screens(first, address, said)
    link = put_aside(first, site, address, said)
    # Another device that was never here: the page speaks the language of the message.
    second = Hand(new_page_on(site, viewport=PHONE), page_audit, screenshot, f"{language}-second")
    second.page.goto(link)
    second.look()
    second.page.get_by_role("button", name=said["up"]).click()
    expect(second.page.locator("[name=occupation]")).to_have_value("Zzz, à finir")
    last_screens(second, language)
    expect(second.page.get_by_role("heading", name=said["read"])).to_be_visible()
    spent = first.seconds + second.seconds
    print(f"{language}: {first.taps + second.taps} taps, {first.keys + second.keys} keys")
    assert spent <= MOST_SECONDS
    confirm(second, site, address)
    strategist = speaking(new_page_on(site, viewport=DESK), site, language, "dark")
    sign_in(strategist, site)
    refuse_by_keyboard(strategist, page_audit, screenshot, said, language)
    ask_review(second, site, address, said)
    accept_what_was_reviewed(strategist, page_audit, screenshot, said, language)
    assert_welcomed(site, address)


def confirm(hand: Hand, site: Site, address: str) -> None:
    # The second message: the first one carried the link.
    mail = site.mailbox.wait(address, count=2)
    hand.page.goto(link_in(mail, "/inscription/confirmer/"))
    with hand.page.expect_navigation():
        hand.page.locator(".phone-bar button.btn-primary").click()
    hand.look()


def sign_in(page: Page, site: Site) -> None:
    sent = len(site.mailbox.sent_to(STRATEGIST))
    page.goto("/connexion/")
    page.locator("[name=email]").fill(STRATEGIST)
    page.locator("button.btn-primary").click()
    page.locator("[name=code]").fill(code_in(site.mailbox.wait(STRATEGIST, count=sent + 1)))
    page.locator("button.btn-primary").click()
    page.wait_for_url(re.compile("/bureau/"))


def refuse_by_keyboard(
    page: Page, audit: Audit, screenshot: Screenshot, said: dict[str, str], language: str
) -> None:
    """From the first card, by arrows alone, to theirs; then r, ready words, and the button."""
    page.goto(BOARD)
    assert audit(page) == []
    screenshot(page, f"board-{language}")
    cards = page.locator(".column-received [data-card]")
    count = cards.count()
    cards.first.focus()
    for _step in range(count):
        if said["given"] in page.evaluate("document.activeElement.innerText"):
            break
        page.keyboard.press("ArrowDown")
    assert said["given"] in page.evaluate("document.activeElement.innerText")
    page.keyboard.press("ArrowRight")
    assert page.evaluate("document.activeElement.closest('[data-column]').className").find("asked")
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("?")
    expect(page.locator("[data-keys]")).to_have_attribute("open", "")
    mine = page.locator(".column-received [data-card]", has_text=said["given"])
    mine.focus()
    page.keyboard.press("x")
    expect(mine.locator("input[type=checkbox]")).to_be_checked()
    page.keyboard.press("r")
    page.wait_for_url(re.compile("geste=refuse"))
    assert audit(page) == []
    page.get_by_role("link", name=re.compile("^(Publie peu|Posts little)$")).click()
    text = page.locator(f"[name=text_{language}]")
    expect(text).to_have_value(re.compile(said["reason"]))
    screenshot(page, f"board-refuse-{language}")
    page.locator("button.btn-stop").click()
    expect(page.get_by_text(re.compile(said["told"])).first).to_be_visible()
    expect(page.locator(".column-refused [data-card]", has_text=said["given"])).to_be_visible()


def ask_review(hand: Hand, site: Site, address: str, said: dict[str, str]) -> None:
    # After the link and the confirmation.
    mail = site.mailbox.wait(address, count=3)
    assert said["refused"] in str(mail["Subject"])
    hand.page.goto(link_in(mail, "/inscription/revoir/"))
    expect(hand.page.get_by_text(re.compile(said["reason"]))).to_be_visible()
    hand.page.locator("[name=observations]").fill(said["observations"])
    hand.page.get_by_role("button", name=said["ask"]).click()
    expect(hand.page.get_by_role("heading", name=said["again"])).to_be_visible()
    hand.look()


def accept_what_was_reviewed(
    page: Page, audit: Audit, screenshot: Screenshot, said: dict[str, str], language: str
) -> None:
    """Seen among the reviews, dragged to those accepted, and asked before anything is sent."""
    # Found by name, so that the page need not scroll while the card is held.
    page.goto(f"{BOARD}?q={said['given']}")
    mine = page.locator(".column-review [data-card]", has_text=said["given"])
    expect(mine).to_be_visible()
    mine.drag_to(page.locator(".column-accepted .column-head"))
    page.wait_for_url(re.compile("geste=accept"))
    assert audit(page) == []
    screenshot(page, f"board-accept-{language}")
    page.locator("main button.btn-primary").click()
    expect(page.get_by_text(re.compile(said["welcome"])).first).to_be_visible()
    expect(page.locator(".column-accepted [data-card]", has_text=said["given"])).to_be_visible()


def assert_welcomed(site: Site, address: str) -> None:
    subjects = [str(mail["Subject"]) for mail in site.mailbox.sent_to(address)]
    site.mailbox.wait(address, count=4)
    assert len(site.mailbox.sent_to(address)) == 4, subjects


@pytest.fixture
def desk(site: Site, new_page_on: Callable[..., Page]) -> Page:
    page = speaking(new_page_on(site, viewport=PHONE), site, "fr")
    sign_in(page, site)
    return page


def test_the_board_is_a_list_on_a_phone_and_works_without_dragging(
    desk: Page, page_audit: Audit, screenshot: Screenshot
) -> None:
    for path in (BOARD, f"{BOARD}?etat=received", f"{BOARD}mots/", f"{BOARD}mots/quiet/"):
        desk.goto(path)
        assert page_audit(desk) == [], path
        desk.set_viewport_size(NARROW)  # type: ignore[arg-type]
        assert desk.evaluate("document.documentElement.scrollWidth") <= NARROW["width"], path
        desk.set_viewport_size(PHONE)  # type: ignore[arg-type]
        screenshot(desk, "phone-" + re.sub(r"\W+", "-", path).strip("-"))
    desk.goto(BOARD)
    desk.locator(".column-received [data-card]").first.get_by_role(
        "link", name=re.compile("^Demander")
    ).click()
    desk.wait_for_url(re.compile("geste=ask"))
    assert page_audit(desk) == []
