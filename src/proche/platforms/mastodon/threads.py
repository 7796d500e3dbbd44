"""What an author says below their own post, by GET /api/v1/statuses/:id/context (« statuses API
methods », « Context » in the API documentation of Mastodon). Without a token a server gives sixty
posts at most, twenty deep.

The answer holds the replies of others too: what is given back holds none of them."""

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from proche.platforms.interfaces import ask, chain, moment_in, object_in, objects_in, text_in
from proche.platforms.mastodon.addresses import post_of
from proche.platforms.mastodon.markup import plain_words
from proche.platforms.mastodon.posts import FOR_EVERYONE
from proche.platforms.public_pages.fetching import Fetcher, NotFetched
from proche.platforms.seen import Later, Rest

Status = Mapping[str, Any]


def look_at_rest(fetcher: Fetcher, url: str, answer: bytes, *, scheme: str = "https") -> Rest:
    """Below the post that `answer` tells, of whose server `url` is an address that was looked at.
    Never raises for what the server answers."""
    place = post_of(url)
    if place is None:
        return Rest(None)
    first = json.loads(answer)
    address = f"{scheme}://{place.netloc}/api/v1/statuses/{place.number}/context"
    try:
        got = ask(fetcher, address, hosts=(place.host,))
    except NotFetched:
        return Rest(None)
    if got.status != 200 or "descendants" not in got.told:
        return Rest(None, wait=got.wait)
    own = [one for one in objects_in(got.told, "descendants") if _is_own(one, first)]
    return replace(chain(first, lambda status: _below(status, own), _later), wait=got.wait)


def _is_own(status: Status, first: Status) -> bool:
    author = text_in(object_in(first, "account"), "id")
    same = text_in(object_in(status, "account"), "id") == author
    return bool(author) and same and text_in(status, "visibility") in FOR_EVERYONE


def _below(status: Status, own: list[Status]) -> list[Status]:
    replies = [one for one in own if text_in(one, "in_reply_to_id") == text_in(status, "id")]
    return sorted(replies, key=lambda one: text_in(one, "created_at"))


def _later(status: Status) -> Later:
    return Later(
        text_in(status, "url") or text_in(status, "uri"),
        moment_in(status.get("created_at")),
        plain_words(text_in(status, "content")),
        text_in(status, "spoiler_text").strip(),
    )
