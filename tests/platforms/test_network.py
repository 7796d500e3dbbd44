"""Which addresses are reached. Refusals are those of the fetcher as it is, with no allowance."""

import gzip
import itertools
import tracemalloc
from collections.abc import Callable

import pytest

from proche.platforms.addresses import is_public
from proche.platforms.public_pages import Fetcher, Limits
from proche.platforms.public_pages.fetching import NotFetched
from tests.platforms.site import Answer, SmallSite

HTML = ("text/html",)


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "127.8.8.8", "0.0.0.0", "10.1.2.3", "172.16.0.1", "172.31.255.254",
        "192.168.1.1", "169.254.169.254", "100.64.0.1", "192.0.0.8", "192.0.2.1", "198.18.0.1",
        "203.0.113.9", "224.0.0.1", "239.255.255.250", "240.0.0.1", "255.255.255.255",
        "::", "::1", "fe80::1", "fe80::1%eth0", "fc00::1", "fd12:3456::1", "fec0::1", "ff02::1",
        "::ffff:127.0.0.1", "::ffff:8.8.8.8", "::127.0.0.1", "64:ff9b::7f00:1", "64:ff9b::808:808",
        "64:ff9b:1::1", "2002:7f00:1::", "2001:0:4136:e378::1", "2001:db8::1", "3fff::1",
        "100::1", "2130706433", "0x7f.1", "localhost", "",
    ],
)  # fmt: skip
def test_an_address_that_is_not_everybodys_is_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", ["8.8.8.8", "99.86.1.1", "2606:4700::1111", "2a03:2880::25"])
def test_an_address_of_the_internet_is_public(address: str) -> None:
    assert is_public(address)


def why(get: Callable[[], object]) -> str:
    with pytest.raises(NotFetched) as refused:
        get()
    return refused.value.code


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "[::1]", "10.0.0.1", "169.254.169.254", "localhost", "2130706433"]
)
def test_the_fetcher_opens_no_socket_to_a_private_address(host: str) -> None:
    hosts = (host.strip("[]"),)
    assert why(lambda: Fetcher().get(f"http://{host}/", hosts=hosts, kinds=HTML)) == "address"


def test_a_port_that_is_not_the_webs_is_refused() -> None:
    there = Fetcher(resolve=lambda _host, _port: ["8.8.8.8"])
    assert why(lambda: there.get("http://a.test:22/", hosts=("a.test",), kinds=HTML)) == "port"


@pytest.mark.parametrize("answers", [["10.0.0.7"], ["8.8.8.8", "192.168.0.1"], ["::ffff:8.8.8.8"]])
def test_a_name_with_one_private_answer_is_refused(answers: list[str]) -> None:
    there = Fetcher(resolve=lambda _host, _port: answers)
    assert why(lambda: there.get("https://a.test/", hosts=("a.test",), kinds=HTML)) == "address"


def test_the_address_that_was_judged_is_the_one_connected_to(site: SmallSite) -> None:
    """A name whose answer changes between two questions is asked once, and reaches what was said
    the first time."""
    site.pages["/"] = Answer(b"here")
    answers = itertools.chain([["127.0.0.1"]], itertools.repeat(["10.0.0.1"]))
    asked: list[str] = []

    def changing(host: str, _port: int) -> list[str]:
        asked.append(host)
        return next(answers)

    there = Fetcher(allowed=site.allowance, resolve=changing)
    url = f"http://a.test:{site.port}/"
    assert there.get(url, hosts=("a.test",), kinds=HTML).body == b"here"
    assert asked == ["a.test"]
    assert why(lambda: there.get(url, hosts=("a.test",), kinds=HTML)) == "address"


@pytest.mark.parametrize(
    ("target", "code"),
    [
        ("http://169.254.169.254/latest/", "site"),
        ("http://other.test/", "site"),
        ("http://127.0.0.1:1/", "address"),
        ("file:///etc/passwd", "scheme"),
        ("ftp://127.0.0.1/", "scheme"),
        ("http://user:word@127.0.0.1/", "site"),
    ],
)
def test_a_redirect_is_judged_like_the_first_address(
    site: SmallSite, target: str, code: str
) -> None:
    site.pages["/"] = Answer(status=302, headers={"Location": target})
    there = Fetcher(allowed=site.allowance)
    assert why(lambda: there.get(site.url, hosts=("127.0.0.1",), kinds=HTML)) == code


def test_a_redirect_to_a_private_address_on_a_known_host_opens_nothing(site: SmallSite) -> None:
    site.pages["/"] = Answer(status=301, headers={"Location": "http://10.9.9.9/"})
    there = Fetcher(allowed=site.allowance)
    hosts = ("127.0.0.1", "10.9.9.9")
    assert why(lambda: there.get(site.url, hosts=hosts, kinds=HTML)) == "address"


def test_three_redirects_are_followed_and_a_fourth_is_not(site: SmallSite) -> None:
    for step in range(4):
        site.pages[f"/{step}"] = Answer(status=302, headers={"Location": f"/{step + 1}"})
    site.pages["/4"] = Answer(b"there")
    there = Fetcher(allowed=site.allowance)
    found = there.get(f"{site.url}/1", hosts=("127.0.0.1",), kinds=HTML)
    assert (found.body, found.url) == (b"there", f"{site.url}/4")
    assert why(lambda: there.get(f"{site.url}/0", hosts=("127.0.0.1",), kinds=HTML)) == "redirects"


def test_a_body_that_never_ends_is_cut_at_the_limit(site: SmallSite) -> None:
    site.pages["/"] = Answer(itertools.repeat(b"x" * 65_536))
    there = Fetcher(allowed=site.allowance)
    assert why(lambda: there.get(site.url, hosts=("127.0.0.1",), kinds=HTML)) == "size"


def test_a_bomb_of_gzip_is_cut_before_it_unfolds(site: SmallSite) -> None:
    bomb = gzip.compress(bytes(200_000_000), 9)
    packed = {"Content-Encoding": "gzip"}
    site.pages["/"] = Answer(bomb, headers=packed)
    site.pages["/fine"] = Answer(gzip.compress(b"fine" * 30_000), headers=packed)
    there = Fetcher(allowed=site.allowance)
    tracemalloc.start()
    try:
        assert why(lambda: there.get(site.url, hosts=("127.0.0.1",), kinds=HTML)) == "size"
        assert tracemalloc.get_traced_memory()[1] < 20_000_000
    finally:
        tracemalloc.stop()
    fine = there.get(f"{site.url}/fine", hosts=("127.0.0.1",), kinds=HTML)
    assert fine.body == b"fine" * 30_000


@pytest.mark.parametrize(
    "headers", [{"Content-Encoding": "br"}, {"Content-Encoding": "gzip, gzip"}]
)
def test_a_packing_nobody_asked_for_is_refused(site: SmallSite, headers: dict[str, str]) -> None:
    site.pages["/"] = Answer(b"x", headers=headers)
    there = Fetcher(allowed=site.allowance)
    assert why(lambda: there.get(site.url, hosts=("127.0.0.1",), kinds=HTML)) == "packing"


def test_a_slow_drip_ends_with_the_time_agreed(site: SmallSite) -> None:
    """Never silent for long, yet over the whole time agreed."""
    drops = itertools.count()
    site.pages["/"] = Answer((b"x" for _drop in drops), pause=0.1)
    there = Fetcher(allowed=site.allowance, limits=Limits(connect=1, silence=1, total=0.8))
    assert why(lambda: there.get(site.url, hosts=("127.0.0.1",), kinds=HTML)) == "time"
    # Drops are counted, not seconds, of which a busy machine takes some for itself.
    assert next(drops) < 30


def test_another_kind_of_content_is_not_read(site: SmallSite) -> None:
    site.pages["/"] = Answer(b"%PDF", kind="application/pdf")
    there = Fetcher(allowed=site.allowance)
    assert why(lambda: there.get(site.url, hosts=("127.0.0.1",), kinds=HTML)) == "kind"


def test_what_is_sent_is_an_address_and_who_asks(site: SmallSite) -> None:
    """No cookie, no referrer: what the page of the setting says is sent, and no more."""
    site.pages["/p/1"] = Answer(b"x", headers={"Set-Cookie": "a=b"})
    there = Fetcher(allowed=site.allowance, contact="https://proche.example")
    for _time in range(2):
        there.get(f"{site.url}/p/1", hosts=("127.0.0.1",), kinds=HTML)
    sent = site.headers[-1]
    assert set(sent) == {
        "Host", "Accept", "Accept-Encoding", "Accept-Language", "Connection", "User-Agent"
    }  # fmt: skip
    assert sent["User-Agent"] == "Proche/1 (+https://proche.example)"
