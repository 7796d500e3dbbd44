"""The door of an event, on a phone: who is expected, who is in, one big button a guest."""

from datetime import timedelta

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from proche.areas.events import actions
from proche.areas.events.models import Event, Invitation
from proche.areas.events.queries import guests_of, with_counts, with_event
from proche.areas.events.rules import ADMISSIBLE, EXPECTED
from proche.areas.people.actions import fold
from proche.common import ui
from proche.common.errors import Refusal
from proche.faces.agency.access import StaffRequest, at_the_door

# The door stays on the list a while after the end, for guests entered late on paper.
STILL_SHOWN = timedelta(hours=12)


def _events(request: StaffRequest) -> QuerySet[Event]:
    return with_counts(Event.objects.in_programme(request.programme))


@at_the_door
def index(request: StaffRequest) -> HttpResponse:
    """The events to come; door staff with a single one go straight to it."""
    since = timezone.now() - STILL_SHOWN
    coming = list(_events(request).filter(ends_at__gte=since).order_by("starts_at"))
    if len(coming) == 1:
        return redirect("agency:door", event_id=coming[0].pk)
    return render(request, "agency/door/index.html", {"events": coming})


@at_the_door
def show(request: StaffRequest, event_id: int) -> HttpResponse:
    event = get_object_or_404(_events(request), pk=event_id)
    words = request.GET.get("q", "").strip()
    listed = {*ADMISSIBLE, *EXPECTED, Invitation.State.CHECKED_IN}
    guests = [g for g in guests_of(event).filter(state__in=listed) if _named(g, words)]
    context = {
        "event": event,
        "guests": guests,
        "words": words,
        "awaited": event.entered + event.expected,  # type: ignore[attr-defined]
    }
    return render(request, "agency/door/show.html", context)


def _named(guest: Invitation, words: str) -> bool:
    name = fold(str(guest.person))
    return all(word in name for word in fold(words).split())


def _guest(request: StaffRequest, key: str) -> Invitation:
    guests = with_event(Invitation.objects.in_programme(request.programme))
    guest: Invitation = get_object_or_404(guests, key=key)
    return guest


@at_the_door
@require_POST
def let_in(request: StaffRequest, key: str) -> HttpResponse:
    """A second try says since when the guest is in; it is kept kind."""
    guest = _guest(request, key)
    try:
        actions.check_in(guest, by=request.actor)
    except Refusal as refusal:
        words = {"name": guest.person, "why": refusal.sentence}
        messages.error(request, _("%(name)s: %(why)s") % words)
    else:
        back = reverse("agency:door_take_back", args=[key])
        ui.toast(request, _("%(name)s is in.") % {"name": guest.person}, undo=back)
    return redirect("agency:door", event_id=guest.event_id)


@at_the_door
@require_POST
def take_back(request: StaffRequest, key: str) -> HttpResponse:
    guest = _guest(request, key)
    actions.take_back_check_in(guest, by=request.actor)
    ui.toast(request, _("%(name)s is expected again.") % {"name": guest.person})
    return redirect("agency:door", event_id=guest.event_id)
