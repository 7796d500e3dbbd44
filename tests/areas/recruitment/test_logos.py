"""A logo comes in as anything and leaves as pixels."""

import struct
import zlib
from io import BytesIO

import pytest
from PIL import Image, PngImagePlugin

from proche.areas.recruitment.logos import drawn_again
from proche.common.errors import Refusal


def picture(size: tuple[int, int] = (300, 100), kind: str = "PNG", **how: object) -> bytes:
    out = BytesIO()
    Image.new("RGB", size, "#37469f").save(out, kind, **how)
    return out.getvalue()


def code_of(data: bytes) -> str:
    with pytest.raises(Refusal) as refusal:
        drawn_again(data)
    assert refusal.value.field == "logo_file"
    return refusal.value.code


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
def test_an_image_becomes_a_png_of_the_same_shape(kind: str) -> None:
    logo = drawn_again(picture(kind=kind))
    assert (logo.width, logo.height) == (300, 100)
    with Image.open(BytesIO(logo.png)) as again:
        assert (again.format, again.size) == ("PNG", (300, 100))


def test_a_large_image_is_brought_into_the_box() -> None:
    logo = drawn_again(picture((3000, 1000)))
    assert (logo.width, logo.height) == (640, 213)


def test_metadata_and_what_follows_the_image_are_dropped() -> None:
    said = PngImagePlugin.PngInfo()
    said.add_text("Author", "Aldegonde Zwicky")
    exif = Image.Exif()
    exif[0x010E] = "rue des Érables"
    for data in (picture(pnginfo=said), picture(kind="JPEG", exif=exif)):
        png = drawn_again(data + b"<script>alert(1)</script>").png
        assert not any(words in png for words in (b"Zwicky", b"rables", b"script", b"eXIf"))


def test_a_photograph_turned_by_its_metadata_is_drawn_upright() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    logo = drawn_again(picture((300, 100), "JPEG", exif=exif))
    assert (logo.width, logo.height) == (80, 240)


def test_a_pixel_flood_is_refused_on_its_header() -> None:
    """A file of a hundred bytes that says it is 50,000 by 50,000."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        )

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", 50_000, 50_000, 8, 6, 0, 0, 0))
    flood = b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(b"\0" * 64))
    assert code_of(flood) == "logo_pixels"
    assert code_of(picture((4000, 3001))) == "logo_pixels"


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"hello",
        b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
        picture(kind="JPEG")[:200],
        picture(kind="GIF"),
        picture(kind="BMP"),
    ],
    ids=["empty", "text", "svg", "cut", "gif", "bmp"],
)
def test_what_is_no_image_of_ours_is_refused(data: bytes) -> None:
    assert code_of(data) == "logo_unreadable"


def test_a_file_too_heavy_is_refused_unread() -> None:
    assert code_of(b"\0" * (2 * 1024 * 1024 + 1)) == "logo_heavy"
