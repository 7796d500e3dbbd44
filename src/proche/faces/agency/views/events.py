"""Events: where, when, who is expected, who came."""

from typing import Any

from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from proche.areas.brands.models import Brief
from proche.areas.campaigns.models import Campaign
from proche.areas.events import actions, rules
from proche.areas.events.models import Event, Invitation
from proche.areas.events.queries import guests_of, with_counts
from proche.common import ui
from proche.common.exports import csv_response
from proche.faces.agency.access import StaffRequest, decides, workspace
from proche.faces.agency.exporting import noting
from proche.faces.agency.forms.events import EventForm, as_typed
from proche.faces.agency.forms.kept import kept

PER_PAGE = 50
State = Invitation.State
# The tabs of an event: the states each one shows.
TABS = {
    "expected": (gettext_lazy("Expected"), rules.EXPECTED),
    "in": (gettext_lazy("Came in"), {State.CHECKED_IN}),
    "line": (gettext_lazy("In line"), {State.WAITLISTED}),
    "absent": (gettext_lazy("Did not come"), {State.NO_SHOW}),
    "out": (gettext_lazy("Gave up their place"), {State.CANCELLED, State.DECLINED}),
}


def own(request: StaffRequest, event_id: int) -> Any:
    event: Event = get_object_or_404(
        with_counts(Event.objects.for_actor(request.user)), pk=event_id
    )
    return event


@workspace
def index(request: StaffRequest) -> HttpResponse:
    words, past = request.GET.get("q", "").strip(), request.GET.get("when") == "past"
    now = timezone.now()
    events = with_counts(Event.objects.for_actor(request.user))
    events = events.filter(ends_at__lt=now) if past else events.filter(ends_at__gte=now)
    found = _named(events, words).order_by("-starts_at" if past else "starts_at", "pk")
    context = {
        "page": Paginator(found, PER_PAGE).get_page(request.GET.get("page")),
        "words": words,
        "past": past,
        "without": _without_event(request),
    }
    return render(request, "agency/events/index.html", context)


def _named(events: QuerySet[Event], words: str) -> QuerySet[Event]:
    if not words:
        return events
    return events.filter(
        Q(title_fr__icontains=words)
        | Q(title_en__icontains=words)
        | Q(place__icontains=words)
        | Q(campaign__brief__brand__name__icontains=words)
    )


def _without_event(request: StaffRequest) -> QuerySet[Campaign]:
    """Campaigns about an event that has neither place nor time yet."""
    campaigns = Campaign.objects.for_actor(request.user).filter(
        brief__format=Brief.Format.EVENT, event=None, closed_at=None
    )
    return campaigns.select_related("brief__brand")


@workspace
def plan(request: StaffRequest, campaign_id: int) -> HttpResponse:
    decides(request)
    campaign = get_object_or_404(_without_event(request), pk=campaign_id)
    brief = campaign.brief
    known = {"title_fr": brief.title_fr, "title_en": brief.title_en, "seats": brief.quantity}
    form = EventForm(request.POST or None, initial=known)
    if request.method == "POST":
        event = kept(form, lambda: actions.plan_event(campaign, form.facts(), by=request.actor))
        if event:
            ui.toast(request, _("The event has its place and time."))
            return redirect("agency:event", event.pk)
    return render(request, "agency/events/form.html", {"form": form, "brief": brief})


@workspace
def change(request: StaffRequest, event_id: int) -> HttpResponse:
    decides(request)
    event = own(request, event_id)
    form = EventForm(request.POST or None, initial=as_typed(event))
    if request.method == "POST":
        facts_kept = kept(form, lambda: _changed(event, form, request))
        if facts_kept:
            ui.toast(request, _("The event was changed."))
            return redirect("agency:event", event.pk)
    context = {"form": form, "event": event, "brief": event.campaign.brief}
    return render(request, "agency/events/form.html", context)


def _changed(event: Event, form: EventForm, request: StaffRequest) -> bool:
    actions.change_event(event, form.facts(), by=request.actor)
    return True


@workspace
def show(request: StaffRequest, event_id: int) -> HttpResponse:
    event = own(request, event_id)
    counts = _counts(event)
    tab = request.GET.get("state", "")
    tab = tab if tab in TABS else "in" if rules.is_over(event) else "expected"
    words = request.GET.get("q", "").strip()
    guests = _guests(event, tab, words)
    context = {
        "event": event,
        "tab": tab,
        "tabs": [(name, label, counts[name]) for name, (label, _states) in TABS.items()],
        "words": words,
        "page": Paginator(guests, PER_PAGE).get_page(request.GET.get("page")),
        "is_over": rules.is_over(event),
        "left": max(0, event.seats - event.seated),
        "limits": _limits(event),
    }
    return render(request, "agency/events/event.html", context)


def _counts(event: Event) -> dict[str, int]:
    states = list(event.invitations.values_list("state", flat=True))
    return {name: sum(state in shown for state in states) for name, (_l, shown) in TABS.items()}


def _guests(event: Event, tab: str, words: str) -> QuerySet[Invitation]:
    guests = guests_of(event).filter(state__in=TABS[tab][1])
    for word in words.split():
        guests = guests.filter(
            Q(person__given_name__icontains=word) | Q(person__family_name__icontains=word)
        )
    # Who waits is listed in the order in which places will be offered.
    return guests.order_by("changed_at", "pk") if tab == "line" else guests


def _limits(event: Event) -> QuerySet[Invitation]:
    """Allergies and diets of those expected: whoever prepares the food must know."""
    expected = guests_of(event).filter(state__in=rules.EXPECTED)
    return expected.exclude(person__limits="")[:PER_PAGE]


@workspace
def export(request: StaffRequest, event_id: int) -> HttpResponse:
    event = own(request, event_id)
    columns = [_("Given name"), _("Family name"), _("State"), _("Since"), _("Came in at")]
    guests = noting(request, guests_of(event), lambda guest: guest.person_id)
    rows = (_cells(guest) for guest in guests)
    return csv_response(f"invites-{event.pk}", columns, rows)


def _cells(guest: Invitation) -> list[Any]:
    person, entered = guest.person, getattr(guest, "check_in", None)
    return [
        person.given_name,
        person.family_name,
        guest.get_state_display(),
        _moment(guest.changed_at),
        _moment(entered.at) if entered else None,
    ]


def _moment(at: Any) -> str:
    return date_format(timezone.localtime(at), "SHORT_DATETIME_FORMAT")


@workspace
def no_shows(request: StaffRequest, event_id: int) -> HttpResponse:
    """Asked first: everybody expected who is not in is marked absent."""
    event = own(request, event_id)
    if request.method == "POST":
        n = actions.mark_no_shows(event, by=request.actor)
        said = ngettext("%(n)d person marked absent.", "%(n)d people marked absent.", n)
        ui.toast(request, said % {"n": n})
        return redirect(f"{reverse('agency:event', args=[event.pk])}?state=absent")
    question = ngettext(
        "Mark %(n)d person as absent?", "Mark %(n)d people as absent?", event.expected
    )
    context = {
        "question": question % {"n": event.expected},
        "lines": [
            _("They were expected and nobody let them in."),
            _("Somebody who was there after all can still be let in, one by one."),
        ],
        "verb": _("Mark as absent"),
        "back_url": reverse("agency:event", args=[event.pk]),
    }
    return render(request, "confirm.html", context)
