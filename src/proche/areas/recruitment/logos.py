"""A partner's logo: only pixels are kept. What was sent is read, drawn again and written as PNG, so
that no metadata, script or second file can hide in it."""

import warnings
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from django.core.files.base import ContentFile
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageOps, UnidentifiedImageError

from proche.areas.people.models import new_key
from proche.common.errors import Refusal

MOST_BYTES = 2 * 1024 * 1024
# Decided on the header, before a single pixel is unpacked: a small file may ask for gigabytes.
MOST_PIXELS = 12_000_000
FORMATS = ("PNG", "JPEG", "WEBP")
BOX = (640, 240)


@dataclass(frozen=True, slots=True)
class Logo:
    png: bytes
    width: int
    height: int


def drawn_again(data: bytes) -> Logo:
    """A PNG of at most 640 by 240. Raises Refusal for what is no image, too large or a drawing."""
    if len(data) > MOST_BYTES:
        raise _refused(_("This file is larger than 2 MB. Send a smaller one."), "logo_heavy")
    try:
        picture = _pixels(data)
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError) as wrong:
        raise _refused(
            _("This is not an image we can read. Send a PNG, JPEG or WebP file, not SVG."),
            "logo_unreadable",
        ) from wrong
    picture.thumbnail(BOX)
    out = BytesIO()
    picture.save(out, "PNG", optimize=True)
    return Logo(out.getvalue(), picture.width, picture.height)


def put_logo(row: models.Model, logo: Logo | None) -> None:
    """On a row with `logo`, `logo_width` and `logo_height`, to be saved by the caller; None takes
    it away. Under a name of its own, so that no cache shows the one before."""
    kept: Any = row
    if kept.logo:
        storage, earlier = kept.logo.storage, kept.logo.name
        transaction.on_commit(lambda: storage.delete(earlier))
    if logo is None:
        kept.logo, kept.logo_width, kept.logo_height = "", 0, 0
        return
    kept.logo_width, kept.logo_height = logo.width, logo.height
    kept.logo.save(f"{new_key()}.png", ContentFile(logo.png), save=False)


def _pixels(data: bytes) -> Image.Image:
    with warnings.catch_warnings():
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        try:
            with Image.open(BytesIO(data), formats=FORMATS) as opened:
                if opened.width * opened.height > MOST_PIXELS:
                    raise _flood()
                upright = ImageOps.exif_transpose(opened).convert("RGBA")
        except (Image.DecompressionBombWarning, Image.DecompressionBombError) as flood:
            raise _flood() from flood
    # A new image holds nothing but the pixels.
    plain = Image.new("RGBA", upright.size)
    plain.paste(upright)
    return plain


def _flood() -> Refusal:
    return _refused(
        _("This image has too many pixels for a logo. Send one of 4,000 by 3,000 at most."),
        "logo_pixels",
    )


def _refused(sentence: object, code: str) -> Refusal:
    return Refusal(sentence, code=code, field="logo_file")  # type: ignore[arg-type]
