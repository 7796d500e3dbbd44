"""Pages drawn as tagged PDF (PDF/UA). Only the files named are read while drawing."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from proche.common.errors import Refusal

BASE = "https://drawn.invalid/"
FONTS = ("newsreader-latin-wght-normal.woff2", "figtree-latin-wght-normal.woff2")
TYPES = {"css": "text/css", "svg": "image/svg+xml", "png": "image/png", "woff2": "font/woff2"}


def drawn(page: str, files: Mapping[str, Callable[[], bytes]]) -> bytes:
    """The PDF of a page of HTML, our fonts beside its files. Raises Refusal without Pango."""
    weasyprint = _weasyprint()
    known = {**files, **_fonts()}

    def fetch(url: str) -> Any:
        name = url.removeprefix(BASE)
        if name not in known:
            raise ValueError(f"the page reads no such file: {url}")
        kind = {"Content-Type": TYPES[name.rpartition(".")[2]]}
        return weasyprint.urls.URLFetcherResponse(url, known[name](), kind)

    pdf: bytes = weasyprint.HTML(string=page, base_url=BASE, url_fetcher=fetch).write_pdf(
        pdf_variant="pdf/ua-1"
    )
    return pdf


def _fonts() -> dict[str, Callable[[], bytes]]:
    folders = {file: Path(folder) for folder, file, _served in settings.STATIC_PACKAGES}
    return {font: (settings.NODE_MODULES / folders[font] / font).read_bytes for font in FONTS}


def _weasyprint() -> Any:
    try:
        import weasyprint  # loads Pango, which a server may lack: its other pages need it not
    except OSError as missing:
        raise Refusal(
            _(
                "A PDF needs the library Pango, which this server lacks. Whoever runs it "
                "installs libpango-1.0-0, libpangoft2-1.0-0 and libharfbuzz-subset0."
            ),
            code="no_pango",
        ) from missing
    return weasyprint
