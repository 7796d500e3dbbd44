"""Writing a brief, French and English side by side."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from proche.areas.brands.actions import put_draft_back, remove_draft, save_draft, write_brief
from proche.areas.brands.models import Brand, Brief, BriefDraft
from proche.areas.campaigns.actions import change_sent_brief
from proche.areas.campaigns.rules import was_sent
from proche.common.ui import toast
from proche.faces.agency.access import StaffRequest, workspace
from proche.faces.agency.forms.briefs import (
    BriefForm,
    copied_from,
    of_brand,
    of_brief,
    of_draft,
    typed_in,
)
from proche.faces.agency.forms.kept import kept

COPIES_OFFERED = 30


@workspace
def write(request: StaffRequest, brand_id: int) -> HttpResponse:
    """A new brief: blank, from an earlier one (`?copier=`) or from a draft (`?brouillon=`)."""
    brand = get_object_or_404(Brand.objects.for_actor(request.user), pk=brand_id)
    draft = _draft(request, brand)
    if request.method == "POST" and "draft" in request.POST:
        return _put_aside(request, brand, draft)
    source = _copied(request)
    form = BriefForm(request.POST or None, initial=_start(brand, draft, source))
    if request.method == "POST":
        brief = kept(
            form, lambda: write_brief(brand, by=request.actor, draft=draft, **form.facts())
        )
        if brief:
            toast(request, _("Brief kept. The bank can be ranked for it."))
            return redirect("agency:brief", brief.pk)
    return _page(request, form, brand=brand, draft=draft, source=source)


def _draft(request: StaffRequest, brand: Brand) -> BriefDraft | None:
    """The draft named, on its page or in the form it came from."""
    named = request.POST.get("brouillon") or request.GET.get("brouillon", "")
    if not named.isascii() or not named.isdigit():
        return None
    found: BriefDraft | None = brand.drafts.current().filter(pk=int(named)).first()
    return found


def _copied(request: StaffRequest) -> Brief | None:
    named = request.GET.get("copier", "")
    if not named.isascii() or not named.isdigit():
        return None
    briefs = Brief.objects.for_actor(request.user).select_related("brand")
    found: Brief | None = briefs.filter(pk=int(named)).first()
    return found


def _start(brand: Brand, draft: BriefDraft | None, source: Brief | None) -> dict[str, Any]:
    if draft is not None:
        return of_draft(draft)
    return copied_from(source) if source is not None else of_brand(brand)


def _page(request: StaffRequest, form: BriefForm, **context: Any) -> HttpResponse:
    earlier = Brief.objects.for_actor(request.user).select_related("brand")
    context |= {"form": form, "earlier": earlier.order_by("-pk")[:COPIES_OFFERED]}
    return render(request, "agency/brands/brief_form.html", context)


def _put_aside(request: StaffRequest, brand: Brand, draft: BriefDraft | None) -> HttpResponse:
    saved = save_draft(brand, typed_in(request.POST), by=request.actor, draft=draft)
    toast(request, _("Draft saved, as you typed it. Nobody is asked anything from a draft."))
    address = reverse("agency:brief_write", args=[brand.pk])
    return redirect(f"{address}?brouillon={saved.pk}")


@workspace
@require_POST
def drop_draft(request: StaffRequest, brand_id: int, draft_id: int) -> HttpResponse:
    draft = get_object_or_404(
        BriefDraft.objects.for_actor(request.user), pk=draft_id, brand=brand_id
    )
    if "back" in request.GET:
        put_draft_back(draft, by=request.actor)
        toast(request, _("The draft is back."))
    else:
        remove_draft(draft, by=request.actor)
        toast(request, _("Draft removed."), undo=f"{request.path}?back")
    return redirect("agency:brand", brand_id)


@workspace
def change(request: StaffRequest, brief_id: int) -> HttpResponse:
    """Everything until a first offer is sent; then what no member read."""
    briefs = Brief.objects.for_actor(request.user).select_related("brand__programme")
    brief = get_object_or_404(briefs, pk=brief_id)
    sent = was_sent(brief)
    form = BriefForm(request.POST or None, initial=of_brief(brief), sent=sent)
    if request.method == "POST":
        changed = kept(form, lambda: change_sent_brief(brief, by=request.actor, **form.facts()))
        if changed is not None:
            toast(request, _("Brief changed. Rank again if who it is for has changed."))
            return redirect("agency:brief", brief.pk)
    context = {"form": form, "brand": brief.brand, "brief": brief, "sent": sent}
    return render(request, "agency/brands/brief_form.html", context)
