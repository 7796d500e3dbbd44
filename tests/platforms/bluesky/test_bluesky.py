"""A post and an account of Bluesky, as its lexicons shape them."""

import pytest

from proche.platforms.bluesky import look_at_account, look_at_post, read
from proche.platforms.bluesky.addresses import post_of
from proche.platforms.public_pages import Seen, State
from proche.platforms.seen import AccountSeen, Counts, Picture
from tests.platforms.networks import (
    AT,
    DID,
    HANDLE,
    ON_BLUESKY,
    RECORD,
    SIGN_IN,
    as_json,
    bluesky_post,
    fetcher,
    on_bluesky,
    refusal,
)
from tests.platforms.site import Answer, SmallSite

WORDS = "Publicité. Offert par Sapinelle : sapinelle.example/masq… #pub"


def look(site: SmallSite, url: str = ON_BLUESKY) -> Seen:
    return look_at_post(fetcher(site), site.url, url)


def account(site: SmallSite, handle: str = HANDLE) -> AccountSeen:
    return look_at_account(fetcher(site), site.url, handle)


@pytest.mark.parametrize(
    ("url", "place"),
    [
        (ON_BLUESKY, (HANDLE, RECORD)),
        (f"https://bsky.app/profile/{DID}/post/{RECORD}?ref=x", (DID, RECORD)),
        (f"https://bsky.app/profile/@{HANDLE}/post/{RECORD}", (HANDLE, RECORD)),
        (f"https://bsky.app/profile/{HANDLE}", None),
        (f"https://bsky.app.example/profile/{HANDLE}/post/{RECORD}", None),
        (f"https://bsky.app/profile/{HANDLE}%2F..%2Fx/post/{RECORD}", None),
        ("https://[", None),
    ],
)
def test_an_address_leads_to_one_post_or_to_none(url: str, place: tuple[str, str] | None) -> None:
    assert post_of(url) == place


def test_a_post_is_told_with_its_words_pictures_counts_and_author(site: SmallSite) -> None:
    start = len(WORDS.partition("sapinelle.ex")[0].encode())
    link = {
        "index": {"byteStart": start, "byteEnd": start + len("sapinelle.example/masq…".encode())},
        "features": [
            {
                "$type": "app.bsky.richtext.facet#link",
                "uri": "https://sapinelle.example/masque",
            }
        ],
    }
    image = {"fullsize": "https://cdn.bsky.app/img/1", "alt": "Un masque vert"}
    embed = {"$type": "app.bsky.embed.recordWithMedia#view", "media": {"images": [image]}}
    labels = [{"val": "graphic-media"}, {"val": "spam", "neg": True}]
    on_bluesky(site, bluesky_post(WORDS, record={"facets": [link]}, embed=embed, labels=labels))
    seen = look(site)
    told = seen.told
    assert (seen.state, seen.source, seen.status, seen.whole) == (State.UP, "api", 200, True)
    assert (seen.text, seen.image_url) == (WORDS, "https://cdn.bsky.app/img/1")
    assert told is not None
    assert (
        told.spelled_out
        == "Publicité. Offert par Sapinelle : https://sapinelle.example/masque #pub"
    )
    assert (told.author, told.author_id, told.language) == (HANDLE, DID, "fr")
    assert told.created_at is not None
    assert told.created_at.isoformat() == "2026-11-20T13:27:10.477000+00:00"
    assert told.pictures == (Picture("https://cdn.bsky.app/img/1", "Un masque vert"),)
    assert (told.labels, told.counts) == (("graphic-media",), Counts(61, 1, 2))
    assert read(seen.answer) == told
    assert site.asked == [
        f"/xrpc/com.atproto.identity.resolveHandle?handle={HANDLE}",
        "/xrpc/app.bsky.feed.getPosts?uris=" + AT.replace(":", "%3A").replace("/", "%2F"),
    ]


def test_a_count_that_is_left_out_is_unknown_and_not_zero(site: SmallSite) -> None:
    post = bluesky_post(WORDS)
    del post["likeCount"]
    on_bluesky(site, post)
    told = look(site).told
    assert told is not None
    assert told.counts == Counts(None, 1, 2)


@pytest.mark.parametrize(
    ("profile", "state"),
    [
        (None, State.GONE),
        (refusal("AccountTakedown", "Account has been suspended"), State.GONE),
        (refusal("AccountDeactivated", "Account is deactivated"), State.GONE),
        (refusal("InvalidRequest", "Profile not found"), State.NOT_FOUND),
        (Answer(status=502), State.NOT_SEEN),
    ],
)
def test_a_post_left_out_of_the_answer_is_gone_where_its_account_is_known(
    site: SmallSite, profile: Answer | None, state: State
) -> None:
    on_bluesky(site, profile=profile)
    assert look(site).state == state


def test_a_handle_that_leads_nowhere_does_not_mean_that_the_post_is_gone(site: SmallSite) -> None:
    on_bluesky(site, bluesky_post(WORDS))
    resolve = "/xrpc/com.atproto.identity.resolveHandle"
    site.pages[resolve] = refusal("InvalidRequest", "Unable to resolve handle")
    assert (look(site).state, look(site).why) == (State.NOT_FOUND, "no_handle")
    assert look(site, f"https://bsky.app/profile/{DID}/post/{RECORD}").state == State.UP
    known = look_at_post(fetcher(site), site.url, ON_BLUESKY, author_id=DID)
    assert known.state == State.UP


def test_who_asks_to_be_shown_to_those_signed_in_only_is_not_read(site: SmallSite) -> None:
    on_bluesky(site, bluesky_post(WORDS, author={"labels": [SIGN_IN]}))
    seen = look(site)
    assert (seen.state, seen.text, seen.answer) == (State.PRIVATE, None, b"")
    profile = {"did": DID, "handle": HANDLE, "followersCount": 9, "labels": [SIGN_IN]}
    on_bluesky(site, profile=as_json(profile))
    assert (account(site).state, account(site).followers) == (State.PRIVATE, None)


def test_not_now_is_a_pause_and_no_answer(site: SmallSite) -> None:
    on_bluesky(site, bluesky_post(WORDS))
    site.pages["/xrpc/app.bsky.feed.getPosts"] = as_json(
        {"error": "RateLimitExceeded"}, 429, Retry_After="30"
    )
    seen = look(site)
    assert (seen.state, seen.why, seen.permanent, seen.wait) == (
        State.NOT_SEEN, "status", False, 30.0)  # fmt: skip


def test_the_figures_of_an_account(site: SmallSite) -> None:
    on_bluesky(site)
    assert account(site) == AccountSeen(State.UP, HANDLE, DID, 812, 240, 96)
    assert account(site, "marisol").why == "no_account"
    # Whoever answers for another account confirms nothing.
    assert account(site, "camille.exemple.example").why == "nothing"
    on_bluesky(site, profile=refusal("InvalidRequest", "Profile not found"))
    assert account(site).state == State.NOT_FOUND
    on_bluesky(site, profile=refusal("AccountDeactivated", "Account is deactivated"))
    assert account(site).state == State.GONE


def test_an_answer_nobody_expects_is_not_seen(site: SmallSite) -> None:
    on_bluesky(site)
    strange = {"posts": [{"uri": AT, "record": "x", "author": [], "labels": {}, "embed": 3}]}
    site.pages["/xrpc/app.bsky.feed.getPosts"] = as_json(strange)
    assert look(site).text == ""
    site.pages["/xrpc/app.bsky.feed.getPosts"] = as_json("posts")
    assert look(site).state == State.GONE
    assert read(b"[]") is None
    assert read(b"\xff") is None
