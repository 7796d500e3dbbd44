"""Brands, what they stand for, who speaks for them."""

from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from proche.areas.brands.actions import add_brand, add_contact, change_brand
from proche.areas.brands.models import Brand
from proche.areas.brands.queries import with_briefs
from proche.common.ui import toast
from proche.faces.agency.access import StaffRequest, workspace
from proche.faces.agency.forms.brands import BrandForm, ContactForm
from proche.faces.agency.forms.kept import kept

PER_PAGE = 50


@workspace
def index(request: StaffRequest) -> HttpResponse:
    words = request.GET.get("q", "").strip()
    brands = Brand.objects.for_actor(request.user)
    if words:
        named = Q(name__icontains=words) | Q(category__icontains=words)
        titled = Q(briefs__title_fr__icontains=words) | Q(briefs__title_en__icontains=words)
        brands = brands.filter(pk__in=brands.filter(named | titled).values("pk"))
    page = Paginator(with_briefs(brands).order_by("name", "pk"), PER_PAGE).get_page(
        request.GET.get("page")
    )
    return render(request, "agency/brands/index.html", {"page": page, "words": words})


@workspace
def show(request: StaffRequest, brand_id: int) -> HttpResponse:
    brand = get_object_or_404(with_briefs(Brand.objects.for_actor(request.user)), pk=brand_id)
    return _shown(request, brand, ContactForm())


def _shown(request: StaffRequest, brand: Brand, form: ContactForm) -> HttpResponse:
    contacts = brand.contacts.order_by("name", "pk")
    context = {"brand": brand, "contacts": contacts, "form": form}
    return render(request, "agency/brands/brand.html", context)


@workspace
def add(request: StaffRequest) -> HttpResponse:
    form = BrandForm(request.POST or None)
    if request.method == "POST":
        brand = kept(
            form, lambda: add_brand(request.programme, by=request.actor, **form.cleaned_data)
        )
        if brand:
            toast(request, _("%(brand)s added.") % {"brand": brand})
            return redirect("agency:brand", brand.pk)
    return render(request, "agency/brands/brand_form.html", {"form": form})


@workspace
def change(request: StaffRequest, brand_id: int) -> HttpResponse:
    brand = get_object_or_404(Brand.objects.for_actor(request.user), pk=brand_id)
    form = BrandForm(request.POST or None, brand=brand)
    if request.method == "POST":
        changed = kept(form, lambda: change_brand(brand, by=request.actor, **form.cleaned_data))
        if changed is not None:
            toast(request, _("%(brand)s changed.") % {"brand": brand})
            return redirect("agency:brand", brand.pk)
    context = {"form": form, "brand": brand, "name": brand.name}
    return render(request, "agency/brands/brand_form.html", context)


@workspace
def contact(request: StaffRequest, brand_id: int) -> HttpResponse:
    """Add a contact; refused, the brand's page comes back with what was typed."""
    brand = get_object_or_404(with_briefs(Brand.objects.for_actor(request.user)), pk=brand_id)
    if request.method != "POST":
        return redirect("agency:brand", brand.pk)
    form = ContactForm(request.POST)
    added = kept(form, lambda: add_contact(brand, by=request.actor, **form.cleaned_data))
    if added is None:
        return _shown(request, brand, form)
    toast(request, _("%(name)s added to %(brand)s.") % {"name": added.name, "brand": brand})
    return redirect("agency:brand", brand.pk)
