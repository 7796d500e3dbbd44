"""What an author says below their own post: their direct chain alone, ten posts at most."""

from collections.abc import Callable

import pytest

from proche.platforms import bluesky, mastodon
from proche.platforms.seen import Rest
from tests.platforms.networks import (
    DID,
    ON_BLUESKY,
    STATUS,
    as_json,
    bluesky_post,
    bluesky_thread,
    fetcher,
    mastodon_post,
    mastodon_thread,
    on_bluesky,
    on_mastodon,
)
from tests.platforms.site import Answer, SmallSite

Look = Callable[[], Rest]


@pytest.fixture(params=["bluesky", "mastodon"])
def network(request: pytest.FixtureRequest, site: SmallSite) -> str:
    on_bluesky(site, bluesky_post("Un beau masque."))
    site.pages[STATUS] = as_json(mastodon_post("<p>Un beau masque.</p>"))
    return str(request.param)


@pytest.fixture
def rest(network: str, site: SmallSite) -> Look:
    def look() -> Rest:
        out = fetcher(site)
        if network == "bluesky":
            seen = bluesky.look_at_post(out, site.url, ON_BLUESKY)
            return bluesky.look_at_rest(out, site.url, seen.answer)
        url = on_mastodon(site)
        seen = mastodon.look_at_post(out, url, servers=("127.0.0.1",), scheme="http")
        return mastodon.look_at_rest(out, url, seen.answer, scheme="http")

    return look


def below(site: SmallSite, network: str, *texts: str) -> None:
    (bluesky_thread if network == "bluesky" else mastodon_thread)(site, *texts)


def test_the_chain_of_the_author_is_read_and_nobody_elses_words(
    site: SmallSite, network: str, rest: Look
) -> None:
    below(site, network, "La suite.", "Publicité. Offert par Sapinelle. #pub")
    seen = rest()
    assert seen.posts is not None
    assert [one.text for one in seen.posts] == [
        "La suite.",
        "Publicité. Offert par Sapinelle. #pub",
    ]
    assert (seen.more, seen.is_whole) == (False, True)
    address = {
        "bluesky": f"https://bsky.app/profile/{DID}/post/reply1",
        "mastodon": "https://social.example/@marisol/1",
    }
    assert (seen.posts[0].address, seen.posts[0].at is None) == (address[network], False)


@pytest.mark.parametrize(("n", "read", "more"), [(0, 0, False), (10, 10, False), (11, 10, True)])
def test_ten_posts_at_most_are_read_and_the_rest_is_told(
    site: SmallSite, network: str, rest: Look, n: int, read: int, more: bool
) -> None:
    texts = [f"Partie {number}" for number in range(n)]
    below(site, network, *texts)
    seen = rest()
    assert seen.posts is not None
    assert [one.text for one in seen.posts] == texts[:read]
    assert (seen.more, seen.is_whole) == (more, not more)


@pytest.mark.parametrize(
    "answer",
    [
        Answer(status=502),
        as_json({"error": "x"}, 404),
        as_json({"posts": []}),
        as_json([]),
        Answer(b"x" * 400_000, 200, "application/json"),
    ],
)
def test_what_cannot_be_read_is_not_taken_for_the_end(
    site: SmallSite, network: str, rest: Look, answer: Answer
) -> None:
    site.pages["/xrpc/app.bsky.feed.getPostThread"] = site.pages[f"{STATUS}/context"] = answer
    seen = rest()
    assert (seen.posts, seen.is_whole) == (None, False)


def test_not_now_is_a_pause(site: SmallSite, network: str, rest: Look) -> None:
    answer = as_json({"error": "RateLimitExceeded"}, 429, Retry_After="30")
    site.pages["/xrpc/app.bsky.feed.getPostThread"] = site.pages[f"{STATUS}/context"] = answer
    assert (rest().posts, rest().wait) == (None, 30.0)


def test_a_thread_that_turns_in_a_circle_ends(site: SmallSite) -> None:
    site.pages[STATUS] = as_json(mastodon_post("<p>Un.</p>"))
    number = "114620457512351116"
    told = [
        mastodon_post("<p>Deux.</p>", id="2", in_reply_to_id=number),
        mastodon_post("<p>Trois.</p>", id=number, in_reply_to_id="2"),
    ]
    site.pages[f"{STATUS}/context"] = as_json({"ancestors": [], "descendants": told})
    out, url = fetcher(site), on_mastodon(site)
    seen = mastodon.look_at_post(out, url, servers=("127.0.0.1",), scheme="http")
    found = mastodon.look_at_rest(out, url, seen.answer, scheme="http")
    assert found.posts is not None
    assert (len(found.posts), found.more) == (Rest.MOST, True)
