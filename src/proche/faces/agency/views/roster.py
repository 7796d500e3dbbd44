"""Seats given by hand, showing the roster to the brand, asking the people chosen."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from proche.areas.brands.models import Brief
from proche.areas.campaigns.actions import open_campaign, send_offers
from proche.areas.campaigns.rules import refusals_for
from proche.areas.matching.actions import (
    add_to_roster,
    invite_review,
    leave_out,
    lock_place,
    remove_from_roster,
    revoke_review,
)
from proche.areas.matching.models import BrandReview, Roster
from proche.areas.people.models import Person
from proche.common.ui import toast
from proche.faces.agency.access import StaffRequest, decides, workspace
from proche.faces.agency.forms.roster import ShowForm
from proche.faces.agency.views.shortlist import shortlist_of

DONE = {
    "choose": gettext_lazy("%(name)s is chosen. The reach was counted again."),
    "remove": gettext_lazy("%(name)s is no longer chosen. The reach was counted again."),
    "lock": gettext_lazy("%(name)s keeps their seat when the roster is composed again."),
    "unlock": gettext_lazy("The seat of %(name)s is free again."),
    "leave": gettext_lazy("%(name)s is left out of this roster, also when it is composed again."),
    "let_in": gettext_lazy("%(name)s may be chosen again."),
}

UNDONE_BY = {
    "choose": "remove",
    "remove": "choose",
    "lock": "unlock",
    "unlock": "lock",
    "leave": "choose",
    "let_in": "leave",
}


def roster_of(request: StaffRequest, brief_id: int) -> tuple[Brief, Roster]:
    brief, shortlist = shortlist_of(request, brief_id)
    roster: Roster | None = getattr(shortlist, "roster", None)
    if roster is None:
        raise Http404
    return brief, roster


@workspace
@require_POST
def place(request: StaffRequest, brief_id: int, key: str) -> HttpResponse:
    """Choose a person by hand, let them go, lock their seat, or leave them out for good."""
    brief, roster = roster_of(request, brief_id)
    person = get_object_or_404(Person.objects.for_actor(request.user), key=key)
    # An undo is a POST to an address: it carries the act there.
    act = request.POST.get("act") or request.GET.get("act", "")
    if act == "choose":
        add_to_roster(roster, person, by=request.actor)
    elif act == "remove":
        remove_from_roster(roster, person, by=request.actor)
    elif act in {"lock", "unlock"}:
        lock_place(roster, person, locked=act == "lock", by=request.actor)
    elif act in {"leave", "let_in"}:
        leave_out(roster, person, out=act == "leave", by=request.actor)
    if act in DONE:
        undo = f"{reverse('agency:place', args=[brief.pk, key])}?act={UNDONE_BY[act]}"
        toast(request, str(DONE[act]) % {"name": person.given_name}, undo=undo)
    return redirect("agency:brief", brief.pk)


@workspace
def show_brand(request: StaffRequest, brief_id: int) -> HttpResponse:
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


@workspace
@require_POST
def revoke(request: StaffRequest, brief_id: int, review_id: int) -> HttpResponse:
    brief, roster = roster_of(request, brief_id)
    decides(request)
    review = get_object_or_404(BrandReview, roster=roster, pk=review_id)
    revoke_review(review, by=request.actor)
    toast(request, _("The link of %(name)s no longer opens.") % {"name": review.contact.name})
    return redirect("agency:brief", brief.pk)


@workspace
def ask(request: StaffRequest, brief_id: int) -> HttpResponse:
    """Send the offers, after saying to how many, to whom, and who cannot be asked and why."""
    brief, roster = roster_of(request, brief_id)
    decides(request)
    places = roster.places.select_related("person").order_by("position")
    people = [place.person for place in places]
    if request.method == "POST":
        done = send_offers(open_campaign(brief, by=request.actor), people, by=request.actor)
        n = len(done.sent)
        toast(request, ngettext("%(n)s offer sent.", "%(n)s offers sent.", n) % {"n": n})
        return redirect("agency:brief", brief.pk)
    why_not = refusals_for(brief, people)
    context = {
        "brief": brief,
        "asked": [person for person in people if person.pk not in why_not],
        "left_out": [(p, why_not[p.pk]) for p in people if p.pk in why_not],
        "reviews": roster.reviews.select_related("contact").order_by("-created_at"),
        "roster": roster,
    }
    return render(request, "agency/brands/ask.html", context)
