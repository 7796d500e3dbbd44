"""A post and an account of a Mastodon server, as its API documentation shapes them."""

from typing import Any

import pytest

from proche.platforms.mastodon import look_at_account, look_at_post, read
from proche.platforms.mastodon.addresses import Place, host_of, post_of
from proche.platforms.mastodon.markup import plain_words
from proche.platforms.public_pages import Seen, State
from proche.platforms.seen import AccountSeen, Counts, Picture
from tests.platforms.networks import (
    LOOKUP,
    STATUS,
    as_json,
    fetcher,
    mastodon_account,
    mastodon_post,
    on_mastodon,
)
from tests.platforms.site import Answer, SmallSite

HTML = (
    '<p class="quote-inline">RE: <a href="https://social.example/@x/1">x</a></p>'
    "<p>Publicité. Offert par Sapinelle.<br>Merci &amp; bravo "
    '<span class="h-card"><a href="https://social.example/@sapinelle" class="u-url mention">'
    "@<span>sapinelle</span></a></span></p>"
    '<p><a href="https://sapinelle.example/masque"><span class="invisible">https://</span>'
    '<span class="ellipsis">sapinelle.example/mas</span><span class="invisible">que</span></a> '
    '<a href="https://social.example/tags/pub" class="mention hashtag">#<span>pub</span></a></p>'
)
WORDS = (
    "Publicité. Offert par Sapinelle.\nMerci & bravo @sapinelle\n\n"
    "https://sapinelle.example/masque #pub"
)


def look(site: SmallSite, url: str = "", **more: Any) -> Seen:
    there = {"servers": ("127.0.0.1",), "scheme": "http", **more}
    return look_at_post(fetcher(site), url or on_mastodon(site), **there)


def account(site: SmallSite, name: str = "marisol") -> AccountSeen:
    return look_at_account(fetcher(site), f"{name}@127.0.0.1:{site.port}", scheme="http")


@pytest.mark.parametrize(
    ("path", "found"),
    [
        ("@marisol/12", ("marisol", "12")),
        ("@marisol@other.example/12", ("marisol@other.example", "12")),
        ("web/@marisol/12", ("marisol", "12")),
        ("users/marisol/statuses/12", ("marisol", "12")),
        ("@marisol/statuses/01HX", ("marisol", "01HX")),
        ("ap/users/99/statuses/12", ("", "12")),
        ("@marisol", None),
        ("@marisol/..%2Faccounts", None),
        ("about", None),
    ],
)
def test_an_address_leads_to_one_post_or_to_none(path: str, found: tuple[str, str] | None) -> None:
    place = Place("social.example", "social.example", *found) if found else None
    assert post_of(f"https://social.example/{path}") == place


def test_the_words_are_those_one_reads() -> None:
    assert plain_words(HTML) == WORDS


def test_a_post_is_told_with_its_words_pictures_counts_and_author(site: SmallSite) -> None:
    media = [
        {"type": "image", "url": "https://files.social.example/1.png", "description": "Un masque"},
        {"type": "video", "url": "https://files.social.example/2.mp4", "description": None,
         "preview_url": "https://files.social.example/2.png"},
    ]  # fmt: skip
    edited = {"edited_at": "2026-11-21T08:00:00.000Z", "media_attachments": media}
    site.pages[STATUS] = as_json(mastodon_post(HTML, **edited))
    seen = look(site)
    told = seen.told
    assert (seen.state, seen.source, seen.text, seen.whole) == (State.UP, "api", WORDS, True)
    assert told is not None
    assert (told.author, told.author_id) == ("marisol", "https://social.example/users/marisol")
    assert (told.language, told.warning, told.counts) == ("fr", "", Counts(12, 3, 5))
    assert told.edited_at is not None
    assert told.edited_at.isoformat() == "2026-11-21T08:00:00+00:00"
    assert told.pictures == (
        Picture("https://files.social.example/1.png", "Un masque"),
        Picture("https://files.social.example/2.png"),
    )
    assert read(seen.answer) == told
    assert site.asked == [STATUS]


def test_what_hides_the_words_is_told_apart_from_them(site: SmallSite) -> None:
    site.pages[STATUS] = as_json(mastodon_post("<p>Offert.</p>", spoiler_text=" Publicité "))
    seen = look(site)
    assert seen.told is not None
    assert (seen.text, seen.told.warning) == ("Offert.", "Publicité")


@pytest.mark.parametrize(
    ("answer", "state", "why"),
    [
        (as_json({"error": "Record not found"}, 404), State.NOT_FOUND, ""),
        (as_json({"error": "Gone"}, 410), State.GONE, ""),
        (as_json({"error": "This API requires an authenticated user"}, 401), State.NOT_SEEN,
         "login"),
        (as_json(mastodon_post("<p>x</p>", visibility="private")), State.PRIVATE, ""),
        (as_json(mastodon_post("<p>x</p>", account=mastodon_account(acct="jo"))), State.NOT_SEEN,
         "author"),
        (as_json(mastodon_post("", reblog=mastodon_post("<p>x</p>"))), State.NOT_SEEN, "author"),
        (as_json(mastodon_post("<p>x</p>", id="7")), State.NOT_SEEN, "nothing"),
        (Answer(b"<html>", kind="text/html"), State.NOT_SEEN, "kind"),
        (Answer(status=500), State.NOT_SEEN, "status"),
    ],
)  # fmt: skip
def test_gone_private_not_found_and_not_seen_are_told_apart(
    site: SmallSite, answer: Answer, state: State, why: str
) -> None:
    site.pages[STATUS] = answer
    seen = look(site)
    assert (seen.state, seen.why, seen.text) == (state, why, None)
    if state == State.PRIVATE:
        assert seen.answer == b""


def test_only_the_servers_of_the_list_are_asked(site: SmallSite) -> None:
    site.pages[STATUS] = as_json(mastodon_post(HTML))
    assert look(site, servers=("social.example",)).why == "server"
    assert look(site, servers=()).why == "server"
    assert look(site, f"{site.url}/about").why == "no_post"
    assert site.asked == []


def test_a_server_does_not_send_elsewhere(site: SmallSite) -> None:
    site.pages[STATUS] = Answer(status=302, headers={"Location": "http://other.example/x"})
    assert look(site).why == "site"


def test_not_now_is_a_pause_and_no_answer(site: SmallSite) -> None:
    site.pages[STATUS] = as_json({"error": "Too many requests"}, 429, X_RateLimit_Reset="90")
    seen = look(site)
    assert (seen.state, seen.permanent, seen.wait) == (State.NOT_SEEN, False, 90.0)


def test_the_figures_of_an_account(site: SmallSite) -> None:
    site.pages[LOOKUP] = as_json(mastodon_account())
    handle = f"marisol@127.0.0.1:{site.port}"
    uri = "https://social.example/users/marisol"
    assert account(site) == AccountSeen(State.UP, handle, uri, 1037, 138, 280)
    assert site.asked == [f"{LOOKUP}?acct=marisol"]
    # Some servers hide how many by a number below zero.
    site.pages[LOOKUP] = as_json(mastodon_account(followers_count=-1))
    assert account(site).followers is None
    site.pages[LOOKUP] = as_json(mastodon_account(suspended=True))
    assert account(site).state == State.GONE
    site.pages[LOOKUP] = as_json({"error": "Record not found"}, 404)
    assert account(site).state == State.NOT_FOUND
    assert account(site, "pas un nom").why == "no_account"


def test_where_an_account_lives() -> None:
    assert host_of("@marisol@Social.Example") == "social.example"
    assert host_of("marisol") == ""
    assert host_of("marisol@[") == ""
