"""The register of disclosure as a PDF, for the brand's own file, in its language."""

from collections.abc import Sequence
from pathlib import Path

from django.template.loader import render_to_string
from django.utils import timezone

from proche.areas.accounts.models import Programme
from proche.areas.brands.models import Brand
from proche.areas.content.register import Entry, Rate
from proche.faces.agency.pdf import drawn

HERE = Path(__file__).parent


def register_pdf(
    programme: Programme, brand: Brand | None, entries: Sequence[Entry], rate: Rate
) -> bytes:
    """In the language of the moment. Raises Refusal where Pango is not installed."""
    page = render_to_string(
        "agency/disclosure/register.html",
        {
            "programme": programme,
            "brand": brand,
            "entries": entries,
            "rate": rate,
            "today": timezone.localdate(),
        },
    )
    return drawn(page, {"register.css": (HERE / "register.css").read_bytes})
