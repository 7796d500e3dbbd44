"""A post by the interface of its network, where an owner connected it: asked first, kept with the
proof, left alone as long as it wishes."""

import hashlib
import io
import subprocess
import zipfile
from collections.abc import Iterator
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.db import IntegrityError, transaction
from django.utils import timezone

from proche.areas.content import connecting, public_checks, rechecking
from proche.areas.content.actions import approve, submit
from proche.areas.content.asking import Interfaces
from proche.areas.content.bundle import bundle
from proche.areas.content.leaving import erase
from proche.areas.content.models import Post
from proche.areas.content.networks import ProofAnswer
from proche.areas.content.own_data import own_data
from proche.areas.content.proof_words import proofs_of, with_proofs
from proche.areas.content.proofs import Recheck
from proche.areas.content.proving import is_intact
from proche.common.errors import Refusal
from tests.cast import Cast
from tests.factories.campaigns import received, who_agreed
from tests.factories.content import BAD, a_draft, good_caption, guards_lifted
from tests.factories.people import AccountFactory
from tests.platforms.networks import (
    ON_BLUESKY,
    SIGN_IN,
    STATUS,
    as_json,
    bluesky_post,
    fetcher,
    mastodon_post,
    on_bluesky,
    on_mastodon,
    refusal,
)
from tests.platforms.site import Answer, SmallSite, page, small_site

POSTS = "/xrpc/app.bsky.feed.getPosts"


@pytest.fixture
def site() -> Iterator[SmallSite]:
    with small_site() as served:
        yield served


@pytest.fixture(autouse=True)
def _files(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


def interfaces(site: SmallSite) -> Interfaces:
    return Interfaces(fetcher(site), bluesky=site.url, scheme="http")


def run(site: SmallSite) -> int:
    return rechecking.look_again(site.reader(), interfaces(site))


def connect(cast: Cast, network: str, *servers: str) -> None:
    connecting.connect(cast.programme, network, servers=list(servers), by=cast.owner)


def handed_in(cast: Cast, network: str, site: SmallSite, **facts: str) -> Post:
    """By a member whose own account is on the small site."""
    exchange = received(who_agreed(cast.programme), exchange="agreed", obligation=True)
    handle = f"marisol@127.0.0.1:{site.port}" if network == "mastodon" else "marisol.bsky.social"
    AccountFactory.create(person=exchange.offer.person, platform=network, handle=handle)
    draft = a_draft(good_caption(exchange), **{"platform": network, **facts})
    url = on_mastodon(site) if network == "mastodon" else ON_BLUESKY
    return submit(exchange, draft, url=url)


def shows(site: SmallSite, network: str, words: str, **more: Any) -> None:
    if network == "mastodon":
        html = "".join(f"<p>{part}</p>" for part in words.split("\n\n"))
        site.pages[STATUS] = as_json(mastodon_post(html, **more))
    else:
        on_bluesky(site, bluesky_post(words, **more))


def a_day_later(post: Post) -> None:
    for row in Recheck.objects.filter(post=post, done_at=None):
        row.due_at -= timedelta(days=1, minutes=1)
        row.save()


def a_week_later(post: Post) -> None:
    for _day in range(7):
        a_day_later(post)


def approved(cast: Cast, network: str, site: SmallSite, **facts: str) -> Post:
    """Handed in, seen as it was handed in, approved; a day has passed."""
    post = handed_in(cast, network, site, **facts)
    shows(site, network, post.caption)
    run(site)
    approve(post, by=None)
    a_day_later(post)
    return post


def looks(post: Post) -> list[tuple[str, str, str]]:
    return list(post.proofs.order_by("pk").values_list("source", "found", "reason"))


BOTH = pytest.mark.parametrize("network", ["bluesky", "mastodon"])


@BOTH
def test_where_no_network_is_connected_none_is_asked(
    cast: Cast, site: SmallSite, network: str
) -> None:
    post = handed_in(cast, network, site)
    approve(post, by=None)
    a_day_later(post)
    assert (run(site), site.asked) == (0, [])
    assert [row.day for row in rechecking.for_person(cast.programme)] == [1]


@BOTH
def test_a_post_is_seen_by_the_interface_and_its_answer_is_sealed(
    cast: Cast, site: SmallSite, network: str, tmp_path: Path
) -> None:
    connect(cast, network)
    post = handed_in(cast, network, site)
    shows(site, network, post.caption)
    assert run(site) == 1
    assert looks(post) == [("", "handed_in", ""), ("api", "same", "")]
    proof = Post.objects.prefetch_related(*with_proofs()).get(pk=post.pk).proofs.all()[0]
    answer = site.pages[STATUS if network == "mastodon" else POSTS].body
    assert bytes(proof.answer.body) == answer
    assert (proof.verdict, proof.whole, is_intact(proof)) == ("OK", True, True)
    with zipfile.ZipFile(io.BytesIO(bundle(proof))) as archive:
        archive.extractall(tmp_path / "proof")
    check = ["sha256sum", "--check", "--strict", "SHA256SUMS"]
    assert subprocess.run(check, cwd=tmp_path / "proof", capture_output=True).returncode == 0
    statement = (tmp_path / "proof" / "statement.json").read_bytes()
    assert hashlib.sha256(statement).hexdigest() == proof.sealed
    assert isinstance(answer, bytes)
    assert hashlib.sha256(answer).hexdigest() in statement.decode()
    kept = own_data(post.exchange.offer.person)["network_answers"]
    assert [row["answer"].encode() for row in kept] == [answer]


@BOTH
def test_who_posted_and_what_was_counted_is_shown(
    cast: Cast, site: SmallSite, network: str
) -> None:
    connect(cast, network)
    post = handed_in(cast, network, site)
    shows(site, network, post.caption)
    run(site)
    words = proofs_of(Post.objects.prefetch_related(*with_proofs()).get(pk=post.pk))[0]
    expected = {
        "bluesky": "@marisol.exemple.example, 61 mentions j’aime, 1 réponse, 2 partages",
        "mastodon": "@marisol, 12 mentions j’aime, 3 réponses, 5 partages",
    }
    assert (words.level, words.told) == ("api", expected[network])


@BOTH
def test_an_edit_that_takes_the_label_away_brings_the_post_back(
    cast: Cast, site: SmallSite, network: str
) -> None:
    connect(cast, network)
    post = approved(cast, network, site)
    shows(site, network, BAD)
    assert run(site) == 1
    back = Post.objects.get(pk=post.pk)
    assert (back.state, looks(post)[-1]) == ("submitted", ("api", "changed", ""))
    assert back.checks.all()[0].caption == BAD


@BOTH
def test_a_post_taken_away_is_gone_where_it_was_seen_before(
    cast: Cast, site: SmallSite, network: str
) -> None:
    connect(cast, network)
    post = approved(cast, network, site)
    if network == "mastodon":
        site.pages[STATUS] = as_json({"error": "Record not found"}, 404)
    else:
        on_bluesky(site)
    assert run(site) == 1
    # Mastodon has one answer for two things: which of them is not known, and is not said.
    why = "not_found" if network == "mastodon" else ""
    assert (Post.objects.get(pk=post.pk).state, looks(post)[-1]) == (
        "submitted", ("api", "gone", why))  # fmt: skip
    told = {"mastodon": "post_hidden", "bluesky": "post_gone"}
    assert post.exchange.offer.person.timeline.latest("pk").verb == told[network]


def test_a_post_is_found_again_under_another_name(cast: Cast, site: SmallSite) -> None:
    """By what stays of its author; without it, a name that leads nowhere says no more."""
    connect(cast, "bluesky")
    public_checks.turn_on(cast.programme, with_images=False, by=cast.owner)
    post = approved(cast, "bluesky", site)
    unknown = refusal("InvalidRequest", "Unable to resolve handle")
    site.pages["/xrpc/com.atproto.identity.resolveHandle"] = unknown
    assert run(site) == 1
    assert looks(post)[-1] == ("api", "same", "")
    with guards_lifted():
        ProofAnswer.objects.all().delete()
    a_week_later(post)
    assert run(site) == 0
    assert looks(post)[-1] == ("api", "not_seen", "no_handle")
    assert Post.objects.get(pk=post.pk).state == "checked"
    assert [row.day for row in rechecking.for_person(cast.programme)] == [7]


def test_no_such_post_says_nothing_of_one_that_was_never_seen(cast: Cast, site: SmallSite) -> None:
    connect(cast, "mastodon")
    post = handed_in(cast, "mastodon", site)
    site.pages[STATUS] = as_json({"error": "Record not found"}, 404)
    approve(post, by=None)
    a_day_later(post)
    run(site)
    assert looks(post)[1:] == [("api", "not_seen", "not_found")] * 2
    assert Post.objects.get(pk=post.pk).state == "checked"
    assert [row.day for row in rechecking.for_person(cast.programme)] == [1]


def test_a_warning_that_hides_the_label_brings_the_post_back(cast: Cast, site: SmallSite) -> None:
    connect(cast, "mastodon")
    post = approved(cast, "mastodon", site)
    shows(site, "mastodon", post.caption, spoiler_text="Soins de beauté")
    run(site)
    last = post.proofs.latest("pk")
    assert (last.found, last.verdict) == ("changed", "MISPLACED")
    assert last.text == f"Soins de beauté\n\n{post.caption}"
    back = Post.objects.get(pk=post.pk)
    assert back.state == "submitted"
    assert "D-FEDI-1" in {finding["rule"] for finding in back.checks.all()[0].findings}
    approve(back, by=None)
    shows(site, "mastodon", post.caption, spoiler_text="Publicité. Soins de beauté")
    a_day_later(post)
    run(site)
    assert (post.proofs.latest("pk").verdict, Post.objects.get(pk=post.pk).state) == (
        "OK", "checked")  # fmt: skip


def test_who_asks_not_to_be_read_by_everyone_is_looked_at_by_a_person(
    cast: Cast, site: SmallSite
) -> None:
    """Not by the public page either, although that is open."""
    connect(cast, "bluesky")
    public_checks.turn_on(cast.programme, with_images=True, by=cast.owner)
    post = approved(cast, "bluesky", site)
    shows(site, "bluesky", post.caption, author={"labels": [SIGN_IN]})
    answers = ProofAnswer.objects.count()
    run(site)
    assert looks(post)[-1] == ("api", "not_seen", "private")
    assert ProofAnswer.objects.count() == answers
    assert [row.day for row in rechecking.for_person(cast.programme)] == [1]


def test_not_now_is_heard_for_every_post_of_that_server(cast: Cast, site: SmallSite) -> None:
    connect(cast, "bluesky")
    public_checks.turn_on(cast.programme, with_images=False, by=cast.owner)
    first, second = (handed_in(cast, "bluesky", site) for _one in range(2))
    shows(site, "bluesky", first.caption)
    run(site)
    for post in (first, second):
        approve(post, by=None)
        a_day_later(post)
    site.pages[POSTS] = as_json({"error": "RateLimitExceeded"}, 429, Retry_After="7200")
    asked = len(site.asked)
    now = timezone.now()
    assert run(site) == 0
    # One was asked for; the other, on the same server, was not asked for at all.
    assert len(site.asked) == asked + 1
    rows = Recheck.objects.filter(day=1, done_at=None).order_by("pk")
    assert [row.tries for row in rows] == [1, 0]
    for row in rows:
        assert timedelta(hours=1, minutes=59) < row.due_at - now < timedelta(hours=2, minutes=1)
    Recheck.objects.filter(day=1).update(due_at=timezone.now())
    assert (run(site), len(site.asked)) == (0, asked + 1)
    # The pause is over, and nothing was lost.
    cache.clear()
    Recheck.objects.filter(day=1).update(due_at=timezone.now())
    shows(site, "bluesky", first.caption)
    assert run(site) == 2
    assert [looks(post)[-1][1] for post in (first, second)] == ["same", "same"]


def test_where_the_interface_does_not_answer_the_public_page_is_read(
    cast: Cast, site: SmallSite
) -> None:
    connect(cast, "mastodon")
    public_checks.turn_on(cast.programme, with_images=False, by=cast.owner)
    post = handed_in(cast, "mastodon", site)
    site.pages[STATUS] = as_json({"error": "This API requires an authenticated user"}, 401)
    site.pages["/@marisol/114620457512351116"] = page(post.caption)
    reader = site.reader()
    known = type(reader)(reader.fetcher, {"mastodon": reader.sites["blog"]})
    assert rechecking.look_again(known, interfaces(site)) == 1
    assert looks(post)[-1] == ("page", "same", "")
    assert not ProofAnswer.objects.exists()


def test_only_servers_an_owner_named_or_the_members_own_are_asked(
    cast: Cast, site: SmallSite
) -> None:
    connect(cast, "mastodon", "social.example")
    post = handed_in(cast, "mastodon", site)
    post.exchange.offer.person.accounts.all().delete()
    # Somebody else of the bank lives there: that opens nothing for this member.
    AccountFactory.create(
        person=who_agreed(cast.programme, given_name="Bao"),
        platform="mastodon", handle=f"bao@127.0.0.1:{site.port}",
    )  # fmt: skip
    run(site)
    assert (looks(post)[-1], site.asked) == (("api", "not_seen", "server"), [])
    connect(cast, "mastodon", "127.0.0.1")
    shows(site, "mastodon", post.caption)
    approve(post, by=None)
    a_day_later(post)
    assert run(site) == 1
    assert looks(post)[-1] == ("api", "same", "")


def test_disconnected_nothing_more_is_asked(cast: Cast, site: SmallSite) -> None:
    connect(cast, "bluesky")
    post = approved(cast, "bluesky", site)
    connecting.disconnect(cast.programme, "bluesky", by=cast.owner)
    asked = len(site.asked)
    assert (run(site), len(site.asked)) == (0, asked)
    assert [row.day for row in rechecking.for_person(cast.programme)] == [1]
    assert looks(post)[-1] == ("api", "same", "")


def test_of_a_thread_the_rest_is_a_persons_to_look_at(cast: Cast, site: SmallSite) -> None:
    connect(cast, "bluesky")
    post = handed_in(cast, "bluesky", site, format="thread")
    shows(site, "bluesky", post.caption[:40])
    run(site)
    last = post.proofs.latest("pk")
    assert (last.found, last.whole) == ("part", False)


def test_the_interfaces_that_go_out_have_no_allowance(cast: Cast, site: SmallSite) -> None:
    connect(cast, "mastodon")
    connect(cast, "bluesky")
    there = Interfaces()
    assert there.fetcher.allowed == frozenset()
    assert (there.scheme, there.bluesky) == ("https", "https://public.api.bsky.app")
    post = handed_in(cast, "mastodon", site)
    person, held = post.exchange.offer.person, connecting.in_force(cast.programme)["mastodon"]
    assert there.post(held, person, post.url).why == "address"
    assert site.asked == []


def test_erasing_a_member_destroys_the_answers_and_keeps_the_seal(
    cast: Cast, site: SmallSite, django_capture_on_commit_callbacks: Any
) -> None:
    connect(cast, "bluesky")
    post = approved(cast, "bluesky", site)
    sealed = post.proofs.latest("pk").sealed
    with django_capture_on_commit_callbacks(execute=True):
        erase(post.exchange.offer.person)
    assert not ProofAnswer.objects.exists()
    proof = post.proofs.latest("pk")
    assert (proof.sealed, proof.text, proof.found) == (sealed, "", "same")


CHANGED = b'{"content": "<p>x</p>"}'


def test_the_database_refuses_to_change_or_remove_an_answer(cast: Cast, site: SmallSite) -> None:
    connect(cast, "mastodon")
    approved(cast, "mastodon", site)
    kept = ProofAnswer.objects.all()
    for act in (kept.delete, partial(kept.update, body=CHANGED)):
        with pytest.raises(IntegrityError, match=r"proving\.forget"), transaction.atomic():
            act()
    assert bytes(ProofAnswer.objects.get().body) == site.pages[STATUS].body


def test_an_answer_changed_all_the_same_breaks_the_seal(cast: Cast, site: SmallSite) -> None:
    connect(cast, "mastodon")
    post = approved(cast, "mastodon", site)
    with guards_lifted():
        ProofAnswer.objects.update(body=CHANGED)
    proof = post.proofs.latest("pk")
    assert not is_intact(proof)
    with pytest.raises(Refusal):
        bundle(proof)


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("", []),
        ("Social.example\nhttps://mamot.fr/@x, mamot.fr", ["social.example", "mamot.fr"]),
        ("127.0.0.1", None),
        ("localhost", None),
        ("[::1]", None),
        ("social.example:8080", None),
        ("ja ja", None),
    ],
)
def test_a_server_is_named_and_never_numbered(typed: str, names: list[str] | None) -> None:
    if names is None:
        with pytest.raises(Refusal):
            connecting.read_servers(typed)
    else:
        assert connecting.read_servers(typed) == names


def test_connecting_again_with_other_servers_ends_the_one_in_force(cast: Cast) -> None:
    connect(cast, "mastodon", "a.example")
    connect(cast, "mastodon", "a.example")
    connect(cast, "mastodon", "b.example")
    rows = list(cast.programme.connections.order_by("pk"))
    assert [(row.servers, row.off_at is None) for row in rows] == [
        (["a.example"], False), (["b.example"], True)]  # fmt: skip
    assert (rows[0].off_by, rows[1].on_by) == (cast.owner, cast.owner)


def test_a_server_that_fails_is_asked_three_times_then_a_person_is(
    cast: Cast, site: SmallSite
) -> None:
    connect(cast, "mastodon")
    post = approved(cast, "mastodon", site)
    site.pages[STATUS] = Answer(status=502)
    asked = site.asked.count(STATUS)
    for _hour in range(4):
        run(site)
        Recheck.objects.filter(day=1).update(due_at=timezone.now())
    assert site.asked.count(STATUS) == asked + 3
    assert looks(post)[-1] == ("api", "not_seen", "status")
    assert [row.day for row in rechecking.for_person(cast.programme)] == [1]
