"""Proof of a post: sealed, handed over, looked at again, and forgotten in time."""

import hashlib
import io
import json
import subprocess
import zipfile
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone
from PIL import Image

from proche.areas.campaigns.models import Exchange
from proche.areas.content import public_checks, rechecking
from proche.areas.content.actions import (
    Saw,
    approve,
    ask_correction,
    corrected_text,
    record_look,
    reopen,
    submit,
    waive,
)
from proche.areas.content.bundle import bundle
from proche.areas.content.comparing import compared
from proche.areas.content.images import forget_unfinished, keep_image, remove_waiting
from proche.areas.content.leaving import erase, leave
from proche.areas.content.models import Post
from proche.areas.content.proofs import Proof, ProofImage, Recheck
from proche.areas.content.proving import KEPT_DAYS, forget_old, is_intact
from proche.areas.content.seeing import SAYS_THE_LINK, last_words
from proche.areas.content.tasks import forget_old_proof
from proche.common.errors import Refusal
from proche.platforms.public_pages import Reader, Seen, State
from tests.cast import Cast
from tests.factories.campaigns import received, who_agreed
from tests.factories.content import BAD, URL, a_draft, a_post, good_caption, guards_lifted
from tests.platforms.site import Answer, SmallSite, page, small_site

Found = Proof.Found


@pytest.fixture
def site() -> Iterator[SmallSite]:
    with small_site() as served:
        yield served


@pytest.fixture(autouse=True)
def _files(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


def png(colour: str = "red") -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (30, 40), colour).save(out, "PNG")
    return out.getvalue()


def owed(cast: Cast) -> Exchange:
    return received(who_agreed(cast.programme), exchange="agreed", obligation=True)


def on_a_blog(cast: Cast, site: SmallSite, caption: str = "") -> Post:
    exchange = owed(cast)
    words = caption or good_caption(exchange)
    draft = a_draft(words, platform="blog", format="article")
    return submit(exchange, draft, url=f"{site.url}/p/1")


def fresh(post: Post) -> Post:
    return Post.objects.get(pk=post.pk)


def proofs(post: Post) -> list[tuple[str, str, int | None]]:
    return list(post.proofs.order_by("pk").values_list("who", "found", "day"))


def days_pass(days: int) -> None:
    """Everything planned comes nearer by as much."""
    for row in Recheck.objects.filter(done_at=None):
        row.due_at -= timedelta(days=days, minutes=1)
        row.save()


@pytest.mark.parametrize(
    ("before", "seen", "whole", "found"),
    [
        ("Offert par X.\n\n#pub", "Offert  par X. #pub", True, Found.SAME),
        ("Offert par\u200b X. https://a.b/c", "Offert par X. https://t.co/zz", True, Found.SAME),
        ("Offert par X. #pub", "offert par X. #pub", True, Found.CHANGED),
        ("Offert par X. #pub", "Par X. #pub", True, Found.CHANGED),
        ("Offert par X. #pub et la suite", "Offert par X. #pub et…", True, Found.CHANGED),
        ("Offert par X. #pub et toute la suite", "Offert par X. #pub et…", False, Found.PART),
        ("Offert par X. #pub", "3 likes — cam: Offert par X. #pub", False, Found.SAME),
        ("Offert par X. #pub", "Offert…", False, Found.CHANGED),
        ("", "Quelque chose qui n’était pas là", False, Found.CHANGED),
    ],
)
def test_what_is_up_now_is_compared_with_what_was_handed_in(
    before: str, seen: str, whole: bool, found: Found
) -> None:
    assert compared(before, seen, whole=whole) == found


def test_a_hand_in_keeps_the_caption_and_the_images_that_wait(cast: Cast) -> None:
    exchange = owed(cast)
    first = keep_image(exchange, png(), what="screenshot")
    assert keep_image(exchange, png(), what="screenshot").pk == first.pk
    keep_image(exchange, png("blue"), what="screenshot")
    remove_waiting(exchange, first.key)
    assert ProofImage.objects.count() == 1
    post = a_post(exchange)
    [proof] = post.proofs.all()
    assert (proof.who, proof.found, proof.text) == ("member", "handed_in", good_caption(exchange))
    assert [image.what for image in proof.images.all()] == ["screenshot"]
    assert is_intact(proof)
    with pytest.raises(Refusal):
        keep_image(exchange, b"%PDF-1.4\n%%EOF", what="screenshot")


def test_the_zip_is_verified_by_tools_that_are_not_ours(cast: Cast, tmp_path: Path) -> None:
    exchange = owed(cast)
    keep_image(exchange, png(), what="screenshot")
    proof = a_post(exchange).proofs.get()
    with zipfile.ZipFile(io.BytesIO(bundle(proof))) as archive:
        names = set(archive.namelist())
        archive.extractall(tmp_path / "proof")
    assert names == {"text.txt", "01-screenshot.png", "statement.json", "SHA256SUMS", "README.txt"}
    told = (tmp_path / "proof" / "statement.json").read_bytes()
    assert hashlib.sha256(told).hexdigest() == proof.sealed
    assert json.loads(told)["parts"][0]["file"] == "text.txt"
    check = ["sha256sum", "--check", "--strict", "SHA256SUMS"]
    assert subprocess.run(check, cwd=tmp_path / "proof", capture_output=True).returncode == 0
    (tmp_path / "proof" / "text.txt").write_text("autre chose")
    assert subprocess.run(check, cwd=tmp_path / "proof", capture_output=True).returncode == 1


def test_a_proof_changed_behind_our_back_is_not_handed_over(cast: Cast) -> None:
    exchange = owed(cast)
    image = keep_image(exchange, png(), what="screenshot")
    proof = a_post(exchange).proofs.get()
    Path(image.stored.path).write_bytes(png("black"))
    with pytest.raises(Refusal) as refused:
        bundle(proof)
    assert refused.value.code == "proof_broken"
    with guards_lifted():
        Proof.objects.filter(pk=proof.pk).update(text="Publicité, bien sûr.")
    proof = Proof.objects.get(pk=proof.pk)
    assert not is_intact(proof)
    with pytest.raises(Refusal):
        bundle(proof)


def test_each_look_holds_the_seal_of_the_one_before(cast: Cast) -> None:
    post = a_post(owed(cast))
    approve(post, by=None)
    second = record_look(post, Saw(Found.SAME), by=cast.strategist)
    first = post.proofs.order_by("pk")[0]
    assert (first.previous, second.previous) == ("", first.sealed)
    assert first.sealed != second.sealed


def test_looks_are_planned_from_the_approval_and_fall_with_it(cast: Cast) -> None:
    post = a_post(owed(cast))
    assert post.rechecks.count() == 0
    approve(post, by=None)
    closed = fresh(post).closed_at
    assert closed is not None
    planned = list(post.rechecks.values_list("day", "due_at"))
    assert planned == [(day, closed + timedelta(days=day)) for day in (1, 7, 30)]
    reopen(post, by=None)
    assert post.rechecks.count() == 0
    approve(fresh(post), by=None)
    reopen(fresh(post), by=None)
    waive(fresh(post), reason="déménage", by=None)
    assert post.rechecks.count() == 0
    story = submit(owed(cast), a_draft("", format="story", on_screen="Pub"), url="https://a.b/")
    approve(story, by=None)
    assert story.rechecks.count() == 0


def test_where_reading_is_off_nothing_is_asked_and_a_person_looks(
    cast: Cast, site: SmallSite
) -> None:
    post = on_a_blog(cast, site)
    approve(post, by=None)
    days_pass(1)
    assert rechecking.look_again(site.reader()) == 0
    assert site.asked == []
    assert [row.day for row in rechecking.for_person(cast.programme)] == [1]
    days_pass(6)
    record_look(post, Saw(Found.SAME, image=png()), by=cast.strategist)
    assert rechecking.for_person(cast.programme).count() == 0
    assert proofs(post)[-1] == ("team", "same", 7)
    assert post.rechecks.filter(done_at=None).count() == 1
    assert (fresh(post).state, post.proofs.latest("pk").images.count()) == ("checked", 1)


def test_the_server_sees_the_post_at_the_hand_in_and_after_the_approval(
    cast: Cast, site: SmallSite
) -> None:
    public_checks.turn_on(cast.programme, with_images=True, by=cast.owner)
    post = on_a_blog(cast, site)
    site.pages["/i.png"] = Answer(png(), kind="image/png")
    site.pages["/p/1"] = page(post.caption, **{"og:image": f"{site.url}/i.png"})
    assert rechecking.look_again(site.reader()) == 1
    assert proofs(post) == [("member", "handed_in", 0), ("server", "same", 0)]
    seen = post.proofs.latest("pk")
    assert (seen.http_status, seen.verdict, seen.images.get().what) == (200, "OK", "public")
    approve(post, by=None)
    assert rechecking.look_again(site.reader()) == 0
    days_pass(1)
    assert rechecking.look_again(site.reader()) == 1
    assert rechecking.look_again(site.reader()) == 0
    assert proofs(post)[-1] == ("server", "same", 1)
    assert fresh(post).state == "checked"


def test_a_job_delivered_twice_writes_once(cast: Cast, site: SmallSite) -> None:
    public_checks.turn_on(cast.programme, with_images=False, by=cast.owner)
    post = on_a_blog(cast, site)
    first = post.rechecks.get()
    seen = Seen(State.UP, "page", 200, post.caption, True)
    assert rechecking.settle(first.pk, seen) is True
    assert rechecking.settle(first.pk, seen) is False
    assert proofs(post) == [("member", "handed_in", 0), ("server", "same", 0)]


def test_a_label_taken_away_brings_the_post_back_to_be_corrected(
    cast: Cast, site: SmallSite
) -> None:
    public_checks.turn_on(cast.programme, with_images=False, by=cast.owner)
    post = on_a_blog(cast, site)
    post.rechecks.all().delete()
    approve(post, by=None)
    days_pass(1)
    whole = json.dumps({"@type": "BlogPosting", "articleBody": BAD})
    body = f'<script type="application/ld+json">{whole}</script>'
    site.pages["/p/1"] = Answer(body.encode())
    rechecking.look_again(site.reader())
    back = fresh(post)
    assert (back.state, back.closed_at, back.exchange.closed_at) == ("submitted", None, None)
    assert proofs(post)[-1] == ("server", "changed", 1)
    assert back.checks.all()[0].caption == BAD
    assert back.rechecks.filter(done_at=None, day__gt=0).count() == 0
    told = back.exchange.offer.person.timeline.values_list("verb", flat=True)
    assert "post_changed" in told
    # What to paste is what was approved, as it was handed in.
    assert corrected_text(back) == post.caption
    ask_correction(back, text=corrected_text(back), by=cast.strategist)
    draft = a_draft(post.caption, platform="blog", format="article")
    again = submit(post.exchange, draft, url=post.url)
    approve(again, by=cast.strategist)
    assert fresh(post).state == "fixed"
    assert post.rechecks.filter(done_at=None, day__gt=0).count() == 3


def test_a_change_that_still_says_the_link_only_leaves_a_proof(cast: Cast, site: SmallSite) -> None:
    post = on_a_blog(cast, site)
    approve(post, by=None)
    record_look(post, Saw(Found.CHANGED, text=f"{post.caption} Merci!"), by=cast.strategist)
    assert (fresh(post).state, proofs(post)[-1][1]) == ("checked", "changed")
    assert last_words(post).endswith("Merci!")


@pytest.mark.parametrize(("status", "reason"), [(404, "not_found"), (410, "")])
def test_a_post_that_is_gone_is_to_be_checked_again(
    cast: Cast, site: SmallSite, status: int, reason: str
) -> None:
    """By « not found » too, where it was seen; the page then says that it may only be hidden."""
    public_checks.turn_on(cast.programme, with_images=False, by=cast.owner)
    post = on_a_blog(cast, site)
    site.pages["/p/1"] = page(post.caption)
    rechecking.look_again(site.reader())
    approve(post, by=None)
    days_pass(1)
    site.pages["/p/1"] = Answer(status=status)
    rechecking.look_again(site.reader())
    assert (fresh(post).state, proofs(post)[-1]) == ("submitted", ("server", "gone", 1))
    assert post.proofs.latest("pk").reason == reason


def test_not_found_of_a_post_nobody_saw_is_a_persons_to_look_at(
    cast: Cast, site: SmallSite
) -> None:
    public_checks.turn_on(cast.programme, with_images=False, by=cast.owner)
    post = on_a_blog(cast, site)
    post.rechecks.all().delete()
    approve(post, by=None)
    days_pass(1)
    rechecking.look_again(site.reader())
    assert (fresh(post).state, proofs(post)[-1]) == ("checked", ("server", "not_seen", 1))
    assert post.proofs.latest("pk").reason == "not_found"
    assert [row.day for row in rechecking.for_person(cast.programme)] == [1]


@pytest.mark.parametrize("shown", ["<html>Loading</html>", None])
def test_what_the_server_could_not_see_is_a_persons_to_look_at(
    cast: Cast, site: SmallSite, shown: str | None
) -> None:
    """Never taken for well: neither a page without words, nor a start that holds no label."""
    public_checks.turn_on(cast.programme, with_images=False, by=cast.owner)
    words = "Mes pointes sont enfin douces, et voici comment. Publicité. Offert par Sapinelle."
    post = on_a_blog(cast, site, words)
    approve(post, by=None)
    days_pass(1)
    answer = Answer(shown.encode()) if shown else page("Mes pointes sont enfin douces, et…")
    site.pages["/p/1"] = answer
    rechecking.look_again(site.reader())
    asked = len(site.asked)
    rechecking.look_again(site.reader())
    assert len(site.asked) == asked
    last = post.proofs.latest("pk")
    assert last.verdict not in SAYS_THE_LINK
    assert [row.day for row in rechecking.for_person(cast.programme)] == [1]
    record_look(post, Saw(Found.GONE), by=cast.strategist)
    assert rechecking.for_person(cast.programme).count() == 0


def test_a_site_that_fails_is_asked_three_times_then_a_person_is(
    cast: Cast, site: SmallSite
) -> None:
    public_checks.turn_on(cast.programme, with_images=False, by=cast.owner)
    post = on_a_blog(cast, site)
    approve(post, by=None)
    post.rechecks.filter(day=0).delete()
    days_pass(1)
    site.pages["/p/1"] = Answer(status=503)
    for _hour in range(4):
        rechecking.look_again(site.reader())
        Recheck.objects.filter(day=1).update(due_at=timezone.now())
    assert site.asked.count("/p/1") == 3
    assert proofs(post)[1:] == [("server", "not_seen", 1)]
    assert [row.day for row in rechecking.for_person(cast.programme)] == [1]


def test_the_reader_that_goes_out_has_no_allowance(cast: Cast, site: SmallSite) -> None:
    there = public_checks.reader()
    assert there.fetcher.allowed == frozenset()
    assert (
        Reader(there.fetcher, site.reader().sites).look("blog", f"{site.url}/p/1").why == "address"
    )
    assert site.asked == []


def test_erasing_a_member_leaves_the_seal_and_the_verdict(
    cast: Cast, django_capture_on_commit_callbacks: Any
) -> None:
    exchange = owed(cast)
    image = keep_image(exchange, png(), what="screenshot")
    post = a_post(exchange)
    waiting = keep_image(exchange, png("blue"), what="screenshot")
    sealed = post.proofs.get().sealed
    with django_capture_on_commit_callbacks(execute=True):
        erase(exchange.offer.person)
    proof = post.proofs.get()
    assert (proof.sealed, proof.verdict, proof.found) == (sealed, "OK", "handed_in")
    assert (proof.text, proof.url, proof.salt, ProofImage.objects.count()) == ("", "", "", 0)
    assert not Path(image.stored.path).exists()
    assert not Path(waiting.stored.path).exists()
    with pytest.raises(Refusal) as refused:
        bundle(proof)
    assert refused.value.code == "proof_erased"


def test_what_was_being_read_when_somebody_left_is_not_kept(cast: Cast, site: SmallSite) -> None:
    public_checks.turn_on(cast.programme, with_images=False, by=cast.owner)
    post = on_a_blog(cast, site)
    leave(post.exchange.offer.person)
    seen = Seen(State.UP, "page", 200, post.caption, True)
    assert rechecking.settle(post.rechecks.get().pk, seen) is False
    assert rechecking.look_again(site.reader()) == 0
    assert (post.proofs.count(), site.asked) == (1, [])


def test_old_proof_and_images_never_handed_in_are_forgotten(cast: Cast) -> None:
    exchange = owed(cast)
    old = timezone.now() - timedelta(days=KEPT_DAYS + 1)
    post = submit(exchange, a_draft(good_caption(exchange)), url=URL, at=old)
    keep_image(exchange, png(), what="screenshot")
    ProofImage.objects.update(at=timezone.now() - timedelta(days=8))
    recent = a_post(owed(cast))
    assert (forget_unfinished(), forget_old(), forget_old()) == (1, 1, 0)
    assert (ProofImage.objects.count(), post.proofs.get().text) == (0, "")
    assert recent.proofs.get().text == recent.caption
    assert forget_old_proof() == 0
