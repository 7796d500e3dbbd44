"""Parcels: what is to prepare, on its way, or went wrong."""

from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy
from django.views.decorators.http import require_POST

from proche.areas.campaigns import actions
from proche.areas.campaigns.models import Parcel
from proche.areas.campaigns.queries import parcels_with_people
from proche.common import ui
from proche.common.errors import Refusal
from proche.faces.agency.access import StaffRequest, workspace
from proche.faces.agency.exporting import noting

PER_PAGE = 50
State = Parcel.State
# The tabs of the page: the states each one shows.
TABS = {
    "to_prepare": (_("To prepare"), [State.TO_PREPARE]),
    "shipped": (_("On their way"), [State.SHIPPED]),
    "problems": (_("Broken, lost, returned"), [State.BROKEN, State.LOST, State.RETURNED]),
    "received": (pgettext_lazy("tab of parcels", "Received"), [State.RECEIVED]),
}


def _own(request: StaffRequest) -> QuerySet[Parcel]:
    return parcels_with_people(Parcel.objects.for_actor(request.user))


def _chosen(request: StaffRequest) -> list[Parcel]:
    """The parcels ticked, by the keys of their offers; unknown keys are simply not found."""
    keys = request.POST.getlist("parcel") or request.GET.getlist("parcel")
    return list(_own(request).filter(exchange__offer__key__in=keys))


@workspace
def index(request: StaffRequest) -> HttpResponse:
    tab = request.GET.get("state", "")
    tab = tab if tab in TABS else "to_prepare"
    words = request.GET.get("q", "").strip()
    rows = _found(_own(request).filter(state__in=TABS[tab][1]), words)
    counts = _counts(request)
    page = {
        "tab": tab,
        "tabs": [(name, label, counts[name]) for name, (label, _states) in TABS.items()],
        "words": words,
        "page": Paginator(rows, PER_PAGE).get_page(request.GET.get("page")),
        "to_prepare": counts["to_prepare"],
        "problems": counts["problems"],
    }
    return render(request, "agency/parcels/index.html", page)


def _found(rows: QuerySet[Parcel], words: str) -> QuerySet[Parcel]:
    for word in words.split():
        rows = rows.filter(
            Q(exchange__offer__person__given_name__icontains=word)
            | Q(exchange__offer__person__family_name__icontains=word)
            | Q(exchange__offer__campaign__brief__title_fr__icontains=word)
            | Q(exchange__offer__campaign__brief__title_en__icontains=word)
            | Q(exchange__offer__campaign__brief__brand__name__icontains=word)
            | Q(tracking__icontains=word)
        )
    return rows


def _counts(request: StaffRequest) -> dict[str, int]:
    in_tab = {name: Count("pk", filter=Q(state__in=states)) for name, (_l, states) in TABS.items()}
    return Parcel.objects.for_actor(request.user).order_by().aggregate(**in_tab)


@require_POST
@workspace
def ship(request: StaffRequest) -> HttpResponse:
    """Mark the ticked parcels shipped, each with its tracking number if one was typed."""
    shipped, refused = [], []
    for parcel in _chosen(request):
        key = parcel.exchange.offer.key
        try:
            actions.ship(
                parcel, tracking=request.POST.get(f"tracking-{key}", "")[:60], by=request.actor
            )
            shipped.append(key)
        except Refusal as refusal:
            refused.append(f"{parcel.exchange.offer.person}: {refusal.sentence}")
    if shipped:
        said = ngettext(
            "%(n)s parcel marked shipped.", "%(n)s parcels marked shipped.", len(shipped)
        )
        back = reverse("agency:parcels_not_shipped") + "?" + urlencode({"parcel": shipped}, True)
        ui.toast(request, said % {"n": len(shipped)}, undo=back)
    _warn(request, refused, nothing=not shipped and not refused)
    return redirect("agency:parcels")


def _warn(request: StaffRequest, refused: list[str], *, nothing: bool) -> None:
    for sentence in refused:
        messages.error(request, sentence)
    if nothing:
        messages.error(request, str(_("Choose at least one parcel.")))


@require_POST
@workspace
def not_shipped(request: StaffRequest) -> HttpResponse:
    for parcel in _chosen(request):
        actions.take_back_shipping(parcel, by=request.actor)
    ui.toast(request, _("Back to prepare; nobody was written to."))
    return redirect("agency:parcels")


@require_POST
@workspace
def lost(request: StaffRequest, key: str) -> HttpResponse:
    actions.mark_lost(_one(request, key), by=request.actor)
    ui.toast(request, _("Marked lost. You can send another one."))
    return redirect(reverse("agency:parcels") + "?state=problems")


@require_POST
@workspace
def returned(request: StaffRequest, key: str) -> HttpResponse:
    actions.mark_returned(_one(request, key), by=request.actor)
    ui.toast(request, _("Noted: it came back."))
    return redirect(reverse("agency:parcels") + "?state=problems")


@require_POST
@workspace
def replace(request: StaffRequest, key: str) -> HttpResponse:
    actions.replace_parcel(_one(request, key), by=request.actor)
    ui.toast(request, _("Another one is to prepare, and the member is told."))
    return redirect("agency:parcels")


def _one(request: StaffRequest, key: str) -> Parcel:
    return get_object_or_404(_own(request), exchange__offer__key=key)


@workspace
def labels(request: StaffRequest) -> HttpResponse:
    """To print: one label a parcel; without boxes ticked, all those to prepare."""
    ready = _own(request).filter(state=State.TO_PREPARE).exclude(street="")
    keys = request.GET.getlist("parcel")
    rows = ready.filter(exchange__offer__key__in=keys) if keys else ready
    parcels = list(noting(request, rows, lambda parcel: parcel.exchange.offer.person_id))
    return render(request, "agency/parcels/labels.html", {"parcels": parcels})
