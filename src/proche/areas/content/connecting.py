"""Whether the interface of a network may be asked: off until an owner connects it."""

import re

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from proche.areas.accounts.models import Programme, User
from proche.areas.content.networks import Connection
from proche.areas.recruitment.handles import HOST_ALONE
from proche.common.errors import Refusal

Network = Connection.Network
MOST_SERVERS = 50


def in_force(programme: Programme) -> dict[str, Connection]:
    """By network."""
    rows = programme.connections.filter(off_at=None).select_related("on_by")
    return {row.network: row for row in rows}


def read_servers(typed: str) -> list[str]:
    """The names in a text, one a line or apart by commas. Raises Refusal for what is no name of a
    server: an address by numbers could only be a way to somewhere private."""
    names = []
    for word in re.split(r"[\s,;]+", typed.strip()):
        name = re.sub(r"^https?://", "", word.casefold()).split("/")[0].rpartition("@")[2]
        if not word or name in names:
            continue
        if not HOST_ALONE.fullmatch(name) or name.rpartition(".")[2].isdigit():
            raise Refusal(
                _("“%(name)s” is no name of a server. Write it like this: social.example.")
                % {"name": word[:80]},
                code="no_server",
                field="servers",
            )
        names.append(name)
    if len(names) > MOST_SERVERS:
        raise Refusal(
            _("%(n)d servers at most.") % {"n": MOST_SERVERS}, code="many_servers", field="servers"
        )
    return names


@transaction.atomic
def connect(programme: Programme, network: str, *, servers: list[str], by: User) -> None:
    """From now on; other servers end the connection in force and begin another."""
    Programme.objects.select_for_update().get(pk=programme.pk)
    held = in_force(programme).get(network)
    if held is not None and held.servers == servers:
        return
    disconnect(programme, network, by=by)
    Connection.objects.create(
        programme=programme,
        network=Network(network),
        servers=servers if network == Network.MASTODON else [],
        on_at=timezone.now(),
        on_by=by,
    )


def disconnect(programme: Programme, network: str, *, by: User) -> None:
    """Nothing more is asked; what was answered stays."""
    programme.connections.filter(network=network, off_at=None).update(
        off_at=timezone.now(), off_by=by
    )
