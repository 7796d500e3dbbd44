"""Who may carry everything away: the file holds every name, address and consent."""

from typing import Any

from proche.areas.accounts.models import Programme
from proche.areas.accounts.rules import may_manage_team


def may_take_everything(user: Any, programme: Programme) -> bool:
    return may_manage_team(user, programme)
