"""What is seen of a post, and what is honestly not."""

import json
from typing import Any

import pytest

from proche.platforms.public_pages import SITES, Reader, State
from proche.platforms.public_pages.metadata import described, first_paragraph
from tests.platforms.site import Answer, SmallSite, page

CAPTION = "Publicité. Produit offert par Sapinelle. #pub Mes pointes sont enfin douces."


def look(site: SmallSite, path: str = "/p/1", **known: Any) -> tuple[State, str, str | None]:
    seen = site.reader(**known).look("blog", site.url + path)
    return seen.state, seen.why, seen.text


def test_a_page_that_describes_itself_is_seen_in_part(site: SmallSite) -> None:
    site.pages["/p/1"] = page(CAPTION)
    seen = site.reader().look("blog", f"{site.url}/p/1")
    assert (seen.state, seen.source, seen.status, seen.text, seen.whole) == (
        State.UP, "page", 200, CAPTION, False
    )  # fmt: skip
    assert site.asked == ["/robots.txt", "/p/1"]


def test_the_body_of_an_article_is_the_whole_of_it() -> None:
    told = {"@graph": [{"@type": ["BlogPosting"], "articleBody": CAPTION}]}
    found = described(f'<script type="application/ld+json">{json.dumps(told)}</script>')
    assert (found.text, found.whole) == (CAPTION, True)
    assert described('<script type="application/ld+json">{"a": [[</script>').text is None


@pytest.mark.parametrize(
    "said", ['1 204 likes, 31 comments - cam on May 3, 2026: "{}"', "cam : « {} »", "{}"]
)
def test_the_caption_is_taken_out_of_what_the_platform_puts_around_it(said: str) -> None:
    head = said.format("Masque. Offert par Sapinelle.").replace('"', "&quot;")
    found = described(f'<meta property="og:description" content="{head}">')
    assert found.text is not None
    assert found.text.strip("\xa0 ") == "Masque. Offert par Sapinelle."


def test_the_description_of_a_platform_gives_the_whole_words(site: SmallSite) -> None:
    known = {"oembed": f"{site.url}/oembed", "text": "html", "noise": ("[image]",)}
    html = (
        "<blockquote><p>Publicité.<br>Merci &amp; bravo<a> [image]</a></p>&mdash; Cam</blockquote>"
    )
    site.pages["/oembed"] = Answer(json.dumps({"html": html}).encode(), kind="application/json")
    seen = site.reader(**known).look("blog", f"{site.url}/p/1?a=b&c")
    assert (seen.text, seen.whole) == ("Publicité.\nMerci & bravo", True)
    assert site.asked == [
        f"/oembed?url=http%3A%2F%2F127.0.0.1%3A{site.port}%2Fp%2F1%3Fa%3Db%26c"
        "&format=json&omit_script=true"
    ]
    cut = {"html": "<p>Publicité. Merci…</p>"}
    site.pages["/oembed"] = Answer(json.dumps(cut).encode(), kind="application/json")
    assert not site.reader(**known).look("blog", f"{site.url}/p/1").whole


@pytest.mark.parametrize(
    ("status", "state"), [(404, "not_found"), (410, "gone"), (403, "not_seen"), (500, "not_seen")]
)
def test_only_an_answer_that_says_so_means_gone(site: SmallSite, status: int, state: str) -> None:
    site.pages["/p/1"] = Answer(status=status)
    seen = site.reader().look("blog", f"{site.url}/p/1")
    assert (seen.state, seen.status) == (state, status)
    assert seen.permanent is (status != 500)


def test_a_door_to_sign_in_at_is_no_post(site: SmallSite) -> None:
    site.pages["/p/1"] = Answer(status=302, headers={"Location": "/accounts/login/?next=/p/1"})
    site.pages["/accounts/login/"] = page("Sign in to see the photos of your friends.")
    assert look(site) == (State.NOT_SEEN, "login", None)


def test_a_page_without_words_is_not_seen(site: SmallSite) -> None:
    site.pages["/p/1"] = Answer(b"<html><body>Loading</body></html>")
    assert look(site) == (State.NOT_SEEN, "nothing", None)


def test_what_a_site_asks_of_robots_is_done(site: SmallSite) -> None:
    site.pages["/robots.txt"] = Answer(b"User-agent: *\nDisallow: /p/\n", kind="text/plain")
    site.pages["/p/1"] = site.pages["/q/1"] = page(CAPTION)
    assert look(site) == (State.NOT_SEEN, "robots", None)
    assert look(site, "/q/1")[0] == State.UP
    assert site.asked == ["/robots.txt", "/robots.txt", "/q/1"]
    site.pages["/robots.txt"] = Answer(status=503)
    assert look(site, "/q/1") == (State.NOT_SEEN, "robots", None)


def test_an_address_off_the_list_is_not_asked(site: SmallSite) -> None:
    site.pages["/p/1"] = page(CAPTION)
    seen = Reader(site.reader().fetcher).look("instagram", f"{site.url}/p/1")
    assert (seen.state, seen.why, site.asked) == (State.NOT_SEEN, "site", [])
    assert Reader().look("blog", "https://example.org/").why == "site"


def test_the_image_comes_from_a_host_of_images_or_not_at_all(site: SmallSite) -> None:
    site.pages["/i.png"] = Answer(b"\x89PNG", kind="image/png")
    site.pages["/p/1"] = page(CAPTION, **{"og:image": f"{site.url}/i.png"})
    seen = site.reader().look("blog", f"{site.url}/p/1", with_image=True)
    assert (seen.text, seen.image) == (CAPTION, b"\x89PNG")
    site.pages["/p/1"] = page(CAPTION, **{"og:image": "http://10.0.0.1/i.png"})
    seen = site.reader().look("blog", f"{site.url}/p/1", with_image=True)
    assert (seen.state, seen.text, seen.image) == (State.UP, CAPTION, None)


def test_a_page_full_of_nonsense_breaks_nothing() -> None:
    for junk in ("<" * 9_999, "<meta property=og:description", "<![CDATA[", "<p>" * 9_999):
        described(junk)
        first_paragraph(junk)


def test_every_site_of_the_list_is_a_bare_host() -> None:
    hosts = [host for site in SITES.values() for host in (*site.hosts, *site.images)]
    assert [host for host in hosts if "/" in host or ":" in host or "." not in host] == []
