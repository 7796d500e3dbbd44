"""How many posts say the link, and the register that goes into the file of a brand."""

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone, translation
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from proche.areas.brands.models import Brand
from proche.areas.content import register
from proche.areas.content.models import Post
from proche.areas.content.rules import PLACE_NAMES
from proche.common.exports import file_response
from proche.common.words import language
from proche.faces.agency.access import StaffRequest, workspace
from proche.faces.agency.exporting import noting
from proche.faces.agency.register_pdf import register_pdf

KINDS = ("csv", "xlsx")
GROUPS = {
    "by_campaign": gettext_lazy("Campaign"),
    "by_brand": gettext_lazy("Brand"),
    "by_platform": gettext_lazy("Network"),
    "by_kind": gettext_lazy("Exchange"),
}


@workspace
def report(request: StaffRequest) -> HttpResponse:
    rates = register.rates(Post.objects.for_actor(request.user))
    groups = [
        (title, [_drawn(rate) for rate in getattr(rates, name)]) for name, title in GROUPS.items()
    ]
    brands = Brand.objects.for_actor(request.user)
    context = {"rates": rates, "groups": groups, "brands": brands}
    return render(request, "agency/disclosure/report.html", context)


def _drawn(rate: register.Rate) -> dict[str, Any]:
    parts = {"value": rate.share, "low": rate.low, "high": rate.high}
    return {"rate": rate, **{k: None if v is None else 100 * v for k, v in parts.items()}}


@workspace
def export(request: StaffRequest, kind: str) -> HttpResponse:
    """The shares the page shows, as a table."""
    if kind not in KINDS:
        raise Http404
    rates = register.rates(Post.objects.for_actor(request.user))
    columns = [
        _("By"),
        _("Group"),
        _("Say the link"),
        _("Checked"),
        _("Share"),
        _("Low"),
        _("High"),
        _("Not checkable"),
        _("Waiting"),
    ]
    return file_response("divulgation", kind, columns, _rate_rows(rates))


def _rate_rows(rates: register.Rates) -> Iterator[list[Any]]:
    yield [_("All"), "", *_figures(rates.everything)]
    for name, title in GROUPS.items():
        for rate in getattr(rates, name):
            yield [str(title), rate.label, *_figures(rate)]


def _figures(rate: register.Rate) -> list[Any]:
    shares = [None if one is None else round(one, 4) for one in (rate.share, rate.low, rate.high)]
    return [rate.saying, rate.read, *shares, rate.unseen, rate.waiting]


@workspace
def register_file(request: StaffRequest) -> HttpResponse:
    """The register of a brand, or of all: `as` is csv, xlsx or pdf."""
    kind, asked = request.GET.get("as", "pdf"), request.GET.get("brand", "")
    if kind not in (*KINDS, "pdf"):
        raise Http404
    brands = Brand.objects.for_actor(request.user)
    brand = get_object_or_404(brands, pk=int(asked)) if asked.isdigit() else None
    posts = register.handed_in(Post.objects.for_actor(request.user))
    if brand is not None:
        posts = posts.filter(exchange__offer__campaign__brief__brand=brand)
    posts = posts.select_related(
        "exchange__offer__person", "exchange__offer__campaign__brief__brand"
    )
    told = list(noting(request, posts, lambda post: post.exchange.offer.person_id))
    name = f"registre-{slugify(brand.name)}" if brand else "registre"
    with translation.override(_language_of(brand)):
        if kind == "pdf":
            return _as_pdf(request, brand, told, posts, name)
        return file_response(name, kind, _columns(), map(_cells, register.entries(told)))


def _language_of(brand: Brand | None) -> str:
    """The one its first contact reads; without a contact, that of the page."""
    contact = brand.contacts.order_by("pk").first() if brand else None
    return contact.language if contact else language()


def _as_pdf(
    request: StaffRequest, brand: Brand | None, told: list[Post], posts: QuerySet[Post], name: str
) -> HttpResponse:
    entries = register.entries(told)
    rate = register.rates(posts).everything
    pdf = register_pdf(request.programme, brand, entries, rate)
    response = HttpResponse(pdf, content_type="application/pdf")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.pdf"'
    return response


def _columns() -> list[str]:
    return [
        _("Address of the post"),
        _("Brand"),
        _("Brief"),
        _("Network"),
        _("Exchange"),
        _("Handed in on"),
        _("Read on"),
        _("Disclosure"),
        _("Rules of"),
        _("Rules"),
        _("Corrections"),
        _("State"),
        _("Hash of the proof"),
    ]


def _cells(entry: register.Entry) -> list[Any]:
    post = entry.post
    return [
        post.url,
        entry.brand,
        entry.campaign,
        post.get_platform_display(),
        post.exchange.get_kind_display(),
        timezone.localdate(post.submitted_at) if post.submitted_at else None,
        timezone.localdate(entry.read_at) if entry.read_at else None,
        entry.shown,
        str(PLACE_NAMES.get(entry.jurisdiction, "")),
        ", ".join(entry.rules),
        entry.corrections,
        post.get_state_display(),
        entry.proof,
    ]
