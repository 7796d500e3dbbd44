"""Around a call: its poster, the link of its partner, and the road of accounts."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from proche.areas.recruitment.actions import (
    accept_duties,
    give_duties_up,
    open_nomination,
    renew_partner_link,
    revoke_partner_link,
)
from proche.areas.recruitment.actions.calls import LINK_DAYS
from proche.areas.recruitment.models import HandleDuties
from proche.areas.recruitment.queries import to_invite
from proche.common import ui
from proche.faces.agency.access import StaffRequest, decides, manages, workspace
from proche.faces.agency.forms.calls import DutiesForm
from proche.faces.agency.poster import poster
from proche.faces.agency.views.calls import call_of


@workspace
def poster_pdf(request: StaffRequest, slug: str, language: str) -> HttpResponse:
    """The poster with its code; a server that cannot draw it says so in a sentence."""
    call = call_of(request, slug)
    if language not in {"fr", "en"}:
        raise Http404
    page = request.build_absolute_uri(reverse("public:call", args=[slug]))
    with translation.override(language):
        pdf = poster(call, page)
    response = HttpResponse(pdf, content_type="application/pdf")
    response.headers["Content-Disposition"] = f'inline; filename="{slug}-{language}.pdf"'
    return response


@workspace
def partner_link(request: StaffRequest, slug: str) -> HttpResponse:
    """A new link, shown this once: only its trace is kept."""
    decides(request)
    call = call_of(request, slug)
    back = reverse("agency:call", args=[slug])
    if request.method != "POST":
        question = _("Make a link for %(partner)s?") % {"partner": call.partner_name}
        lines = [
            _("It shows counts by day and by region, never a name, for %(n)d days.")
            % {"n": LINK_DAYS},
            _("An earlier link stops working."),
        ]
        context = {"question": question, "lines": lines, "verb": _("Make the link")}
        return render(request, "confirm.html", {**context, "back_url": back})
    token = renew_partner_link(call, by=request.actor)
    link = request.build_absolute_uri(reverse("partner:counts", args=[token]))
    response = render(request, "agency/calls/partner_link.html", {"call": call, "link": link})
    response.headers["Cache-Control"] = "no-store"
    return response


@require_POST
@workspace
def close_partner_link(request: StaffRequest, slug: str) -> HttpResponse:
    decides(request)
    revoke_partner_link(call_of(request, slug))
    ui.toast(request, _("The link of the partner is closed."))
    return redirect("agency:call", slug=slug)


@workspace
def accounts(request: StaffRequest, slug: str) -> HttpResponse:
    """Accounts that readers named, to be invited by somebody of the team, one by one."""
    decides(request)
    call = call_of(request, slug)
    rows = [
        (row, request.build_absolute_uri(reverse("public:nomination", args=[row.key])))
        for row in to_invite(call)
    ]
    return render(request, "agency/calls/accounts.html", {"call": call, "rows": rows})


@require_POST
@workspace
def account_invited(request: StaffRequest, slug: str, key: str) -> HttpResponse:
    decides(request)
    call = call_of(request, slug)
    open_nomination(get_object_or_404(call.nominations, key=key, trace__isnull=False))
    ui.toast(request, _("Noted: this person was invited."))
    return redirect("agency:call_accounts", slug=slug)


@workspace
def duties(request: StaffRequest) -> HttpResponse:
    """Only an owner takes the duties of keeping accounts on, or gives them up."""
    manages(request)
    held = HandleDuties.objects.select_related("accepted_by").filter(programme=request.programme)
    form = DutiesForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        accept_duties(request.programme, by=request.actor, kept_days=form.cleaned_data["kept_days"])
        ui.toast(request, _("Calls of this programme may now let readers name an account."))
        return redirect("agency:calls")
    return render(request, "agency/calls/duties.html", {"form": form, "held": held.first()})


@require_POST
@workspace
def duties_given_up(request: StaffRequest) -> HttpResponse:
    manages(request)
    give_duties_up(request.programme)
    ui.toast(request, _("No call asks for an account any more."))
    return redirect("agency:calls")
