"""Who keeps the register: it may tell of colleagues, and of what went wrong."""

from typing import Any

from proche.areas.accounts.models import Programme
from proche.areas.accounts.rules import may_manage_team


def may_keep_register(user: Any, programme: Programme) -> bool:
    return may_manage_team(user, programme)
