"""The statement of a proof: which parts were seen, each by its SHA-256; its own SHA-256 is the seal
that is kept, and stamped where a server is set."""

import json
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django_q.tasks import async_task

from proche.areas.accounts.models import User
from proche.areas.content.images import destroy
from proche.areas.content.models import Post
from proche.areas.content.networks import ProofAnswer, ProofThread
from proche.areas.content.proofs import Proof, ProofImage
from proche.areas.content.rules import rules_version
from proche.areas.people.papers import ENDINGS

FORMAT = "proche-proof-1"
TEXT_FILE, ANSWER_FILE, THREAD_FILE = "text.txt", "answer.json", "thread.json"
# The civil code of Québec gives three years to sue (art. 2925): proof of a label is of use as long.
KEPT_DAYS = 3 * 365


@dataclass(frozen=True)
class Look:
    """What one look gave. `verdict`: of the rules on the text, or empty where none was read."""

    who: Proof.Who
    found: Proof.Found
    text: str = ""
    whole: bool = False
    verdict: str = ""
    day: int | None = None
    by: User | None = None
    source: str = ""
    http_status: int | None = None
    reason: str = ""


@transaction.atomic
def prove(
    post: Post,
    look: Look,
    *,
    images: tuple[ProofImage, ...] = (),
    answer: bytes = b"",
    thread: bytes = b"",
    at: datetime | None = None,
) -> Proof:
    """Keep it, sealed together with the look before it. Call it with the post locked. `answer`:
    the bytes an interface gave; `thread`: what the author says below (`threads.as_kept`)."""
    before = post.proofs.order_by("-pk").first()
    proof = Proof(
        post=post,
        seen_at=at or timezone.now(),
        url=post.url,
        salt=secrets.token_hex(16),
        previous=before.sealed if before else "",
        rules_version=rules_version() if look.verdict else "",
        **vars(look),
    )
    proof.sealed = seal(statement(proof, images, answer, thread))
    proof.save()
    if answer:
        ProofAnswer.objects.create(proof=proof, body=answer)
    if thread:
        ProofThread.objects.create(proof=proof, body=thread)
    ProofImage.objects.filter(pk__in=[image.pk for image in images]).update(proof=proof)
    if settings.TIME_STAMP_URL:
        transaction.on_commit(lambda: async_task("proche.areas.content.tasks.stamp", proof.pk))
    return proof


def seal(told: bytes) -> str:
    return sha256(told).hexdigest()


def answer_of(proof: Proof) -> bytes:
    """What the interface answered; empty where none was asked, or once it is erased."""
    kept: ProofAnswer | None = getattr(proof, "answer", None)
    return bytes(kept.body) if kept else b""


def thread_of(proof: Proof) -> bytes:
    """What the author says below the post; empty where nothing was read, or once it is erased."""
    kept: ProofThread | None = getattr(proof, "thread", None)
    return bytes(kept.body) if kept else b""


def statement(
    proof: Proof,
    images: tuple[ProofImage, ...] | list[ProofImage],
    answer: bytes,
    thread: bytes,
) -> bytes:
    """The same bytes for the same proof, whenever they are asked for."""
    told: dict[str, Any] = {
        "format": FORMAT,
        "seen_at": proof.seen_at.astimezone(UTC).isoformat(timespec="microseconds"),
        "who": proof.who,
        "day": proof.day,
        "found": proof.found,
        "source": proof.source,
        "http_status": proof.http_status,
        "reason": proof.reason,
        "address": proof.url,
        "verdict": proof.verdict,
        "rules": proof.rules_version,
        "parts": [_part(TEXT_FILE, sha256(proof.text.encode()).hexdigest(), whole=proof.whole)]
        if proof.text
        else [],
        "previous": proof.previous,
        "salt": proof.salt,
    }
    if answer:
        told["parts"].append(_part(ANSWER_FILE, sha256(answer).hexdigest()))
    if thread:
        told["parts"].append(_part(THREAD_FILE, sha256(thread).hexdigest()))
    for number, image in enumerate(images, start=1):
        told["parts"].append(_part(image_file(number, image), image.sha256, what=image.what))
    return (json.dumps(told, ensure_ascii=False, indent=2, sort_keys=True) + "\n").encode()


def _part(name: str, digest: str, **more: Any) -> dict[str, Any]:
    return {"file": name, "sha256": digest, **more}


def image_file(number: int, image: ProofImage) -> str:
    return f"{number:02d}-{image.what}.{ENDINGS[image.kind]}"


def is_intact(proof: Proof) -> bool:
    """Nobody changed the row since; the images are prefetched. Unknown, so False, once erased."""
    told = statement(proof, list(proof.images.all()), answer_of(proof), thread_of(proof))
    return not proof.erased_at and seal(told) == proof.sealed


@transaction.atomic
def forget(proofs: list[Proof]) -> None:
    """Destroy what was seen; when, by whom, what was found and the seal stay. The one change of a
    proof that the database lets through, and the images go after it."""
    Proof.objects.filter(pk__in=[proof.pk for proof in proofs], erased_at=None).update(
        url="", text="", salt="", erased_at=timezone.now()
    )
    ProofAnswer.objects.filter(proof__in=proofs).delete()
    ProofThread.objects.filter(proof__in=proofs).delete()
    destroy(list(ProofImage.objects.filter(proof__in=proofs)))


def forget_old() -> int:
    """What is older than it may be of use. Returns how many proofs."""
    old = timezone.now() - timedelta(days=KEPT_DAYS)
    found = list(Proof.objects.filter(seen_at__lt=old, erased_at=None)[:500])
    forget(found)
    return len(found)
