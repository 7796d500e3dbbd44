"""One question to an interface: nothing private is asked, and « not now » is heard."""

import time
from email.utils import formatdate

import pytest

from proche.platforms import bluesky, mastodon
from proche.platforms.interfaces import USUAL_WAIT, ask
from proche.platforms.public_pages import Fetcher, State
from proche.platforms.public_pages.fetching import NotFetched
from tests.platforms.networks import HANDLE, ON_BLUESKY, as_json, fetcher, on_bluesky, on_mastodon
from tests.platforms.site import SmallSite


def test_an_address_of_this_machine_is_refused_where_nothing_allows_it(site: SmallSite) -> None:
    there, servers = Fetcher(), ("127.0.0.1",)
    on_bluesky(site)
    post = bluesky.look_at_post(there, site.url, ON_BLUESKY)
    assert (post.state, post.why, post.permanent) == (State.NOT_SEEN, "address", True)
    status = mastodon.look_at_post(there, on_mastodon(site), servers=servers, scheme="http")
    assert (status.state, status.why) == (State.NOT_SEEN, "address")
    account = mastodon.look_at_account(there, f"marisol@127.0.0.1:{site.port}", scheme="http")
    assert (account.state, account.why) == (State.NOT_SEEN, "address")
    assert bluesky.look_at_account(there, site.url, HANDLE).why == "address"
    assert site.asked == []


def test_a_name_that_leads_to_a_private_address_is_refused() -> None:
    there = Fetcher(resolve=lambda _host, _port: ["10.0.0.7"])
    url = "https://social.example/@marisol/1"
    seen = mastodon.look_at_post(there, url, servers=("social.example",))
    assert (seen.why, seen.permanent) == ("address", True)


@pytest.mark.parametrize(
    ("status", "headers", "low", "high"),
    [
        (429, {"Retry_After": "120"}, 120, 120),
        (429, {"X_RateLimit_Reset": "2020-01-01T00:00:00.000000Z"}, 1, 1),
        (429, {"RateLimit_Reset": "45"}, 45, 45),
        (429, {"Retry_After": "soon"}, USUAL_WAIT, USUAL_WAIT),
        (503, {}, USUAL_WAIT, USUAL_WAIT),
        (429, {"Retry_After": "99999999"}, 86_400, 86_400),
        (200, {"RateLimit_Remaining": "0", "RateLimit_Reset": "60"}, 60, 60),
    ],
)
def test_how_long_a_network_asks_to_be_left_alone(
    site: SmallSite, status: int, headers: dict[str, str], low: float, high: float
) -> None:
    site.pages["/x"] = as_json({}, status, **headers)
    wait = ask(fetcher(site), f"{site.url}/x", hosts=("127.0.0.1",)).wait
    assert wait is not None
    assert low <= wait <= high


def test_an_hour_to_come_back_at_is_waited_for(site: SmallSite) -> None:
    then = time.time() + 600
    for header in (
        {"Retry_After": formatdate(then, usegmt=True)},
        {"RateLimit_Reset": str(int(then))},
    ):
        site.pages["/x"] = as_json({}, 429, **header)
        wait = ask(fetcher(site), f"{site.url}/x", hosts=("127.0.0.1",)).wait
        assert wait is not None
        assert 500 <= wait <= 601


def test_an_answer_with_room_left_asks_for_no_pause(site: SmallSite) -> None:
    site.pages["/x"] = as_json({}, RateLimit_Remaining="12", RateLimit_Reset="60")
    assert ask(fetcher(site), f"{site.url}/x", hosts=("127.0.0.1",)).wait is None


def test_nothing_but_the_question_is_sent(site: SmallSite) -> None:
    site.pages["/x"] = as_json({})
    ask(fetcher(site), f"{site.url}/x", hosts=("127.0.0.1",), acct="marisol")
    assert site.asked == ["/x?acct=marisol"]
    sent = {name.lower() for name in site.headers[0]}
    assert sent == {"host", "connection", "user-agent", "accept", "accept-encoding",
                    "accept-language"}  # fmt: skip


def test_an_answer_that_is_too_large_or_no_json_is_not_read(site: SmallSite) -> None:
    site.pages["/x"] = as_json({"x": "y" * 400_000})
    with pytest.raises(NotFetched) as refused:
        ask(fetcher(site), f"{site.url}/x", hosts=("127.0.0.1",))
    assert refused.value.code == "size"
    site.pages["/x"] = as_json([1, 2])
    assert ask(fetcher(site), f"{site.url}/x", hosts=("127.0.0.1",)).told == {}
