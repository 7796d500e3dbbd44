"""The images of a post. Each is read, drawn again and written anew, like every image that comes in;
it is kept at once, so that a form with a mistake elsewhere loses none of them."""

from datetime import timedelta
from hashlib import sha256

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from proche.areas.campaigns.models import Exchange
from proche.areas.content.proofs import ProofImage
from proche.areas.people.papers import ENDINGS, PDF, Paper, read_paper
from proche.common.errors import Refusal

MOST = 10
# Sent for a hand-in that was never finished.
FORGOTTEN_AFTER = timedelta(days=7)


def read_image(data: bytes) -> Paper:
    """Raises Refusal for what is no PNG, JPEG or WebP, or is too large."""
    if data.startswith(b"%PDF-"):
        raise Refusal(
            _("Send an image (PNG, JPEG or WebP), not a PDF."), code="image_pdf", field="images"
        )
    try:
        paper = read_paper(data)
    except Refusal as refused:
        raise Refusal(refused.sentence, code=refused.code, field="images") from refused
    assert paper.kind != PDF
    return paper


def keep_image(exchange: Exchange, data: bytes, *, what: str) -> ProofImage:
    """Kept under a name of our own, waiting for its hand-in; the same image twice is kept once."""
    paper = read_image(data)
    digest = sha256(paper.content).hexdigest()
    waiting = ProofImage.objects.filter(exchange=exchange, proof=None)
    same: ProofImage | None = waiting.filter(sha256=digest).first()
    if same is not None:
        return same
    if waiting.count() >= MOST:
        raise Refusal(
            _("Ten images at most for one post. Remove one first."),
            code="images_many",
            field="images",
        )
    return store(exchange, paper, what=what)


def store(exchange: Exchange, paper: Paper, *, what: str) -> ProofImage:
    kept = ProofImage(
        exchange=exchange,
        what=what,
        kind=paper.kind,
        size=len(paper.content),
        sha256=sha256(paper.content).hexdigest(),
        at=timezone.now(),
    )
    name = f"{kept.key}.{ENDINGS[paper.kind]}"
    kept.stored.save(name, ContentFile(paper.content), save=False)
    try:
        # A transaction of its own: a failure must not leave bytes that no row knows.
        with transaction.atomic():
            kept.save()
    except Exception:
        kept.stored.delete(save=False)
        raise
    return kept


def remove_waiting(exchange: Exchange, key: str) -> None:
    """What is proof of a hand-in stays; only what still waits can be taken away."""
    destroy(list(ProofImage.objects.filter(exchange=exchange, proof=None, key=key)))


def forget_unfinished() -> int:
    """Destroy what was sent for a hand-in that never came. Returns how many images."""
    old = timezone.now() - FORGOTTEN_AFTER
    left = list(ProofImage.objects.filter(proof=None, at__lt=old))
    destroy(left)
    return len(left)


def destroy(images: list[ProofImage]) -> None:
    """The rows now, the bytes once that is certain."""
    files = [image.stored for image in images]
    ProofImage.objects.filter(pk__in=[image.pk for image in images]).delete()

    def gone() -> None:
        for stored in files:
            stored.storage.delete(stored.name)

    transaction.on_commit(gone)
