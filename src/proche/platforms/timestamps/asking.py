"""Time-stamp protocol over HTTP (RFC 3161, sections 2.4 and 3.4), for one SHA-256.

The answer is kept as it came. Here it is read only to know that it stamps what was asked; that its
signature is right and by whom is for whoever verifies to judge, with a tool and roots of theirs.
"""

import secrets
import time
from dataclasses import dataclass
from datetime import UTC, datetime

import httpx

from proche.platforms.network import HurriedBackend, Transport
from proche.platforms.timestamps import der

SHA256 = bytes.fromhex("608648016503040201")
GRANTED = {0, 1}
SECONDS = 20.0
MOST_BYTES = 256 * 1024
QUERY, REPLY = "application/timestamp-query", "application/timestamp-reply"


@dataclass(frozen=True, slots=True)
class Stamp:
    """`reply` is the whole answer, as `openssl ts -verify -in` reads it."""

    at: datetime
    reply: bytes


class StampRefused(Exception):
    """No stamp was given, or it is not of what was asked; the message says which."""


def ask(server: str, digest: bytes, *, seconds: float = SECONDS) -> Stamp:
    """A stamp for a SHA-256 (32 bytes) by the server at this address, which the operator named."""
    nonce = secrets.randbits(63) | 1 << 62
    return _read(_sent(server, _query(digest, nonce), seconds), digest, nonce)


def _query(digest: bytes, nonce: int) -> bytes:
    algorithm = der.sequence(der.oid(SHA256), der.null())
    imprint = der.sequence(algorithm, der.octets(digest))
    # The certificate comes along, so that the file can be verified by itself.
    return der.sequence(der.integer(1), imprint, der.integer(nonce), der.true())


def _sent(server: str, query: bytes, seconds: float) -> bytes:
    backend = HurriedBackend(deadline=time.monotonic() + seconds)
    headers = {"Content-Type": QUERY, "Accept": REPLY, "Accept-Encoding": "identity"}
    reply = b""
    try:
        with (
            httpx.Client(transport=Transport(backend), timeout=seconds, trust_env=False) as client,
            client.stream("POST", server, content=query, headers=headers) as response,
        ):
            if response.status_code != 200:
                raise StampRefused(f"the server answered {response.status_code}")
            for piece in response.iter_raw():
                reply += piece
                if len(reply) > MOST_BYTES:
                    raise StampRefused("the answer is too large")
    except (httpx.HTTPError, httpx.InvalidURL) as failed:
        raise StampRefused(f"the server could not be reached: {failed}") from failed
    return reply


def _read(reply: bytes, digest: bytes, nonce: int) -> Stamp:
    try:
        answer = der.parts(der.one(reply).body)
        status = der.number(der.parts(answer[0].body)[0])
        if status not in GRANTED:
            raise StampRefused(f"the server refused, status {status}")
        stamped = _stamped(answer[1])
        imprint = der.parts(stamped[2].body)
        numbers = [der.number(part) for part in stamped[5:] if part.tag == der.INTEGER]
        if imprint[1].body != digest or nonce not in numbers:
            raise StampRefused("the stamp is not of what was asked")
        return Stamp(_moment(stamped[4].body), reply)
    except (der.Unreadable, IndexError, ValueError) as broken:
        raise StampRefused("the answer could not be read") from broken


def _stamped(token: der.Part) -> list[der.Part]:
    """ContentInfo > SignedData > EncapsulatedContentInfo > TSTInfo, each in its wrapping."""
    signed = der.parts(der.one(der.parts(token.body)[1].body).body)
    content = der.one(der.parts(signed[2].body)[1].body)
    return der.parts(der.one(content.body).body)


def _moment(written: bytes) -> datetime:
    """GeneralizedTime in UTC; its fraction of a second is left out."""
    whole = written.decode("ascii").rstrip("Z").partition(".")[0]
    return datetime.strptime(whole, "%Y%m%d%H%M%S").replace(tzinfo=UTC)
