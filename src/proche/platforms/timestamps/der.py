"""The little of DER (X.690) that a request for a time stamp and its answer need."""

from dataclasses import dataclass

INTEGER, OCTETS, NULL, OID, SEQUENCE, BOOLEAN = 0x02, 0x04, 0x05, 0x06, 0x30, 0x01


class Unreadable(Exception):
    """These bytes are cut, or no DER."""


@dataclass(frozen=True, slots=True)
class Part:
    tag: int
    body: bytes


def sequence(*inside: bytes) -> bytes:
    return _wrapped(SEQUENCE, b"".join(inside))


def integer(value: int) -> bytes:
    return _wrapped(INTEGER, value.to_bytes(value.bit_length() // 8 + 1, "big", signed=True))


def octets(value: bytes) -> bytes:
    return _wrapped(OCTETS, value)


def oid(encoded: bytes) -> bytes:
    return _wrapped(OID, encoded)


def null() -> bytes:
    return _wrapped(NULL, b"")


def true() -> bytes:
    return _wrapped(BOOLEAN, b"\xff")


def _wrapped(tag: int, body: bytes) -> bytes:
    if len(body) < 0x80:
        return bytes([tag, len(body)]) + body
    length = len(body).to_bytes((len(body).bit_length() + 7) // 8, "big")
    return bytes([tag, 0x80 | len(length)]) + length + body


def one(data: bytes) -> Part:
    """The first part of these bytes."""
    return _first(data)[0]


def parts(data: bytes) -> list[Part]:
    found = []
    while data:
        part, data = _first(data)
        found.append(part)
    return found


def number(part: Part) -> int:
    if part.tag != INTEGER:
        raise Unreadable
    return int.from_bytes(part.body, "big", signed=True)


def _first(data: bytes) -> tuple[Part, bytes]:
    if len(data) < 2:
        raise Unreadable
    tag, length, start = data[0], data[1], 2
    if length & 0x80:
        size = length & 0x7F
        # Four bytes say more than any answer is allowed to hold.
        if not 1 <= size <= 4:
            raise Unreadable
        length, start = int.from_bytes(data[2 : 2 + size], "big"), 2 + size
    end = start + length
    if len(data) < end:
        raise Unreadable
    return Part(tag, data[start:end]), data[end:]
