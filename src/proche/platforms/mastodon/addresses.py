"""Which post an address of a Mastodon server leads to, and where an account lives.

« ID of the status » is no number everywhere (« Status » of the API documentation), and servers that
speak the same interface write the path in other ways."""

import re
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

NAME = re.compile(r"[a-zA-Z0-9_](?:[a-zA-Z0-9_.-]{0,62}[a-zA-Z0-9_])?")
REMOTE = re.compile(rf"{NAME.pattern}(?:@[a-zA-Z0-9.-]{{4,253}}(?::\d{{1,5}})?)?")
NUMBER = re.compile(r"[a-zA-Z0-9]{1,64}")


@dataclass(frozen=True, slots=True)
class Place:
    """`netloc` is the server with its port, where one is written; `name` is whose post it is, with
    their server where that is another one; empty where the address does not say."""

    netloc: str
    host: str
    name: str
    number: str


def post_of(url: str) -> Place | None:
    """None where the address leads to no post of a Mastodon server."""
    try:
        parts = urlsplit(url)
        host, netloc = (parts.hostname or "").rstrip("."), parts.netloc.rpartition("@")[2]
    except ValueError:
        return None
    path = [unquote(part) for part in parts.path.split("/") if part]
    if path and path[0] in {"web", "deck"}:
        path = path[1:]
    found = _in_path(path)
    if found is None or not host or not NUMBER.fullmatch(found[1]):
        return None
    return Place(netloc, host, *found)


def _in_path(path: list[str]) -> tuple[str, str] | None:
    match path:
        case [name, number] | [name, "statuses", number] if name.startswith("@"):
            name = name[1:]
        case ["users", name, "statuses", number]:
            pass
        case ["ap", "users", _, "statuses", number] | ["statuses", number]:
            return "", number
        case _:
            return None
    return (name, number) if REMOTE.fullmatch(name) else None


def account_of(handle: str) -> tuple[str, str] | None:
    """The name and the server of « name@server »."""
    name, _at, server = handle.removeprefix("@").partition("@")
    return (name, server.lower()) if NAME.fullmatch(name) and server else None


def host_of(handle: str) -> str:
    """The server an account lives on, without a port; empty where the handle does not say."""
    found = account_of(handle)
    try:
        return urlsplit(f"//{found[1]}").hostname or "" if found else ""
    except ValueError:
        return ""
