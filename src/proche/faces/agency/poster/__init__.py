"""The poster of a call: one letter page with a code to scan, as a tagged PDF (PDF/UA).

Only our own files are read while drawing: fonts, the style sheet beside this file, the logo we
drew again, and the code."""

from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import segno
from django.conf import settings
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _

from proche.areas.recruitment.models import Call
from proche.common.errors import Refusal
from proche.common.words import side

HERE = Path(__file__).parent
LONG_TITLE, LONG_TEXT = 45, 420
BASE = "https://poster.invalid/"
FONTS = ("newsreader-latin-wght-normal.woff2", "figtree-latin-wght-normal.woff2")


def poster(call: Call, address: str) -> bytes:
    """The PDF in the language of the moment. Raises Refusal where Pango is not installed."""
    weasyprint = _weasyprint()
    shown = address.partition("://")[2].rstrip("/")
    context = {"call": call, "address": shown, "sizes": _sizes(call)}
    said = render_to_string("agency/calls/poster.html", context)
    fetch = _fetcher(weasyprint, _files(call, address))
    drawn = weasyprint.HTML(string=said, base_url=BASE, url_fetcher=fetch)
    pdf: bytes = drawn.write_pdf(pdf_variant="pdf/ua-1")
    return pdf


def _sizes(call: Call) -> str:
    """Classes that make long words smaller, so that the longest allowed keep clear of the code."""
    words = len(side(call, "text")) + len(side(call, "criteria"))
    long = {"long-title": len(side(call, "title")) > LONG_TITLE, "long-text": words > LONG_TEXT}
    return " ".join(name for name, is_long in long.items() if is_long)


def _weasyprint() -> Any:
    try:
        import weasyprint  # loads Pango, which a server may lack: its other pages need it not
    except OSError as missing:
        raise Refusal(
            _(
                "The poster needs the library Pango, which this server lacks. Whoever runs it "
                "installs libpango-1.0-0, libpangoft2-1.0-0 and libharfbuzz-subset0."
            ),
            code="no_pango",
        ) from missing
    return weasyprint


def _files(call: Call, address: str) -> dict[str, Callable[[], bytes]]:
    """Everything the page may read, by its name."""
    named: dict[str, Callable[[], bytes]] = {
        "poster.css": (HERE / "poster.css").read_bytes,
        "code.svg": lambda: _code(address),
    }
    folders = {file: Path(folder) for folder, file, _served in settings.STATIC_PACKAGES}
    for font in FONTS:
        named[font] = (settings.NODE_MODULES / folders[font] / font).read_bytes
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


def _fetcher(weasyprint: Any, files: dict[str, Callable[[], bytes]]) -> Callable[[str], Any]:
    types = {"css": "text/css", "svg": "image/svg+xml", "png": "image/png", "woff2": "font/woff2"}

    def fetch(url: str) -> Any:
        name = url.removeprefix(BASE)
        if name not in files:
            raise ValueError(f"the poster reads no such file: {url}")
        kind = {"Content-Type": types[name.rpartition(".")[2]]}
        return weasyprint.urls.URLFetcherResponse(url, files[name](), kind)

    return fetch
