"""Who speaks for a brand."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from proche.areas.brands.actions import (
    add_contact,
    change_contact,
    put_contact_back,
    remove_contact,
)
from proche.areas.brands.models import Brand, Contact
from proche.common.ui import toast
from proche.faces.agency.access import StaffRequest, workspace
from proche.faces.agency.forms.brands import ContactForm
from proche.faces.agency.forms.kept import kept
from proche.faces.agency.views.brands import brand_of, brand_page


@workspace
def add(request: StaffRequest, brand_id: int) -> HttpResponse:
    """Add a contact; refused, the brand's page comes back with what was typed."""
    brand = brand_of(request, brand_id)
    if request.method != "POST":
        return redirect("agency:brand", brand.pk)
    form = ContactForm(request.POST)
    added = kept(form, lambda: add_contact(brand, by=request.actor, **form.cleaned_data))
    if added is None:
        return brand_page(request, brand, form=form)
    toast(request, _("%(name)s added to %(brand)s.") % {"name": added.name, "brand": brand})
    return redirect("agency:brand", brand.pk)


@workspace
def change(request: StaffRequest, brand_id: int, contact_id: int) -> HttpResponse:
    contact = _contact(request, brand_id, contact_id)
    form = ContactForm.about(contact, request.POST or None)
    if request.method == "POST":
        changed = kept(form, lambda: change_contact(contact, by=request.actor, **form.cleaned_data))
        if changed is not None:
            toast(request, _("%(name)s changed.") % {"name": changed.name})
            return redirect("agency:brand", brand_id)
    context = {"form": form, "brand": contact.brand, "contact": contact}
    return render(request, "agency/brands/contact_form.html", context)


@workspace
@require_POST
def remove(request: StaffRequest, brand_id: int, contact_id: int) -> HttpResponse:
    contact = _contact(request, brand_id, contact_id)
    remove_contact(contact, by=request.actor)
    undo = reverse("agency:brand_contact_back", args=[brand_id, contact_id])
    said = _("%(name)s no longer speaks for %(brand)s. The links sent to them are closed.")
    toast(request, said % {"name": contact.name, "brand": contact.brand}, undo=undo)
    return redirect("agency:brand", brand_id)


@workspace
@require_POST
def put_back(request: StaffRequest, brand_id: int, contact_id: int) -> HttpResponse:
    contact = _contact(request, brand_id, contact_id)
    put_contact_back(contact, by=request.actor)
    said = _("%(name)s speaks for %(brand)s again.")
    toast(request, said % {"name": contact.name, "brand": contact.brand})
    return redirect("agency:brand", brand_id)


def _contact(request: StaffRequest, brand_id: int, contact_id: int) -> Contact:
    brands = Brand.objects.for_actor(request.user)
    rows = Contact.objects.select_related("brand").exclude(email="")
    found: Contact = get_object_or_404(rows, pk=contact_id, brand=brand_id, brand__in=brands)
    return found
