"""Who may do what in a programme; used by pages and commands alike."""

from typing import Any

from proche.areas.accounts.models import Programme, Role

Kind = Role.Kind


def _holds(user: Any, programme: Programme, *kinds: str) -> bool:
    return (
        user.is_authenticated
        and Role.objects.filter(user=user, programme=programme, kind__in=kinds).exists()
    )


def may_enter_workspace(user: Any, programme: Programme) -> bool:
    return _holds(user, programme, Kind.OWNER, Kind.STRATEGIST, Kind.ASSISTANT)


def may_decide(user: Any, programme: Programme) -> bool:
    """Sign a verdict, accept or refuse an application, send offers, waive a post."""
    return _holds(user, programme, Kind.OWNER, Kind.STRATEGIST)


def may_manage_team(user: Any, programme: Programme) -> bool:
    return _holds(user, programme, Kind.OWNER)


def may_check_in(user: Any, programme: Programme) -> bool:
    return _holds(user, programme, Kind.OWNER, Kind.STRATEGIST, Kind.ASSISTANT, Kind.DOOR)
