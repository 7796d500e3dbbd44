"""Where Bluesky is asked, and which post an address of it leads to.

« API Hosts and Auth » of docs.bsky.app names the public AppView. The forms of handles, DIDs and
record keys are those of the AT Protocol specifications (« Handle », « DID », « Record Key »)."""

import re
from urllib.parse import unquote, urlsplit

PUBLIC = "https://public.api.bsky.app"
SITE = "bsky.app"
_PART = r"[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?"
HANDLE = re.compile(rf"(?:{_PART}\.)+[a-zA-Z](?:[a-zA-Z0-9-]{{0,61}}[a-zA-Z0-9])?")
DID = re.compile(r"did:[a-z]+:[a-zA-Z0-9._:-]{1,200}")
RECORD = re.compile(r"[a-zA-Z0-9_~.:-]{1,512}")


def post_of(url: str) -> tuple[str, str] | None:
    """The handle or DID, and the record key; None where the address leads to no post of Bluesky."""
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").removeprefix("www.")
    except ValueError:
        return None
    path = [unquote(part) for part in parts.path.split("/") if part]
    if host != SITE or len(path) < 4 or (path[0], path[2]) != ("profile", "post"):
        return None
    actor, record = path[1].removeprefix("@"), path[3]
    known = is_did(actor) or bool(HANDLE.fullmatch(actor))
    return (actor, record) if known and RECORD.fullmatch(record) else None


def is_did(actor: str) -> bool:
    return bool(DID.fullmatch(actor))


def host_of(base: str) -> str:
    return urlsplit(base).hostname or ""
