"""One document of a known site, within limits of time and size. Redirects are followed by hand,
each judged like the first address."""

import time
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from urllib.parse import urljoin, urlsplit

import httpx

from proche.platforms.network import (
    Allowance,
    GuardedBackend,
    Refused,
    Resolve,
    Transport,
    resolved,
)

AGENT = "Proche"
REDIRECTS = 3
MOVED = {301, 302, 303, 307, 308}
CHUNK = 64 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """Seconds to connect, seconds of silence, seconds in all, bytes once unpacked."""

    connect: float = 5.0
    silence: float = 5.0
    total: float = 15.0
    size: int = 3 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Fetched:
    """What a site answered, whatever the status; the body is empty unless it is 200, or the words
    of a refusal were asked for. Names of headers are in lower case."""

    url: str
    status: int
    kind: str
    body: bytes
    headers: Mapping[str, str] = field(default_factory=dict)

    @property
    def text(self) -> str:
        return self.body.decode("utf-8", "replace")


class NotFetched(Exception):
    """Nothing was read. `permanent`: asking again later would give the same."""

    def __init__(self, code: str, *, permanent: bool, status: int | None = None) -> None:
        super().__init__(code)
        self.code, self.permanent, self.status = code, permanent, status


@dataclass(frozen=True, slots=True)
class Fetcher:
    """`allowed`: addresses that may be reached although they are not public; none by default."""

    allowed: Allowance = frozenset()
    limits: Limits = Limits()
    contact: str = ""
    resolve: Resolve = resolved

    def get(
        self, url: str, *, hosts: tuple[str, ...], kinds: tuple[str, ...], refusals: bool = False
    ) -> Fetched:
        """The document at `url`, on one of `hosts`, if it is one of `kinds`; with `refusals`, also
        what a site says when it refuses.

        Raises NotFetched: `site` (not a host of the list), `scheme`, `port`, `address` (not a
        public one), `redirects`, `time`, `size`, `kind`, `packing`, `unreachable`.
        """
        deadline = time.monotonic() + self.limits.total
        try:
            return self._follow(url, hosts, kinds, (deadline, refusals))
        except Refused as refused:
            raise NotFetched(refused.code, permanent=True) from refused
        except httpx.TimeoutException as late:
            raise NotFetched("time", permanent=False) from late
        except httpx.InvalidURL as wrong:
            raise NotFetched("site", permanent=True) from wrong
        except (httpx.HTTPError, zlib.error) as failed:
            raise NotFetched("unreachable", permanent=False) from failed

    def _follow(
        self, url: str, hosts: tuple[str, ...], kinds: tuple[str, ...], how: tuple[float, bool]
    ) -> Fetched:
        for _step in range(REDIRECTS + 1):
            judge(url, hosts)
            answer = self._one(url, kinds, *how)
            if isinstance(answer, Fetched):
                return answer
            url = urljoin(url, answer)
        raise NotFetched("redirects", permanent=True)

    def _one(
        self, url: str, kinds: tuple[str, ...], deadline: float, refusals: bool
    ) -> Fetched | str:
        backend = GuardedBackend(deadline=deadline, allowed=self.allowed, resolve=self.resolve)
        limits = self.limits
        with (
            httpx.Client(
                transport=Transport(backend),
                timeout=httpx.Timeout(limits.silence, connect=limits.connect),
                headers=self._headers(kinds),
                trust_env=False,
            ) as client,
            client.stream("GET", url) as response,
        ):
            moved = response.headers.get("Location")
            if response.status_code in MOVED and moved:
                return str(moved)
            kind = response.headers.get("Content-Type", "").partition(";")[0].strip().lower()
            status, known = response.status_code, kind.startswith(kinds)
            headers = {name.lower(): value for name, value in response.headers.items()}
            if status != 200 and not (refusals and known):
                return Fetched(url, status, kind, b"", headers)
            if not known:
                raise NotFetched("kind", permanent=True, status=200)
            return Fetched(url, status, kind, b"".join(self._unpacked(response)), headers)

    def _headers(self, kinds: tuple[str, ...]) -> dict[str, str]:
        agent = f"{AGENT}/1 (+{self.contact})" if self.contact else f"{AGENT}/1"
        accepted = ", ".join(f"{kind}*" if kind.endswith("/") else kind for kind in kinds)
        return {
            "User-Agent": agent,
            "Accept": accepted,
            "Accept-Encoding": "gzip",
            "Accept-Language": "fr-CA, fr;q=0.9, en;q=0.8",
        }

    def _unpacked(self, response: httpx.Response) -> Iterator[bytes]:
        """Unpacked here in small pieces: a library unpacks a piece whole, and a thousandfold."""
        packing = response.headers.get("Content-Encoding", "").strip().lower()
        if packing not in {"", "identity", "gzip"}:
            raise NotFetched("packing", permanent=True, status=200)
        unpack = zlib.decompressobj(wbits=31) if packing == "gzip" else None
        room = self.limits.size
        for raw in response.iter_raw(CHUNK):
            for piece in _pieces(unpack, raw):
                room -= len(piece)
                if room < 0:
                    raise NotFetched("size", permanent=True, status=200)
                yield piece


def _pieces(unpack: "zlib._Decompress | None", raw: bytes) -> Iterator[bytes]:
    if unpack is None:
        yield raw
        return
    while raw and not unpack.eof:
        yield unpack.decompress(raw, CHUNK)
        raw = unpack.unconsumed_tail


def judge(url: str, hosts: tuple[str, ...]) -> None:
    """Raises NotFetched for an address that must not even be looked up."""
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").rstrip(".")
        signed = parts.username is not None or parts.password is not None
        parts.port  # noqa: B018 - an impossible port is found only when it is read
    except ValueError as wrong:
        raise NotFetched("site", permanent=True) from wrong
    if parts.scheme not in {"http", "https"}:
        raise NotFetched("scheme", permanent=True)
    if signed or not on_one_of(host, hosts):
        raise NotFetched("site", permanent=True)


def on_one_of(host: str, hosts: tuple[str, ...]) -> bool:
    """The host is one of them, or under one of them."""
    return any(host == one or host.endswith(f".{one}") for one in hosts)
