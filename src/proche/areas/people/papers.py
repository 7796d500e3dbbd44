"""Files the team keeps about a person. An image is read, drawn again and written anew, so that no
metadata, script or second file hides in it. A PDF is kept as it came, and only ever downloaded."""

import re
import warnings
from dataclasses import dataclass
from io import BytesIO

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageOps, UnidentifiedImageError

from proche.areas.accounts.models import User
from proche.areas.people.actions import record
from proche.areas.people.kept import PersonFile
from proche.areas.people.models import Person
from proche.common.errors import Refusal

MOST_BYTES = 8 * 1024 * 1024
# Decided on the header, before a single pixel is unpacked: a small file may ask for gigabytes.
MOST_PIXELS = 25_000_000
FORMATS = ("PNG", "JPEG", "WEBP")
BOX = (2400, 2400)
PDF, JPEG, PNG = "application/pdf", "image/jpeg", "image/png"
ENDINGS = {PDF: "pdf", JPEG: "jpg", PNG: "png"}
# What makes a PDF act when it is opened. Compressed parts can hide it from this look, hence the
# headers of the page that serves it.
ACTS = re.compile(rb"/(JavaScript|JS|Launch|EmbeddedFile|RichMedia|XFA)\b")


@dataclass(frozen=True, slots=True)
class Paper:
    content: bytes
    kind: str


def read_paper(data: bytes) -> Paper:
    """What is kept of a file that was sent. Its name and stated type count for nothing."""
    if len(data) > MOST_BYTES:
        raise _refused(_("This file is larger than 8 MB. Send a smaller one."), "file_heavy")
    if data[:5] == b"%PDF-":
        return _pdf(data)
    try:
        return _image(data)
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError) as wrong:
        raise _refused(
            _("Only an image (PNG, JPEG or WebP) or a PDF can be kept. This file is neither."),
            "file_unreadable",
        ) from wrong


def _pdf(data: bytes) -> Paper:
    if b"%%EOF" not in data[-2048:]:
        raise _refused(_("This PDF is cut short. Save it again, then send it."), "pdf_cut")
    if ACTS.search(data):
        raise _refused(
            _("This PDF holds a script, a form that acts or another file. Print it as a new PDF."),
            "pdf_acts",
        )
    return Paper(data, PDF)


def _image(data: bytes) -> Paper:
    with warnings.catch_warnings():
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        try:
            with Image.open(BytesIO(data), formats=FORMATS) as opened:
                if opened.width * opened.height > MOST_PIXELS:
                    raise _flood()
                opaque = opened.format == "JPEG"
                upright = ImageOps.exif_transpose(opened).convert("RGB" if opaque else "RGBA")
        except (Image.DecompressionBombWarning, Image.DecompressionBombError) as flood:
            raise _flood() from flood
    upright.thumbnail(BOX)
    # A new image holds nothing but the pixels.
    plain = Image.new(upright.mode, upright.size)
    plain.paste(upright)
    out = BytesIO()
    if opaque:
        plain.save(out, "JPEG", quality=88)
    else:
        plain.save(out, "PNG", optimize=True)
    return Paper(out.getvalue(), JPEG if opaque else PNG)


def keep_file(person: Person, data: bytes, *, name: str, why: str, by: User) -> PersonFile:
    """Keep it under a name of our own. Raises Refusal for what is neither image nor PDF."""
    paper = read_paper(data)
    kept = PersonFile(
        person=person,
        name=" ".join(name.split())[:120] or str(_("File")),
        kind=paper.kind,
        size=len(paper.content),
        why=why.strip(),
        by=by,
        at=timezone.now(),
    )
    address = f"{kept.key}.{ENDINGS[paper.kind]}"
    kept.stored.save(address, ContentFile(paper.content), save=False)
    try:
        with transaction.atomic():
            kept.save()
            record(person, "file_kept", by=by)
    except Exception:
        kept.stored.delete(save=False)
        raise
    return kept


@transaction.atomic
def remove_file(held: PersonFile, *, by: User) -> None:
    """No longer shown; the bytes are destroyed thirty days later."""
    if PersonFile.objects.filter(pk=held.pk, removed_at=None).update(removed_at=timezone.now()):
        record(held.person, "file_removed", by=by)


@transaction.atomic
def put_file_back(held: PersonFile, *, by: User) -> None:
    if PersonFile.objects.filter(pk=held.pk, removed_at__isnull=False).update(removed_at=None):
        record(held.person, "file_put_back", by=by)


def _flood() -> Refusal:
    return _refused(
        _("This image has too many pixels. Send one of 5,000 by 5,000 at most."), "file_pixels"
    )


def _refused(words: str | Promise, code: str) -> Refusal:
    return Refusal(words, code=code, field="file")
