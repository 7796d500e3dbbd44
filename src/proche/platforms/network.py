"""Sockets that do not last longer than agreed, and those that open to public addresses only.

The name is resolved here and the very address that was judged is connected to, so that a name that
changes its answer between the two (DNS rebinding) changes nothing.
"""

import socket
import ssl
import time
from collections.abc import Callable, Iterable
from typing import Any

import httpcore
import httpx

from proche.platforms.addresses import is_public

PORTS = frozenset({80, 443})
# (address, port) that may be reached although it is no public one.
Allowance = frozenset[tuple[str, int]]
Resolve = Callable[[str, int], list[str]]


class Refused(Exception):
    """No connection was made: `code` says why (`address` or `port`)."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Late(httpcore.ReadTimeout):
    """The whole took longer than agreed, however steadily it dripped."""


def resolved(host: str, port: int) -> list[str]:
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [str(address[0]) for *_kind, address in found]


class HurriedBackend(httpcore.NetworkBackend):
    """Opens to any address; every act on its streams ends by `deadline`, of time.monotonic()."""

    def __init__(self, *, deadline: float) -> None:
        self._deadline = deadline
        self._below = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        left = _left(self._deadline, timeout)
        stream = self._below.connect_tcp(host, port, left, local_address, socket_options)
        return _Hurried(stream, self._deadline)

    def connect_unix_socket(self, *_where: Any, **_how: Any) -> httpcore.NetworkStream:
        raise Refused("address")


class GuardedBackend(HurriedBackend):
    """Opens to public addresses and the ports of the web, and to what is `allowed` besides."""

    def __init__(
        self, *, deadline: float, allowed: Allowance = frozenset(), resolve: Resolve = resolved
    ) -> None:
        super().__init__(deadline=deadline)
        self._allowed, self._resolve = allowed, resolve

    def connect_tcp(self, host: str, port: int, *more: Any, **how: Any) -> httpcore.NetworkStream:
        return super().connect_tcp(self._address_of(host, port), port, *more, **how)

    def _address_of(self, host: str, port: int) -> str:
        try:
            found = self._resolve(host, port)
        except OSError as unknown:
            raise httpcore.ConnectError(str(unknown)) from unknown
        # One private answer among several is enough to refuse the name.
        for address in found:
            if (address, port) in self._allowed:
                continue
            if not is_public(address):
                raise Refused("address")
            if port not in PORTS:
                raise Refused("port")
        if not found:
            raise httpcore.ConnectError("no address")
        return found[0]


class _Hurried(httpcore.NetworkStream):
    """A stream whose every act ends by the deadline."""

    def __init__(self, stream: httpcore.NetworkStream, deadline: float) -> None:
        self._stream, self._deadline = stream, deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, _left(self._deadline, timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, _left(self._deadline, timeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore.NetworkStream:
        left = _left(self._deadline, timeout)
        return _Hurried(self._stream.start_tls(ssl_context, server_hostname, left), self._deadline)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)


def _left(deadline: float, timeout: float | None) -> float:
    left = deadline - time.monotonic()
    if left <= 0:
        raise Late("the time agreed is over")
    return left if timeout is None else min(left, timeout)


class Transport(httpx.HTTPTransport):
    """httpx over such sockets. It has no argument for them, so its pool is replaced: should another
    version no longer look there, the test that 127.0.0.1 is refused fails."""

    def __init__(self, backend: httpcore.NetworkBackend) -> None:
        trusted = httpx.create_ssl_context(trust_env=False)
        super().__init__(verify=trusted, trust_env=False)
        self._pool = httpcore.ConnectionPool(
            ssl_context=trusted, network_backend=backend, max_connections=1, retries=0
        )
