"""What crosses the border of this part: a record, a link between two, and the resolution."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum


class Decision(StrEnum):
    AUTO = "auto"
    REVIEW = "review"
    SINGLE = "single"


@dataclass(frozen=True, slots=True)
class Profile:
    """An account as somebody wrote it: a platform and a handle, in any case, with or without @."""

    platform: str
    handle: str


@dataclass(frozen=True, slots=True)
class Record:
    """What one source says of one human; an empty text is unknown, never a value."""

    record_id: str
    given_name: str = ""
    family_name: str = ""
    email: str = ""
    city: str = ""
    region: str = ""
    occupation: str = ""
    accounts: tuple[Profile, ...] = ()


@dataclass(frozen=True, slots=True)
class Link:
    """Two records that may be one human. `probability` from 0 to 1; `sure` means strong agreement.

    `keys` names the deterministic keys that agree: "account", "email".
    """

    left: str
    right: str
    probability: float
    sure: bool
    keys: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Placed:
    """Where a record ends; `others` are the records it is to be compared with, likeliest first."""

    record_id: str
    cluster_id: str
    decision: Decision
    probability: float
    others: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Resolution:
    """Every record once, in the order given; the pairs merged; the queue, likeliest first.

    `left_out` counts the likely pairs beyond the length of the queue.
    """

    placed: tuple[Placed, ...]
    merged: tuple[Link, ...]
    queue: tuple[Link, ...]
    left_out: int


@contextmanager
def no_collecting() -> Iterator[None]:
    """Records hold no cycles; looking for some among a million of them takes long."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()
