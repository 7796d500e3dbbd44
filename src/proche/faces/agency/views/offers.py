"""Who was asked for a brief, and what each answered."""

from typing import Any

from django.core.paginator import Paginator
from django.db.models import Count, Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from proche.areas.accounts.rules import may_decide
from proche.areas.brands.models import Brief
from proche.areas.campaigns import actions
from proche.areas.campaigns.models import Offer
from proche.areas.campaigns.queries import with_brief
from proche.common import ui
from proche.common.exports import csv_response
from proche.faces.agency.access import StaffRequest, decides, workspace
from proche.faces.agency.exporting import noting
from proche.faces.agency.wave_panel import panel_of

PER_PAGE = 50
State = Offer.State
IN_LINE = Q(state__in=[State.SENT, State.EXPIRED], wanted_at__isnull=False)
TABS = {
    "all": (_("All of them"), ~Q(state=State.DRAFT)),
    "sent": (_("Waiting"), Q(state=State.SENT, wanted_at=None)),
    "accepted": (_("Yes"), Q(state=State.ACCEPTED)),
    "in_line": (_("Yes, in line"), IN_LINE),
    "declined": (_("No"), Q(state=State.DECLINED)),
    "closed": (
        _("No answer, withdrawn"),
        Q(state=State.WITHDRAWN) | Q(state=State.EXPIRED, wanted_at=None),
    ),
}


def _of(request: StaffRequest, brief: Brief) -> QuerySet[Offer]:
    offers = Offer.objects.for_actor(request.user).filter(campaign__brief=brief)
    return (
        with_brief(offers)
        .select_related("exchange__parcel", "sent_by", "reminded_by", "wave")
        .order_by("wanted_at", "-answered_at", "person__family_name", "pk")
    )


@workspace
def index(request: StaffRequest, brief_id: int) -> HttpResponse:
    brief = _brief(request, brief_id)
    tab, rows = _asked(request, brief)
    counted = {name: Count("pk", filter=rule) for name, (_label, rule) in TABS.items()}
    counts = Offer.objects.filter(campaign__brief=brief).aggregate(**counted)
    page = {
        "brief": brief,
        "tab": tab,
        "tabs": [(name, label, counts[name]) for name, (label, _rule) in TABS.items()],
        "page": Paginator(rows, PER_PAGE).get_page(request.GET.get("page")),
        "accepted": counts["accepted"],
        "panel": panel_of(brief),
        "may_decide": may_decide(request.actor, request.programme),
    }
    return render(request, "agency/offers/index.html", page)


def _brief(request: StaffRequest, brief_id: int) -> Brief:
    briefs = Brief.objects.for_actor(request.user).select_related("brand__programme")
    brief: Brief = get_object_or_404(briefs, pk=brief_id)
    return brief


def _asked(request: StaffRequest, brief: Brief) -> tuple[str, QuerySet[Offer]]:
    tab = request.GET.get("state", "")
    tab = tab if tab in TABS else "all"
    return tab, _of(request, brief).filter(TABS[tab][1])


@workspace
def export(request: StaffRequest, brief_id: int) -> HttpResponse:
    """The offers the page shows, as a table."""
    _tab, rows = _asked(request, _brief(request, brief_id))
    columns = [
        gettext("Member"),
        gettext("State"),
        gettext("Wave"),
        gettext("Sent on"),
        gettext("Sent by"),
        gettext("Reminded on"),
        gettext("Answer by"),
        gettext("Answered on"),
        gettext("Reason of the no"),
        gettext("In private"),
    ]
    told = noting(request, rows, lambda offer: offer.person_id)
    return csv_response("propositions", columns, (_cells(offer) for offer in told))


def _cells(offer: Offer) -> list[Any]:
    exchange = getattr(offer, "exchange", None)
    return [
        str(offer.person),
        offer.get_state_display(),
        offer.wave.number if offer.wave else None,
        timezone.localdate(offer.sent_at) if offer.sent_at else None,
        str(offer.sent_by) if offer.sent_by else None,
        timezone.localdate(offer.reminded_at) if offer.reminded_at else None,
        offer.respond_by,
        timezone.localdate(offer.answered_at) if offer.answered_at else None,
        offer.decline_reason,
        exchange.feedback if exchange else None,
    ]


def _one(request: StaffRequest, key: str) -> Offer:
    return get_object_or_404(with_brief(Offer.objects.for_actor(request.user)), key=key)


def _back(offer: Offer) -> HttpResponse:
    return redirect("agency:offers", brief_id=offer.campaign.brief_id)


@require_POST
@workspace
def remind(request: StaffRequest, key: str) -> HttpResponse:
    offer = _one(request, key)
    actions.remind_offer(offer, by=request.actor)
    ui.toast(request, _("Reminded, once. There will be no second reminder."))
    return _back(offer)


@require_POST
@workspace
def withdraw(request: StaffRequest, key: str) -> HttpResponse:
    decides(request)
    offer = _one(request, key)
    actions.withdraw_offer(offer, by=request.actor)
    ui.toast(
        request,
        _("The offer is withdrawn; its page says so, and nobody is written to."),
        undo=reverse("agency:offer_waits_again", args=[key]),
    )
    return _back(offer)


@require_POST
@workspace
def wait_again(request: StaffRequest, key: str) -> HttpResponse:
    decides(request)
    offer = _one(request, key)
    actions.take_back_withdrawal(offer, by=request.actor)
    return _back(offer)
