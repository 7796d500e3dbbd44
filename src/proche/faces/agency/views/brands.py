"""Brands, what they stand for, whom they compete with."""

from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from proche.areas.brands.actions import add_brand, change_brand
from proche.areas.brands.models import Brand
from proche.areas.brands.queries import found_by, with_briefs
from proche.common.regions import region_name
from proche.common.ui import toast
from proche.common.words import language
from proche.faces.agency.access import StaffRequest, workspace
from proche.faces.agency.forms.brands import BrandForm, ContactForm
from proche.faces.agency.forms.kept import kept

PER_PAGE = 50


@workspace
def index(request: StaffRequest) -> HttpResponse:
    words = request.GET.get("q", "").strip()
    brands: QuerySet[Brand] = Brand.objects.for_actor(request.user)
    if words:
        brands = found_by(brands, words)
    page = Paginator(with_briefs(brands).order_by("name", "pk"), PER_PAGE).get_page(
        request.GET.get("page")
    )
    return render(request, "agency/brands/index.html", {"page": page, "words": words})


@workspace
def show(request: StaffRequest, brand_id: int) -> HttpResponse:
    return brand_page(request, brand_of(request, brand_id), form=ContactForm())


def brand_of(request: StaffRequest, brand_id: int) -> Brand:
    return get_object_or_404(with_briefs(Brand.objects.for_actor(request.user)), pk=brand_id)


def brand_page(request: StaffRequest, brand: Brand, **context: Any) -> HttpResponse:
    context |= {
        "brand": brand,
        "contacts": brand.contacts.current().order_by("name", "pk"),
        "regions": [region_name(code, language()) for code in brand.regions],
        "rivals": [*(rival.name for rival in brand.rivals.all()), *brand.other_rivals],
    }
    return render(request, "agency/brands/brand.html", context)


@workspace
def add(request: StaffRequest) -> HttpResponse:
    form = BrandForm(request.POST or None, request.FILES or None, programme=request.programme)
    if request.method == "POST":
        brand = kept(form, lambda: add_brand(request.programme, by=request.actor, **form.facts()))
        if brand:
            toast(request, _("%(brand)s added.") % {"brand": brand})
            return redirect("agency:brand", brand.pk)
    return render(request, "agency/brands/brand_form.html", {"form": form})


@workspace
def change(request: StaffRequest, brand_id: int) -> HttpResponse:
    brand = get_object_or_404(Brand.objects.for_actor(request.user), pk=brand_id)
    form = BrandForm(
        request.POST or None, request.FILES or None, programme=request.programme, brand=brand
    )
    name = brand.name
    if request.method == "POST":
        changed = kept(form, lambda: change_brand(brand, by=request.actor, **form.facts()))
        if changed is not None:
            toast(request, _("%(brand)s changed.") % {"brand": brand})
            return redirect("agency:brand", brand.pk)
    context = {"form": form, "brand": brand, "name": name}
    return render(request, "agency/brands/brand_form.html", context)


@workspace
@require_GET
def logo(request: StaffRequest, brand_id: int, name: str) -> HttpResponse:
    """The pixels we drew ourselves, for the team; the name changes with the picture."""
    brand = get_object_or_404(Brand.objects.for_actor(request.user), pk=brand_id)
    if not brand.logo or brand.logo_name != name:
        raise Http404
    try:
        with brand.logo.open("rb") as opened:
            response = HttpResponse(opened.read(), content_type="image/png")
    except FileNotFoundError as missing:
        raise Http404 from missing
    response.headers["Cache-Control"] = "private, max-age=604800, immutable"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
