"""Proofs in the workspace: shown, noted by hand, taken as a file, and who lets the server look."""

import io
import zipfile
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from PIL import Image

from proche.areas.campaigns.models import Exchange
from proche.areas.content import public_checks, rechecking
from proche.areas.content.actions import approve
from proche.areas.content.images import keep_image
from proche.areas.content.leaving import leave
from proche.areas.content.models import Post
from proche.areas.content.proofs import Proof, Recheck
from proche.areas.people.kept import Look
from tests.cast import Cast, signed_in
from tests.factories.campaigns import received, who_agreed
from tests.factories.content import BAD, a_post

READING = "/bureau/publications/lecture-publique/"


@pytest.fixture(autouse=True)
def _files(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def desk(cast: Cast) -> Client:
    return signed_in(cast.strategist)


def png(colour: str = "red") -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (30, 40), colour).save(out, "PNG")
    return out.getvalue()


def owed(cast: Cast, name: str = "Camille") -> Exchange:
    person = who_agreed(cast.programme, given_name=name)
    return received(person, exchange="agreed", obligation=True)


def to_look_at(cast: Cast, name: str = "Camille") -> Post:
    post = a_post(owed(cast, name))
    approve(post, by=None)
    for row in Recheck.objects.filter(post=post, day=1):
        row.due_at -= timedelta(days=2)
        row.save()
    return post


def test_a_post_shows_what_is_kept_with_its_images_and_seal(cast: Cast, desk: Client) -> None:
    exchange = owed(cast)
    image = keep_image(exchange, png(), what="screenshot")
    post = a_post(exchange)
    proof = post.proofs.get()
    page = desk.get(f"/bureau/publications/{post.pk}/").content.decode()
    for said in (proof.sealed, f"/images/{image.key}/exporter/", 'alt="capture 1"'):
        assert said in page
    answer = desk.get(f"/bureau/publications/{post.pk}/images/{image.key}/exporter/")
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "image/png")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_a_proof_is_taken_as_a_zip_and_the_taking_is_noted(cast: Cast, desk: Client) -> None:
    post = a_post(owed(cast))
    proof = post.proofs.get()
    answer = desk.get(f"/bureau/publications/{post.pk}/preuves/{proof.pk}/exporter/")
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        assert archive.read("text.txt").decode() == post.caption
        read_me = archive.read("README.txt").decode()
    assert "sha256sum --check SHA256SUMS" in read_me
    assert proof.sealed in read_me
    noted = Look.objects.filter(
        person=post.exchange.offer.person, what="file", user=cast.strategist
    )
    assert noted.count() == 1


def test_one_click_from_the_list_says_that_nothing_changed(cast: Cast, desk: Client) -> None:
    post = to_look_at(cast)
    page = desk.get("/bureau/publications/?state=look_again").content.decode()
    assert "À revoir 1" in page
    there = f"/bureau/publications/{post.pk}/constater/"
    assert there in page
    answer = desk.post(there, {"found": "same", "back": "list"}, follow=True)
    assert answer.redirect_chain[0][0] == "/bureau/publications/?state=look_again"
    last = post.proofs.latest("pk")
    assert (last.who, last.found, last.day, last.by) == ("team", "same", 1, cast.strategist)
    assert "Aucune publication n’est à revoir." in answer.content.decode()


def test_what_changed_is_noted_with_its_words_and_a_screenshot(cast: Cast, desk: Client) -> None:
    post = to_look_at(cast)
    there = f"/bureau/publications/{post.pk}/constater/"
    sent = {
        "found": "changed",
        "text": BAD,
        "images": SimpleUploadedFile("x.png", b"not an image", "image/png"),
    }
    page = desk.post(there, sent).content.decode()
    assert BAD.replace("’", "&#x27;")[:20] in page
    assert "errorlist" in page or "field-wrong" in page
    assert post.proofs.count() == 1
    sent["images"] = SimpleUploadedFile("x.png", png(), "image/png")
    page = desk.post(there, sent, follow=True).content.decode()
    assert "ce ne sont pas ceux qui ont été remis" in page
    assert Post.objects.get(pk=post.pk).state == "submitted"
    assert post.proofs.latest("pk").images.count() == 1
    assert "Dites ce que vous avez vu." in desk.post(there, {}).content.decode()


def test_the_list_to_look_at_asks_the_same_whatever_its_length(cast: Cast, desk: Client) -> None:
    to_look_at(cast)
    counted = []
    for _more in range(2):
        with CaptureQueriesContext(connection) as asked:
            desk.get("/bureau/publications/?state=look_again")
        counted.append(len(asked))
        to_look_at(cast, "Bao")
        to_look_at(cast, "Fatou")
    assert counted[0] == counted[1] <= 15


def test_only_an_owner_lets_the_server_look_and_takes_it_back(cast: Cast, desk: Client) -> None:
    page = desk.get(READING).content.decode()
    assert "Seule une personne propriétaire" in page
    assert "embed.bsky.app" not in page
    assert "bsky.app" in page
    desk.post(READING, {"with_images": "on"})
    assert public_checks.in_force(cast.programme) is None
    owner = signed_in(cast.owner)
    owner.post(READING, {"with_images": "on"})
    held = public_checks.in_force(cast.programme)
    assert held is not None
    assert (held.with_images, held.on_by) == (True, cast.owner)
    owner.post(READING, {"with_images": "on"})
    assert cast.programme.public_checks.count() == 1
    owner.post(READING, {"off": "1"})
    assert public_checks.in_force(cast.programme) is None
    assert cast.programme.public_checks.get().off_by == cast.owner


def test_a_stranger_sees_no_proof_and_notes_nothing(cast: Cast) -> None:
    exchange = owed(cast)
    image = keep_image(exchange, png(), what="screenshot")
    post = a_post(exchange)
    proof = post.proofs.get()
    base = f"/bureau/publications/{post.pk}"
    member = exchange.offer.person.user
    assert member is not None
    for who in (cast.stranger, member):
        there = signed_in(who)
        assert there.get(f"{base}/preuves/{proof.pk}/exporter/").status_code == 404
        assert there.get(f"{base}/images/{image.key}/exporter/").status_code == 404
        assert there.post(f"{base}/constater/", {"found": "gone"}).status_code == 404
    assert Proof.objects.count() == 1
    other = a_post(owed(cast, "Bao"))
    staff = signed_in(cast.owner)
    there_too = f"/bureau/publications/{other.pk}"
    assert staff.get(f"{there_too}/preuves/{proof.pk}/exporter/").status_code == 404
    assert staff.get(f"{there_too}/images/{image.key}/exporter/").status_code == 404


def test_nothing_is_shown_or_looked_at_of_somebody_who_left(cast: Cast, desk: Client) -> None:
    exchange = owed(cast)
    image = keep_image(exchange, png(), what="screenshot")
    post = a_post(exchange)
    approve(post, by=None)
    Recheck.objects.update(due_at=timezone.now())
    base = f"/bureau/publications/{post.pk}"
    assert rechecking.for_person(cast.programme).count() == 3
    leave(exchange.offer.person)
    assert rechecking.for_person(cast.programme).count() == 0
    assert image.key not in desk.get(f"{base}/").content.decode()
    assert desk.get(f"{base}/images/{image.key}/exporter/").status_code == 404
    assert desk.get(f"{base}/preuves/{post.proofs.get().pk}/exporter/").status_code == 404
