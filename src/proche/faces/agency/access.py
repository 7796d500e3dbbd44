"""The door of the workspace: who may enter, in which programme, with which navigation."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from proche.areas.accounts.models import Programme, Role, User
from proche.areas.accounts.rules import may_decide, may_manage_team
from proche.common.errors import Refusal
from proche.faces.agency.navigation import Waiting, navigation, waiting

P = ParamSpec("P")
DESK = [Role.Kind.OWNER, Role.Kind.STRATEGIST, Role.Kind.ASSISTANT]
DOOR = [*DESK, Role.Kind.DOOR]


class StaffRequest(HttpRequest):
    """A request of somebody of the team, in their programme."""

    # The same as `user`, known to have signed in.
    actor: User
    programme: Programme
    role: Role
    # What waits in each room, and the side bar that shows it.
    waiting: Waiting
    navigation: list[dict[str, Any]]


View = Callable[Concatenate[StaffRequest, P], HttpResponse]
Entered = Callable[Concatenate[HttpRequest, P], HttpResponse]


def workspace(view: View[P]) -> Entered[P]:
    """Let the team in with `request.programme` and `request.role`; a stranger gets 404."""
    return _held_by(DESK, view)


def at_the_door(view: View[P]) -> Entered[P]:
    """The same for the page of the door, which door staff reach too."""
    return _held_by(DOOR, view)


def _held_by(kinds: list[Role.Kind], view: View[P]) -> Entered[P]:
    @wraps(view)
    @login_required
    def entered(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        role = (
            Role.objects.filter(user=request.user, kind__in=kinds)  # type: ignore[misc]
            .select_related("programme")
            .order_by("given_at")
            .first()
        )
        if role is None:
            raise Http404
        staff: Any = request
        staff.programme, staff.role, staff.actor = role.programme, role, request.user
        if role.kind in DESK:
            staff.waiting = waiting(role.programme)
            staff.navigation = navigation(staff.waiting, request.path)
        return view(staff, *args, **kwargs)

    return entered


def decides(request: StaffRequest) -> None:
    """Raise a readable refusal where an assistant tries what a strategist decides."""
    if not may_decide(request.user, request.programme):
        raise Refusal(
            _("Only a strategist or an owner can decide this. Ask one of them."), code="not_yours"
        )


def manages(request: StaffRequest) -> None:
    """Raise a readable refusal where somebody else than an owner changes the team."""
    if not may_manage_team(request.user, request.programme):
        raise Refusal(_("Only an owner changes the team. Ask one of them."), code="not_yours")
