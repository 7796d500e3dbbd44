"""What a member sends of a story or a video to have it checked: images of its frames and a
subtitle file. Nothing is kept: an image comes back as a small picture beside its text."""

import warnings
from base64 import b64encode
from io import BytesIO

from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageOps, UnidentifiedImageError

from proche.areas.people.papers import FORMATS, MOST_BYTES, MOST_PIXELS
from proche.common.errors import Refusal
from proche.core import disclosure
from proche.core.results import InputRefused

BOX = (220, 390)
# What one page takes of a story.
MOST_FRAMES = 10
MOST_SUBTITLES = 500_000
PREFIX = "data:image/jpeg;base64,"


def small_picture(data: bytes, name: str) -> str:
    """A small JPEG as an address of its own. Raises Refusal, with the file's name, for no image."""
    if len(data) > MOST_BYTES:
        raise _refused(_("%(name)s is larger than 8 MB. Send a smaller image."), name)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(BytesIO(data), formats=FORMATS) as opened:
                if opened.width * opened.height > MOST_PIXELS:
                    raise _refused(_("%(name)s has too many pixels. Send a smaller image."), name)
                picture = ImageOps.exif_transpose(opened).convert("RGB")
    except (Image.DecompressionBombWarning, Image.DecompressionBombError) as flood:
        raise _refused(_("%(name)s has too many pixels. Send a smaller image."), name) from flood
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError) as wrong:
        raise _refused(
            _("%(name)s is not an image that can be read. Send a PNG, JPEG or WebP."), name
        ) from wrong
    picture.thumbnail(BOX)
    out = BytesIO()
    picture.save(out, "JPEG", quality=70)
    return PREFIX + b64encode(out.getvalue()).decode()


def said_in(data: bytes, name: str) -> str:
    """The subtitles as lines « 0:31 words ». Raises Refusal for a file that holds none."""
    if len(data) > MOST_SUBTITLES:
        raise _refused(_("%(name)s is larger than 500 kB: it is not a subtitle file."), name)
    try:
        spoken = disclosure.read_transcript(data.decode("utf-8-sig"))
    except (UnicodeDecodeError, InputRefused) as wrong:
        raise _refused(
            _(
                "No subtitle was found in %(name)s. It must be a .srt or .vtt file in UTF-8, with "
                "lines such as “00:00:02,000 --> 00:00:05,000”."
            ),
            name,
        ) from wrong
    return "\n".join(f"{_clock(line.at)} {line.text}" for line in spoken if line.text)


def _clock(seconds: float) -> str:
    minutes, rest = divmod(int(seconds), 60)
    return f"{minutes}:{rest:02}"


def _refused(sentence: object, name: str) -> Refusal:
    shown = " ".join(name.split())[:60]
    return Refusal(str(sentence) % {"name": shown}, code="file_unreadable", field="files")
