"""A thread by the interface of its network: what is said only further down is shown, and does not
count for the first post."""

import io
import json
import zipfile
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from proche.areas.content.actions import approve, corrected_text
from proche.areas.content.bundle import bundle
from proche.areas.content.leaving import erase
from proche.areas.content.models import Post
from proche.areas.content.networks import ProofThread
from proche.areas.content.own_data import own_data
from proche.areas.content.proof_words import ProofWords, proofs_of, with_proofs
from proche.areas.content.proving import is_intact
from proche.areas.content.rechecking import for_person
from tests.areas.content.test_networks import (
    a_day_later,
    a_week_later,
    connect,
    handed_in,
    looks,
    run,
    shows,
)
from tests.cast import Cast
from tests.factories.content import guards_lifted
from tests.platforms.networks import STRANGER, bluesky_thread, bytes_of, mastodon_thread
from tests.platforms.site import Answer, SmallSite, small_site

BOTH = pytest.mark.parametrize("network", ["bluesky", "mastodon"])
FIRST, SECOND = "Mes pointes sont enfin douces.", "Je le garde au frais."


@pytest.fixture
def site() -> Iterator[SmallSite]:
    with small_site() as served:
        yield served


@pytest.fixture(autouse=True)
def _files(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


def a_thread(
    cast: Cast, network: str, site: SmallSite, *, replies: int = 5, kind: str = "thread"
) -> Post:
    """Handed in as one text whose second part says the link; the first post of it is up."""
    connect(cast, network)
    post = handed_in(cast, network, site, format=kind)
    says = post.caption.partition("\n\n")[0]
    post.caption = f"{FIRST}\n\n{says}\n\n{SECOND}"
    post.save()
    post.checks.update(caption=post.caption, verdict="OK")
    counted = {"replies_count": replies} if network == "mastodon" else {"replyCount": replies}
    shows(site, network, FIRST, **counted)
    go_on(site, network, says, SECOND)
    return post


def go_on(site: SmallSite, network: str, *texts: str) -> None:
    (bluesky_thread if network == "bluesky" else mastodon_thread)(site, *texts)


def newest(post: Post) -> ProofWords:
    return proofs_of(Post.objects.prefetch_related(*with_proofs()).get(pk=post.pk))[0]


@BOTH
def test_what_is_said_only_further_down_is_kept_and_never_a_pass(
    cast: Cast, site: SmallSite, network: str
) -> None:
    post = a_thread(cast, network, site)
    assert run(site) == 1
    last = post.proofs.latest("pk")
    assert (last.found, last.whole, last.text, last.verdict) == ("same", True, FIRST, "MISSING")
    words = newest(post)
    assert words.thread is not None
    assert [one.text for one in words.thread.posts] == [post.caption.split("\n\n")[1], SECOND]
    assert [one.says for one in words.thread.posts] == [True, False]
    assert (words.says_further_down, words.intact) == (True, True)
    # Whoever checks it reads the first post, and a correction puts the words there.
    check = post.checks.all()[0]
    assert (check.caption, check.verdict) == (FIRST, "MISSING")
    assert corrected_text(post).startswith("Publicité. ")


@BOTH
def test_approved_before_it_was_seen_it_comes_back_once(
    cast: Cast, site: SmallSite, network: str
) -> None:
    post = a_thread(cast, network, site)
    approve(post, by=None)
    run(site)
    person = post.exchange.offer.person
    assert Post.objects.get(pk=post.pk).state == "submitted"
    assert person.timeline.latest("pk").verb == "post_begins_without"
    approve(post, by=None)
    a_week_later(post)
    run(site)
    assert Post.objects.get(pk=post.pk).state == "checked"
    assert list(for_person(cast.programme)) == []


@BOTH
def test_a_thread_that_begins_with_the_link_is_fine_and_its_rest_is_kept(
    cast: Cast, site: SmallSite, network: str
) -> None:
    post = a_thread(cast, network, site)
    says = post.caption.split("\n\n")[1]
    counted = {"replies_count": 5} if network == "mastodon" else {"replyCount": 5}
    shows(site, network, says, **counted)
    go_on(site, network, FIRST, SECOND)
    Post.objects.filter(pk=post.pk).update(caption=f"{says}\n\n{FIRST}\n\n{SECOND}")
    run(site)
    last = post.proofs.latest("pk")
    assert (last.found, last.verdict, newest(post).says_further_down) == ("same", "OK", False)
    assert ProofThread.objects.count() == 1


@BOTH
def test_the_replies_of_others_are_kept_nowhere(
    cast: Cast, site: SmallSite, network: str, tmp_path: Path
) -> None:
    post = a_thread(cast, network, site)
    run(site)
    proof = post.proofs.latest("pk")
    with zipfile.ZipFile(io.BytesIO(bundle(proof))) as archive:
        packed = {name: archive.read(name).decode() for name in archive.namelist()}
    assert SECOND in packed["thread.json"]
    assert "thread.json" in packed["statement.json"]
    kept = own_data(post.exchange.offer.person)["threads"]
    assert [SECOND in row["thread"] for row in kept] == [True]
    answered = next(one for name, one in site.pages.items() if "hread" in name or "context" in name)
    assert STRANGER in json.dumps(json.loads(bytes_of(answered)), ensure_ascii=False)
    assert STRANGER not in "".join(packed.values()) + str(own_data(post.exchange.offer.person))


@BOTH
def test_a_rest_that_cannot_be_read_leaves_it_to_a_person(
    cast: Cast, site: SmallSite, network: str
) -> None:
    post = a_thread(cast, network, site)
    for address in list(site.pages):
        if address.endswith(("/context", "getPostThread")):
            site.pages[address] = Answer(status=502)
    run(site)
    approve(post, by=None)
    a_day_later(post)
    run(site)
    last = post.proofs.latest("pk")
    assert (last.found, last.whole, last.verdict) == ("part", False, "HUMAN")
    assert Post.objects.get(pk=post.pk).state == "checked"
    assert [row.day for row in for_person(cast.programme)] == [1]
    assert not ProofThread.objects.exists()


@BOTH
def test_nobody_is_asked_for_the_rest_without_need(
    cast: Cast, site: SmallSite, network: str
) -> None:
    """Of a thread without replies, and of a post that says the link."""
    alone = a_thread(cast, network, site, replies=0)
    run(site)
    assert alone.proofs.latest("pk").whole
    said = handed_in(cast, network, site)
    shows(site, network, said.caption)
    run(site)
    assert looks(said)[-1] == ("api", "same", "")
    asked = [one for one in site.asked if "getPostThread" in one or one.endswith("/context")]
    assert asked == []


@BOTH
def test_one_post_that_goes_on_below_is_read_like_a_thread(
    cast: Cast, site: SmallSite, network: str
) -> None:
    """The member called it a post: the link is not in it, and the page says where it is."""
    post = a_thread(cast, network, site, kind="post")
    run(site)
    assert (post.proofs.latest("pk").verdict, newest(post).says_further_down) == ("MISSING", True)
    assert post.checks.all()[0].caption == FIRST


def test_a_thread_is_destroyed_with_its_member_and_changed_by_nobody(
    cast: Cast, site: SmallSite, django_capture_on_commit_callbacks: Any
) -> None:
    post = a_thread(cast, "bluesky", site)
    run(site)
    kept = ProofThread.objects.all()
    for act in (kept.delete, partial(kept.update, body=b"{}")):
        with pytest.raises(IntegrityError, match=r"proving\.forget"), transaction.atomic():
            act()
    proof = post.proofs.latest("pk")
    with guards_lifted():
        body = bytes(kept.get().body)
        kept.update(body=body.replace(b"MISSING", b"OK"))
        assert not is_intact(post.proofs.get(pk=proof.pk))
        kept.update(body=body)
    with django_capture_on_commit_callbacks(execute=True):
        erase(post.exchange.offer.person)
    assert not kept.exists()
    assert post.proofs.latest("pk").sealed == proof.sealed
