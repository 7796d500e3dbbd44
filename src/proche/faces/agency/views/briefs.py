"""Writing a brief, French and English side by side."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from proche.areas.brands.actions import change_brief, write_brief
from proche.areas.brands.models import Brand, Brief
from proche.areas.campaigns.models import Campaign
from proche.common.errors import Refusal
from proche.common.ui import toast
from proche.faces.agency.access import StaffRequest, workspace
from proche.faces.agency.forms.briefs import BriefForm
from proche.faces.agency.forms.kept import kept


@workspace
def write(request: StaffRequest, brand_id: int) -> HttpResponse:
    brand = get_object_or_404(Brand.objects.for_actor(request.user), pk=brand_id)
    form = BriefForm(request.POST or None)
    if request.method == "POST":
        brief = kept(form, lambda: write_brief(brand, by=request.actor, **form.facts()))
        if brief:
            toast(request, _("Brief kept. The bank can be ranked for it."))
            return redirect("agency:brief", brief.pk)
    return render(request, "agency/brands/brief_form.html", {"form": form, "brand": brand})


@workspace
def change(request: StaffRequest, brief_id: int) -> HttpResponse:
    briefs = Brief.objects.for_actor(request.user).select_related("brand")
    brief = get_object_or_404(briefs, pk=brief_id)
    form = BriefForm(request.POST or None, brief=brief)
    if Campaign.objects.filter(brief=brief, offers__isnull=False).exists():
        raise Refusal(
            _("Members were already asked with these words. Write a new brief instead."),
            code="already_asked",
        )
    if request.method == "POST":
        changed = kept(form, lambda: change_brief(brief, by=request.actor, **form.facts()))
        if changed is not None:
            toast(request, _("Brief changed. Rank again if who it is for has changed."))
            return redirect("agency:brief", brief.pk)
    context = {"form": form, "brand": brief.brand, "brief": brief}
    return render(request, "agency/brands/brief_form.html", context)
