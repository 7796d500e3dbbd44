"""The interfaces of networks as this server goes out to them, and how long each wants to be left
alone: that holds for every job and every process, until the hour the network named."""

import time
from dataclasses import dataclass, field
from hashlib import sha256

from django.conf import settings
from django.core.cache import cache

from proche.areas.content.networks import Connection
from proche.areas.people.models import Account, Person
from proche.common.choices import Platform
from proche.platforms import bluesky, mastodon
from proche.platforms.mastodon.addresses import post_of
from proche.platforms.public_pages import Fetcher, Limits, Seen, State
from proche.platforms.seen import INTERFACE, AccountSeen, Rest, Told

LIMITS = Limits(connect=4, silence=4, total=8, size=256 * 1024)
# Not asked at all: the network said « not now », and its hour has not come.
RESTING = "resting"
Network = Connection.Network


def _out() -> Fetcher:
    return Fetcher(limits=LIMITS, contact=settings.BASE_URL)


@dataclass(frozen=True)
class Interfaces:
    """As they go out: no allowance, over TLS; a test gives others."""

    fetcher: Fetcher = field(default_factory=_out)
    bluesky: str = bluesky.PUBLIC
    scheme: str = "https"

    def post(
        self, connection: Connection, person: Person, url: str, *, author_id: str = ""
    ) -> Seen:
        """The post at this address, unless its server rests. `author_id`: that of its author, as
        an earlier answer told it."""
        host = self._host_of_post(connection.network, url)
        left = resting(host)
        if left:
            return Seen(State.NOT_SEEN, INTERFACE, why=RESTING, permanent=False, wait=left)
        if connection.network == Network.BLUESKY:
            seen = bluesky.look_at_post(self.fetcher, self.bluesky, url, author_id=author_id)
        else:
            servers = servers_for(connection, person)
            seen = mastodon.look_at_post(self.fetcher, url, servers=servers, scheme=self.scheme)
        rest(host, seen.wait)
        return seen

    def rest_of_thread(self, network: str, url: str, answer: bytes) -> Rest:
        """What the author of the post in `answer` says below it, unless its server rests."""
        host = self._host_of_post(network, url)
        if resting(host):
            return Rest(None)
        if network == Network.BLUESKY:
            seen = bluesky.look_at_rest(self.fetcher, self.bluesky, answer)
        else:
            seen = mastodon.look_at_rest(self.fetcher, url, answer, scheme=self.scheme)
        rest(host, seen.wait)
        return seen

    def account(self, account: Account) -> AccountSeen:
        """Its figures, unless its server rests."""
        on_bluesky = account.platform == Network.BLUESKY
        host = bluesky.host_of(self.bluesky) if on_bluesky else mastodon.host_of(account.handle)
        left = resting(host)
        if left:
            return AccountSeen(State.NOT_SEEN, why=RESTING, permanent=False, wait=left)
        if on_bluesky:
            seen = bluesky.look_at_account(self.fetcher, self.bluesky, account.handle)
        else:
            seen = mastodon.look_at_account(self.fetcher, account.handle, scheme=self.scheme)
        rest(host, seen.wait)
        return seen

    def _host_of_post(self, network: str, url: str) -> str:
        if network == Network.BLUESKY:
            return bluesky.host_of(self.bluesky)
        place = post_of(url)
        return place.host if place else ""


def servers_for(connection: Connection, person: Person) -> tuple[str, ...]:
    """Those the owner named, and those this member's own accounts live on: no other."""
    accounts = person.accounts.filter(platform=Platform.MASTODON)
    own = [mastodon.host_of(account.handle) for account in accounts]
    return (*connection.servers, *filter(None, own))


def told_in(network: str, answer: bytes) -> Told | None:
    """What a kept answer says of the post."""
    readers = {Network.BLUESKY: bluesky.read, Network.MASTODON: mastodon.read}
    read = readers.get(Network(network)) if network in Network.values else None
    return read(answer) if read else None


def rest(host: str, seconds: float | None) -> None:
    if host and seconds:
        cache.set(_key(host), time.time() + seconds, timeout=seconds)


def resting(host: str) -> float:
    """Seconds still to wait; 0 where it may be asked."""
    until: float = cache.get(_key(host), 0.0) if host else 0.0
    return max(until - time.time(), 0.0)


def _key(host: str) -> str:
    return f"network-rests:{sha256(host.encode()).hexdigest()}"
