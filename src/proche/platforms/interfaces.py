"""One question to the interface of a network: a public address, JSON back, no key, no cookie.

How long a network asks to be left alone: Retry-After (RFC 9110, section 10.2.3), else the hour its
limit is counted anew. Mastodon writes X-RateLimit-Reset as a date (« Rate limits » of its API
documentation), Bluesky writes RateLimit-Reset as seconds since 1970 (« Rate Limits » of
docs.bsky.app); a small number is taken for seconds to come, as the draft of the IETF has it."""

import json
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urlencode

from proche.platforms.public_pages.fetching import Fetcher, NotFetched
from proche.platforms.seen import INTERFACE, LATER, AccountSeen, Later, Rest, Seen, State, Told

JSON = ("application/json",)
NOT_NOW = {429, 503}
# Seconds: where a network says « not now » and not until when, and the longest it is believed.
USUAL_WAIT, LONGEST_WAIT = 900.0, 86_400.0
LONG_AGO = 1_000_000_000


@dataclass(frozen=True, slots=True)
class Answer:
    """`told` is empty where the answer is no object of JSON; `raw` are its very bytes."""

    status: int
    told: Mapping[str, Any]
    raw: bytes
    wait: float | None

    @property
    def error(self) -> str:
        return text_in(self.told, "error")


def ask(fetcher: Fetcher, address: str, *, hosts: tuple[str, ...], **asked: str) -> Answer:
    """Raises NotFetched where nothing was answered."""
    url = f"{address}?{urlencode(asked)}" if asked else address
    got = fetcher.get(url, hosts=hosts, kinds=JSON, refusals=True)
    return Answer(got.status, _object(got.text), got.body, _wait(got.status, got.headers))


def _object(text: str) -> dict[str, Any]:
    try:
        told = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    return told if isinstance(told, dict) else {}


def _wait(status: int, headers: Mapping[str, str]) -> float | None:
    left = headers.get("ratelimit-remaining") or headers.get("x-ratelimit-remaining")
    if status not in NOT_NOW and left != "0":
        return None
    reset = headers.get("ratelimit-reset") or headers.get("x-ratelimit-reset")
    for told in (headers.get("retry-after"), reset):
        seconds = _seconds(told.strip()) if told else None
        if seconds is not None:
            return min(max(seconds, 1.0), LONGEST_WAIT)
    return USUAL_WAIT if status in NOT_NOW else None


def _seconds(told: str) -> float | None:
    """From now; None where it cannot be read."""
    if told.isascii() and told.isdigit():
        number = float(told[:12])
        return number - time.time() if number > LONG_AGO else number
    try:
        moment = moment_in(told) or parsedate_to_datetime(told)
    except ValueError:
        return None
    return moment.timestamp() - time.time()


def moment_in(told: Any) -> datetime | None:
    """A date as both networks write it (ISO 8601); UTC where it says no zone."""
    try:
        found = datetime.fromisoformat(told)
    except (TypeError, ValueError):
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def text_in(told: Mapping[str, Any], name: str) -> str:
    value = told.get(name)
    return value if isinstance(value, str) else ""


def count_in(told: Mapping[str, Any], name: str) -> int | None:
    """None where it is hidden: left out, or below zero as some servers write it."""
    value = told.get(name)
    return value if isinstance(value, int) and not isinstance(value, bool) and value >= 0 else None


def objects_in(told: Mapping[str, Any], name: str) -> list[Mapping[str, Any]]:
    value = told.get(name)
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def object_in(told: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    value = told.get(name)
    return value if isinstance(value, dict) else {}


def post_not_seen(refused: NotFetched) -> Seen:
    return Seen(
        State.NOT_SEEN,
        INTERFACE,
        refused.status,
        why=refused.code,
        permanent=refused.permanent,
    )


def post_up(answer: Answer, told: Told, *, text: str) -> Seen:
    return Seen(
        State.UP,
        INTERFACE,
        answer.status,
        text=text,
        whole=True,
        image_url=told.pictures[0].url if told.pictures else "",
        wait=answer.wait,
        answer=answer.raw,
        told=told,
    )


def post_private(answer: Answer) -> Seen:
    """Kept without the answer, which holds words that are not for everyone."""
    return Seen(State.PRIVATE, INTERFACE, answer.status, wait=answer.wait)


def post_without_words(
    answer: Answer, state: State = State.NOT_SEEN, *, why: str = "status"
) -> Seen:
    """What an answer says of a post, short of its words; it is kept as it came."""
    return Seen(
        state,
        INTERFACE,
        answer.status,
        why=why if state == State.NOT_SEEN else "",
        permanent=answer.status not in LATER,
        wait=answer.wait,
        answer=answer.raw,
    )


def chain(first: Any, below: Callable[[Any], list[Any]], later: Callable[[Any], Later]) -> Rest:
    """The posts one right below the other, from `first`. `below`: those of the same author that
    answer a post, the earliest first; the earliest goes on."""
    found: list[Later] = []
    found_below = below(first)
    while found_below and len(found) < Rest.MOST:
        found.append(later(found_below[0]))
        found_below = below(found_below[0])
    return Rest(tuple(found), more=bool(found_below))


def account_not_seen(refused: NotFetched) -> AccountSeen:
    return AccountSeen(State.NOT_SEEN, why=refused.code, permanent=refused.permanent)


def account_without_figures(
    answer: Answer, state: State = State.NOT_SEEN, *, why: str = "status"
) -> AccountSeen:
    return AccountSeen(
        state,
        why=why if state == State.NOT_SEEN else "",
        permanent=answer.status not in LATER,
        wait=answer.wait,
    )
