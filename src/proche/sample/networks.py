"""Networks that were connected for a while: what the page says of the past, and a thread that was
read then. None is connected now, so that the sample asks nothing of anybody."""

from datetime import datetime, timedelta
from typing import Any

from proche.areas.accounts.models import Programme, User
from proche.areas.content.following import follow
from proche.areas.content.models import Post
from proche.areas.content.networks import Connection
from proche.areas.content.proving import prove
from proche.areas.content.seeing import as_seen, words_of
from proche.areas.content.threads import as_kept
from proche.platforms.seen import INTERFACE, Later, Rest, Seen, State, Told
from proche.sample.calendar import Calendar

Network = Connection.Network
# Each with its servers, the day it began and the day it ended, in days before today.
PAST: tuple[tuple[Network, list[str], int, int], ...] = (
    (Network.MASTODON, ["social.exemple.example"], 61, 33),
    (Network.BLUESKY, [], 20, 2),
)


def make_connections(programme: Programme, calendar: Calendar, *, by: User) -> None:
    for network, servers, began, ended in PAST:
        Connection.objects.create(
            programme=programme,
            network=network,
            servers=servers,
            on_at=calendar.at(began, 9, 15),
            on_by=by,
            off_at=calendar.at(ended, 16, 40),
            off_by=by,
        )


def see_thread(post: Post, caption: dict[str, Any], at: datetime) -> None:
    """As the interface showed it at the hand-in: the first post, and what its author says below."""
    below = [
        Later(f"{post.url}/{n}", at + timedelta(minutes=n), text)
        for n, text in enumerate(caption["below"], start=1)
    ]
    told = Told("exemple", "did:plc:exemple", spelled_out=caption["first"])
    rest = Rest(tuple(below))
    seen = Seen(State.UP, INTERFACE, 200, caption["first"], whole=True, told=told, rest=rest)
    look = as_seen(post, seen, 0)
    prove(post, look, thread=as_kept(post, seen.rest), at=at)
    follow(post, look, words_of(seen))
