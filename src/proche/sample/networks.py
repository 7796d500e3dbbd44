"""A network that was connected for a while: what the page says of the past. None is connected now,
so that the sample asks nothing of anybody."""

from proche.areas.accounts.models import Programme, User
from proche.areas.content.networks import Connection
from proche.sample.calendar import Calendar

BEGAN, ENDED = 61, 33


def make_connections(programme: Programme, calendar: Calendar, *, by: User) -> None:
    Connection.objects.create(
        programme=programme,
        network=Connection.Network.MASTODON,
        servers=["social.exemple.example"],
        on_at=calendar.at(BEGAN, 9, 15),
        on_by=by,
        off_at=calendar.at(ENDED, 16, 40),
        off_by=by,
    )
