"""Showing a roster to the brand, answering its question, closing its link."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from proche.areas.matching.actions import (
    invite_review,
    reopen_review,
    reply_to_review,
    revoke_review,
)
from proche.areas.matching.models import BrandReview
from proche.common.ui import toast
from proche.faces.agency.access import StaffRequest, decides, workspace
from proche.faces.agency.forms.kept import kept
from proche.faces.agency.forms.reviews import ReplyForm
from proche.faces.agency.forms.roster import ShowForm
from proche.faces.agency.views.roster import roster_of


@workspace
def show(request: StaffRequest, brief_id: int) -> HttpResponse:
    """Send a contact of the brand a link to the roster, after saying what it shows."""
    brief, roster = roster_of(request, brief_id)
    decides(request)
    form = ShowForm(request.POST or None, brand=brief.brand)
    if request.method == "POST" and form.is_valid():
        contact = form.cleaned_data["contact"]
        invite_review(roster, contact, by=request.actor)
        toast(request, _("The link was sent to %(name)s.") % {"name": contact.name})
        return redirect("agency:brief", brief.pk)
    context = {"brief": brief, "brand": brief.brand, "roster": roster, "form": form}
    return render(request, "agency/brands/show_brand.html", context)


def _review(request: StaffRequest, brief_id: int, review_id: int) -> BrandReview:
    _brief, roster = roster_of(request, brief_id)
    decides(request)
    rows = BrandReview.objects.select_related("contact").prefetch_related("words__by")
    return get_object_or_404(rows, roster=roster, pk=review_id)


@workspace
@require_POST
def revoke(request: StaffRequest, brief_id: int, review_id: int) -> HttpResponse:
    review = _review(request, brief_id, review_id)
    revoke_review(review, by=request.actor)
    said = _("The link of %(name)s no longer opens.") % {"name": review.contact.name}
    toast(request, said, undo=reverse("agency:reopen", args=[brief_id, review_id]))
    return redirect("agency:brief", brief_id)


@workspace
@require_POST
def reopen(request: StaffRequest, brief_id: int, review_id: int) -> HttpResponse:
    reopen_review(_review(request, brief_id, review_id), by=request.actor)
    return redirect("agency:brief", brief_id)


@workspace
def reply(request: StaffRequest, brief_id: int, review_id: int) -> HttpResponse:
    """Read what the brand asked, and answer it by email."""
    review = _review(request, brief_id, review_id)
    if review.state != BrandReview.State.QUESTIONED:
        return redirect("agency:brief", brief_id)
    form = ReplyForm(request.POST or None)
    if request.method == "POST":
        sent = kept(
            form, lambda: reply_to_review(review, form.cleaned_data["text"], by=request.actor)
        )
        if sent is not None:
            toast(request, _("Answer sent to %(name)s.") % {"name": review.contact.name})
            return redirect("agency:brief", brief_id)
    brief, _roster = roster_of(request, brief_id)
    context = {"brief": brief, "review": review, "form": form}
    return render(request, "agency/brands/reply.html", context)
