"""What a seal speaks of cannot be changed or removed, whoever asks the database; the erasure that
the law asks for can. The same on SQLite and PostgreSQL."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from proche.areas.accounts.models import User
from proche.areas.content.actions import Saw, approve, record_look
from proche.areas.content.images import destroy, keep_image
from proche.areas.content.leaving import erase
from proche.areas.content.models import Post
from proche.areas.content.proofs import Proof, ProofImage
from proche.areas.content.proving import forget, is_intact
from tests.areas.content.test_proof import owed, png
from tests.cast import Cast
from tests.factories.content import a_post, guards_lifted


@pytest.fixture(autouse=True)
def _files(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def proof(cast: Cast) -> Proof:
    exchange = owed(cast)
    keep_image(exchange, png(), what="screenshot")
    proof: Proof = a_post(exchange).proofs.get()
    return proof


def refuses(act: Callable[..., Any], **values: Any) -> bool:
    """Whether the database does, in words that name the road which is left."""
    words = ""
    try:
        with transaction.atomic():
            act(**values)
    except IntegrityError as refused:
        words = str(refused)
    return "proving.forget" in words


# Each field of the model with another value it could take, but for those who may change.
OTHER: dict[str, Any] = {
    "id": 999_999,
    "seen_at": timezone.now() - timedelta(days=400),
    "who": "server",
    "day": 7,
    "found": "gone",
    "source": "page",
    "http_status": 404,
    "reason": "login",
    "url": "",
    "text": "Autre chose.",
    "whole": False,
    "verdict": "MISSING",
    "rules_version": "0",
    "salt": "0",
    "previous": "0",
    "sealed": "0" * 64,
    "erased_at": timezone.now(),
}


def test_no_field_of_a_proof_can_be_changed(cast: Cast, proof: Proof) -> None:
    other_post = a_post(owed(cast))
    changes = OTHER | {"post": other_post.pk}
    assert set(changes) == {field.name for field in Proof._meta.fields} - {"by"}
    row = Proof.objects.filter(pk=proof.pk)
    assert [name for name in changes if not refuses(row.update, **{name: changes[name]})] == []
    assert is_intact(row.get())


def test_the_images_of_a_proof_stay_and_those_that_wait_may_go(proof: Proof) -> None:
    [image] = proof.images.all()
    row = ProofImage.objects.filter(pk=image.pk)
    changes = ({"sha256": "0" * 64}, {"what": "frame"}, {"kind": "image/webp"}, {"proof": None})
    for change in changes:
        assert refuses(row.update, **change), change
    assert refuses(row.delete)
    waiting = keep_image(image.exchange, png("blue"), what="screenshot")
    destroy([waiting])
    assert ProofImage.objects.get() == image


def test_a_proof_goes_with_nothing_it_hangs_on_before_it_is_erased(proof: Proof) -> None:
    assert refuses(Proof.objects.filter(pk=proof.pk).delete)
    assert refuses(Post.objects.filter(pk=proof.post_id).delete)
    assert refuses(proof.post.exchange.delete)
    assert is_intact(Proof.objects.get())
    forget([proof])
    Post.objects.filter(pk=proof.post_id).delete()
    assert (Proof.objects.count(), ProofImage.objects.count()) == (0, 0)


def test_erasing_a_member_keeps_the_seal_and_what_is_erased_cannot_be_filled_again(
    proof: Proof,
) -> None:
    erase(proof.post.exchange.offer.person)
    left = Proof.objects.get(pk=proof.pk)
    assert (left.sealed, left.verdict, left.seen_at) == (proof.sealed, proof.verdict, proof.seen_at)
    assert (left.url, left.text, left.salt, ProofImage.objects.count()) == ("", "", "", 0)
    row = Proof.objects.filter(pk=proof.pk)
    again: list[dict[str, Any]] = [
        {"text": "Publicité, bien sûr."},
        {"erased_at": None},
        {"erased_at": timezone.now()},
        {"verdict": "MISSING"},
    ]
    assert all(refuses(row.update, **change) for change in again)


def test_erasing_half_of_a_proof_is_refused(proof: Proof) -> None:
    row = Proof.objects.filter(pk=proof.pk)
    gone = {"url": "", "text": "", "salt": "", "erased_at": timezone.now()}
    for name in gone:
        assert refuses(row.update, **{k: v for k, v in gone.items() if k != name}), name
    assert refuses(row.update, **gone, verdict="MISSING")


def test_a_colleague_whose_account_goes_leaves_the_seal_whole(cast: Cast) -> None:
    post = a_post(owed(cast))
    approve(post, by=None)
    look = record_look(post, Saw(Proof.Found.SAME), by=cast.strategist)
    User.objects.filter(pk=cast.strategist.pk).delete()
    kept = Proof.objects.get(pk=look.pk)
    assert (kept.by, is_intact(kept)) == (None, True)


def test_the_guards_are_lifted_and_laid_again_by_their_migration(proof: Proof) -> None:
    row = Proof.objects.filter(pk=proof.pk)
    with guards_lifted():
        row.update(text="Autre chose.")
        assert not is_intact(row.get())
        row.update(text=proof.text)
    assert is_intact(row.get())
    assert refuses(row.update, text="Autre chose.")
