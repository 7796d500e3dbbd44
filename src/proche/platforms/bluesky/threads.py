"""What an author says below their own post, by app.bsky.feed.getPostThread (lexicons
app.bsky.feed.getPostThread, app.bsky.feed.defs#threadViewPost).

The answer holds the replies of others too: what is given back holds none of them."""

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from proche.platforms.bluesky.addresses import SITE, host_of
from proche.platforms.bluesky.posts import spelled_out
from proche.platforms.interfaces import (
    ask,
    chain,
    moment_in,
    object_in,
    objects_in,
    text_in,
)
from proche.platforms.public_pages.fetching import Fetcher, NotFetched
from proche.platforms.seen import Later, Rest

Node = Mapping[str, Any]


def look_at_rest(fetcher: Fetcher, base: str, answer: bytes) -> Rest:
    """Below the post that `answer` tells. Never raises for what the network answers."""
    first = objects_in(json.loads(answer), "posts")[0]
    address, did = text_in(first, "uri"), text_in(object_in(first, "author"), "did")
    # One deeper than is kept, to know whether there is more.
    asked = {"uri": address, "depth": str(Rest.MOST + 1), "parentHeight": "0"}
    try:
        got = ask(
            fetcher, f"{base}/xrpc/app.bsky.feed.getPostThread", hosts=(host_of(base),), **asked
        )
    except NotFetched:
        return Rest(None)
    thread = object_in(got.told, "thread")
    if got.status != 200 or text_in(object_in(thread, "post"), "uri") != address:
        return Rest(None, wait=got.wait)
    return replace(chain(thread, lambda node: _below(node, did), _later), wait=got.wait)


def _below(node: Node, did: str) -> list[Node]:
    replies = [
        one
        for one in objects_in(node, "replies")
        if text_in(object_in(object_in(one, "post"), "author"), "did") == did
    ]
    return sorted(replies, key=lambda one: text_in(object_in(one, "post"), "indexedAt"))


def _later(node: Node) -> Later:
    post = object_in(node, "post")
    record, key = object_in(post, "record"), text_in(post, "uri").rpartition("/")[2]
    did = text_in(object_in(post, "author"), "did")
    return Later(
        f"https://{SITE}/profile/{did}/post/{key}",
        moment_in(record.get("createdAt")),
        spelled_out(record),
    )
