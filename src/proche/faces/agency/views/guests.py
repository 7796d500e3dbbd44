"""One guest at a time: confirmed, let in, a place given up; each act can be undone."""

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from proche.areas.events import actions
from proche.areas.events.models import Invitation
from proche.areas.events.queries import with_event
from proche.common import ui
from proche.faces.agency.access import StaffRequest, workspace


def _act(
    request: StaffRequest, key: str, verb: Callable[..., Any], said: str, *, undo: str = ""
) -> HttpResponse:
    guests = with_event(Invitation.objects.for_actor(request.user))
    guest = get_object_or_404(guests, key=key)
    verb(guest, by=request.actor)
    back = reverse(f"agency:{undo}", args=[key]) if undo else None
    ui.toast(request, said % {"name": guest.person}, undo=back)
    return _back(request, guest)


def _back(request: StaffRequest, guest: Invitation) -> HttpResponseRedirect:
    """To the tab the click came from; a toast's undo comes from anywhere."""
    came_from = request.POST.get("back", "")
    if url_has_allowed_host_and_scheme(came_from, {request.get_host()}, request.is_secure()):
        return HttpResponseRedirect(came_from)
    return redirect("agency:event", guest.event_id)


@workspace
@require_POST
def confirm(request: StaffRequest, key: str) -> HttpResponse:
    said = _("%(name)s is confirmed.")
    return _act(request, key, actions.confirm, said, undo="guest_not_confirmed")


@workspace
@require_POST
def not_confirmed(request: StaffRequest, key: str) -> HttpResponse:
    return _act(request, key, actions.take_back_confirm, _("%(name)s is no longer confirmed."))


@workspace
@require_POST
def check_in(request: StaffRequest, key: str) -> HttpResponse:
    return _act(request, key, actions.check_in, _("%(name)s is in."), undo="guest_not_in")


@workspace
@require_POST
def not_in(request: StaffRequest, key: str) -> HttpResponse:
    return _act(request, key, actions.take_back_check_in, _("%(name)s is expected again."))


@workspace
@require_POST
def cancel(request: StaffRequest, key: str) -> HttpResponse:
    said = _("The place of %(name)s is given up.")
    return _act(request, key, actions.cancel, said, undo="guest_reinstate")


@workspace
@require_POST
def reinstate(request: StaffRequest, key: str) -> HttpResponse:
    return _act(request, key, actions.reinstate, _("%(name)s is back on the list."))
