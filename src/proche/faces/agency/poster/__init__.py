"""The poster of a call: one letter page with a code to scan, as a tagged PDF (PDF/UA).

Only our own files are read while drawing: fonts, the style sheet beside this file, the logo we
drew again, and the code."""

from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import segno
from django.template.loader import render_to_string

from proche.areas.recruitment.models import Call
from proche.common.words import side
from proche.faces.agency.pdf import drawn

HERE = Path(__file__).parent
LONG_TITLE, LONG_TEXT = 45, 420


def poster(call: Call, address: str) -> bytes:
    """The PDF in the language of the moment. Raises Refusal where Pango is not installed."""
    shown = address.partition("://")[2].rstrip("/")
    context = {"call": call, "address": shown, "sizes": _sizes(call)}
    said = render_to_string("agency/calls/poster.html", context)
    return drawn(said, _files(call, address))


def _sizes(call: Call) -> str:
    """Classes that make long words smaller, so that the longest allowed keep clear of the code."""
    words = len(side(call, "text")) + len(side(call, "criteria"))
    long = {"long-title": len(side(call, "title")) > LONG_TITLE, "long-text": words > LONG_TEXT}
    return " ".join(name for name, is_long in long.items() if is_long)


def _files(call: Call, address: str) -> dict[str, Callable[[], bytes]]:
    """Everything the page may read, by its name."""
    named: dict[str, Callable[[], bytes]] = {
        "poster.css": (HERE / "poster.css").read_bytes,
        "code.svg": lambda: _code(address),
    }
    if call.logo:
        named["logo.png"] = lambda: _read(call)
    return named


def _code(address: str) -> bytes:
    """A QR code that a scratch or a fold does not spoil (level Q: a quarter may be lost)."""
    out = BytesIO()
    segno.make(address, error="q", micro=False).save(
        out, kind="svg", border=0, dark="#241c18", xmldecl=False, omitsize=True
    )
    return out.getvalue()


def _read(call: Call) -> bytes:
    with call.logo.open("rb") as file:
        return bytes(file.read())
