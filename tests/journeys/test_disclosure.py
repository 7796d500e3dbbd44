"""Told before the post goes out: a caption while it is typed, the images of a story, subtitles; a
question about another post, asked and answered; the register of a brand, taken away."""

import json
import re
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image, ImageDraw
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser import Site
from tests.journeys.test_every_page import MEMBER, STRATEGIST, address_of, sign_in

Audit = Callable[[Page], list[str]]
Picture = Callable[[Page, str], None]
PHONE = {"width": 390, "height": 844}
EXCHANGE = (
    "SELECT o.key FROM campaigns_offer o JOIN people_person p ON p.id = o.person_id "
    "WHERE p.user_id IS NOT NULL AND o.state = 'accepted' ORDER BY o.id LIMIT 1"
)
WORDS = {
    "fr": {
        "sentence": "Trois semaines que je teste cette huile avant de vous en parler. " * 3,
        "paste": "À coller tout au début",
        "copy": "Copier",
        "copied": "Copié",
        "files": "Envoyer des images ou des sous-titres",
        "read": "Lire ces fichiers",
        "frame": "Écrit sur l’image 1",
        "sells": "Les confitures Talle et Fils sont à 9,50 $, commandez vite!",
        "look": "La regarder",
        "several": "Plusieurs publications à la fois",
        "look at them": "Les regarder",
        "read posts": "2 publications sur 3 lues. 1 question, plus bas. 1 n’a pas pu être lue.",
        "bought": "je l’ai acheté moi-même",
        "answer": "Répondre",
        "thanks": "votre réponse est gardée",
    },
    "en": {
        "sentence": "I have tried this oil for three weeks before telling you of it. " * 3,
        "paste": "To paste at the very start",
        "copy": "Copy",
        "copied": "Copied",
        "files": "Send images or subtitles",
        "read": "Read these files",
        "frame": "Written on image 1",
        "sells": "Talle et Fils preserves are $9.50 this week, order soon!",
        "look": "Look at it",
        "several": "Several posts at once",
        "look at them": "Look at them",
        "read posts": "2 of 3 posts read. 1 question, below. 1 could not be read.",
        "bought": "I bought it myself",
        "answer": "Reply",
        "thanks": "your answer is kept",
    },
}


def well(page: Page, audit: Audit) -> None:
    assert audit(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def speak(page: Page, language: str) -> None:
    page.goto("/moi/")
    html = page.locator("html")
    if not str(html.get_attribute("lang")).startswith(language):
        page.locator("details.menu summary").click()
        page.locator("details.menu").get_by_role(
            "button", name=re.compile("English|Français")
        ).click()
    expect(html).to_have_attribute("lang", re.compile(f"^{language}"))


@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_member_is_told_before_posting_and_asked_about_another_post(
    site: Site,
    new_context: Callable[..., BrowserContext],
    page_audit: Audit,
    screenshot: Picture,
    tmp_path: Path,
    language: str,
) -> None:
    said = WORDS[language]
    page = new_context(permissions=["clipboard-read", "clipboard-write"]).new_page()
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    sign_in(page, site, address_of(site, MEMBER))
    speak(page, language)
    key = address_of(site, EXCHANGE)
    _while_typing(page, key, said, page_audit)
    screenshot(page, f"check-{language}")
    _files_of_a_story(page, said, page_audit, tmp_path)
    _say_it_on_the_image(page, said, page_audit, language)
    screenshot(page, f"check-frames-{language}")
    _another_post(page, said, page_audit, screenshot, language)
    _several_posts(page, said, page_audit, screenshot, tmp_path)
    screenshot(page, f"several-posts-{language}")


def _while_typing(page: Page, key: str, said: dict[str, str], audit: Audit) -> None:
    page.goto(f"/moi/echanges/{key}/verifier/")
    page.locator("[name=caption]").fill(f"#collab {said['sentence']}")
    # Nothing was sent by hand: the reading and the fold came while typing.
    expect(page.get_by_text(said["paste"])).to_be_visible()
    expect(page.locator(".fold")).to_be_visible()
    expect(page.locator(".past-fold")).not_to_be_empty()
    page.get_by_role("button", name=said["copy"]).click()
    expect(page.get_by_role("button", name=said["copied"])).to_be_visible()
    words = page.locator("#words-to-add").inner_text()
    assert page.evaluate("navigator.clipboard.readText()").strip() == words.strip()
    well(page, audit)


def _files_of_a_story(page: Page, said: dict[str, str], audit: Audit, folder: Path) -> None:
    picture, subtitles = folder / "image.png", folder / "voix.vtt"
    drawn = Image.new("RGB", (540, 960), "#7a5c8e")
    ImageDraw.Draw(drawn).rectangle((60, 700, 480, 860), fill="#f4ead8")
    held = BytesIO()
    drawn.save(held, "PNG")
    picture.write_bytes(held.getvalue())
    subtitles.write_text("WEBVTT\n\n00:02.000 --> 00:04.000\nBonjour!\n", encoding="utf-8")
    page.locator("summary").filter(has_text=said["files"]).click()
    page.locator("[name=images]").set_input_files(picture)
    page.locator("[name=subtitles]").set_input_files(subtitles)
    page.get_by_role("button", name=said["read"]).click()
    expect(page.locator(".frames img")).to_be_visible()
    expect(page.locator("[name=said]")).to_have_value("0:02 Bonjour!")
    well(page, audit)


def _say_it_on_the_image(page: Page, said: dict[str, str], audit: Audit, language: str) -> None:
    page.locator("main details").first.locator("summary").click()
    page.locator("[name=place]").select_option("instagram/story")
    page.locator("select[name=language]").select_option(language)
    page.get_by_label(said["frame"]).fill("…")
    expect(page.locator("#reading .is-stop")).not_to_have_count(0)
    page.get_by_label(said["frame"]).fill("#pub" if language == "fr" else "#ad")
    expect(page.locator("#reading .is-stop")).to_have_count(0)
    well(page, audit)


def _another_post(
    page: Page, said: dict[str, str], audit: Audit, picture: Picture, language: str
) -> None:
    page.goto("/moi/publications/")
    page.locator("[name=caption]").fill(said["sells"])
    page.get_by_role("button", name=said["look"]).click()
    asked = page.locator("section").filter(has_text=said["sells"])
    expect(asked).to_be_visible()
    well(page, audit)
    picture(page, f"other-posts-{language}")
    asked.get_by_label(re.compile(said["bought"])).check()
    asked.get_by_role("button", name=said["answer"]).click()
    expect(page.get_by_text(said["thanks"]).first).to_be_visible()
    well(page, audit)


def _several_posts(
    page: Page, said: dict[str, str], audit: Audit, picture: Picture, folder: Path
) -> None:
    export = folder / "posts_1.json"
    captions = [said["sentence"], f"{said['sells']} 1, 2, 3.", "x" * 5_001]
    export.write_text(json.dumps([{"media": [{"title": one}]} for one in captions]))
    page.locator("summary").filter(has_text=said["several"]).click()
    well(page, audit)
    page.locator("[name=several-file]").set_input_files(export)
    page.get_by_role("button", name=said["look at them"]).click()
    expect(page.get_by_text(said["read posts"])).to_be_visible()
    expect(page.locator("[name=several-text]")).to_have_value("x" * 5_001)
    well(page, audit)
    page.emulate_media(color_scheme="dark")
    well(page, audit)
    picture(page, "several-posts-dark")
    page.emulate_media(color_scheme="light")


def test_the_team_reads_the_answers_the_shares_and_takes_the_register(
    site: Site, page: Page, page_audit: Audit, screenshot: Picture
) -> None:
    sign_in(page, site, address_of(site, STRATEGIST))
    page.goto("/bureau/publications/non-declarees/")
    expect(page.get_by_text("Code KIM15").first).to_be_visible()
    for name, address in {"undeclared": "non-declarees", "disclosure": "divulgation"}.items():
        page.goto(f"/bureau/publications/{address}/")
        page.set_viewport_size(PHONE)  # type: ignore[arg-type]
        well(page, page_audit)
        screenshot(page, f"{name}-phone")
        page.set_viewport_size({"width": 1280, "height": 900})
        assert page_audit(page) == []
        screenshot(page, name)
    page.locator("#brand").select_option(label="Sapinelle")
    for kind, start in {"PDF": b"%PDF-", "XLSX": b"PK", "CSV": b"\xef\xbb\xbf"}.items():
        with page.expect_download() as taken:
            page.get_by_role("button", name=kind).click()
        file = taken.value
        assert file.suggested_filename == f"registre-sapinelle.{kind.lower()}"
        assert Path(file.path()).read_bytes().startswith(start)
