"""A post by app.bsky.feed.getPosts (lexicons app.bsky.feed.getPosts, app.bsky.feed.defs#postView,
app.bsky.feed.post, app.bsky.embed.images, app.bsky.embed.video, com.atproto.label.defs), at its
at:// address: the handle is first resolved to the DID that stays
(com.atproto.identity.resolveHandle)."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from proche.platforms.bluesky.accounts import LIMITED, UNKNOWN, asked_to_sign_in
from proche.platforms.bluesky.addresses import host_of, is_did, post_of
from proche.platforms.interfaces import (
    Answer,
    ask,
    count_in,
    moment_in,
    object_in,
    objects_in,
    post_not_seen,
    post_private,
    post_up,
    post_without_words,
    text_in,
)
from proche.platforms.public_pages.fetching import Fetcher, NotFetched
from proche.platforms.seen import INTERFACE, Counts, Picture, Seen, State, Told

NO_HANDLE = "no_handle"
LINK = "app.bsky.richtext.facet#link"


def look_at_post(fetcher: Fetcher, base: str, url: str, *, author_id: str = "") -> Seen:
    """The post at this address of bsky.app; with the DID of its author, where it is known from
    before, whatever their handle is now. Never raises for what the network answers."""
    place = post_of(url)
    if place is None:
        return Seen(State.NOT_SEEN, INTERFACE, why="no_post")
    try:
        actor, record = place
        return _look(fetcher, base, author_id if is_did(author_id) else actor, record)
    except NotFetched as refused:
        return post_not_seen(refused)


def _look(fetcher: Fetcher, base: str, actor: str, record: str) -> Seen:
    hosts = (host_of(base),)
    did = actor
    if not is_did(actor):
        # A handle that leads nowhere may have been changed: the post itself may still be up.
        found = ask(fetcher, f"{base}/xrpc/com.atproto.identity.resolveHandle", hosts=hosts,
                    handle=actor)  # fmt: skip
        did = text_in(found.told, "did")
        if not is_did(did):
            if found.status != 400:
                return post_without_words(found)
            return replace(post_without_words(found, State.NOT_FOUND), why=NO_HANDLE)
    address = f"at://{did}/app.bsky.feed.post/{record}"
    answer = ask(fetcher, f"{base}/xrpc/app.bsky.feed.getPosts", hosts=hosts, uris=address)
    if answer.status != 200:
        return post_without_words(answer)
    view = _view(answer.told, address)
    return _seen(answer, view) if view else _absent(fetcher, base, did, answer)


def _view(told: Mapping[str, Any], address: str) -> Mapping[str, Any] | None:
    return next((one for one in objects_in(told, "posts") if one.get("uri") == address), None)


def _absent(fetcher: Fetcher, base: str, did: str, answer: Answer) -> Seen:
    """A post that is not there is left out of the answer; the account says whether it could be."""
    profile = ask(fetcher, f"{base}/xrpc/app.bsky.actor.getProfile", hosts=(host_of(base),),
                  actor=did)  # fmt: skip
    if profile.status == 200 or profile.error in LIMITED:
        return post_without_words(answer, State.GONE)
    if profile.error == UNKNOWN:
        return post_without_words(answer, State.NOT_FOUND)
    return post_without_words(profile)


def _seen(answer: Answer, view: Mapping[str, Any]) -> Seen:
    if asked_to_sign_in(object_in(view, "author")):
        return post_private(answer)
    text = text_in(object_in(view, "record"), "text")
    return post_up(answer, _told(view), text=text)


def read(raw: bytes) -> Told | None:
    """What a kept answer says; None where it says nothing of a post."""
    try:
        views = objects_in(json.loads(raw), "posts")
    except (ValueError, RecursionError, AttributeError):
        return None
    return _told(views[0]) if views else None


def _told(view: Mapping[str, Any]) -> Told:
    record, author = object_in(view, "record"), object_in(view, "author")
    langs = record.get("langs")
    spoken = langs[0] if isinstance(langs, list) and langs and isinstance(langs[0], str) else ""
    return Told(
        author=text_in(author, "handle"),
        author_id=text_in(author, "did"),
        language=spoken.partition("-")[0].lower(),
        created_at=moment_in(record.get("createdAt")),
        pictures=tuple(_pictures(object_in(view, "embed"))),
        labels=tuple(
            text_in(label, "val") for label in objects_in(view, "labels") if not label.get("neg")
        ),
        counts=Counts(
            likes=count_in(view, "likeCount"),
            replies=count_in(view, "replyCount"),
            reposts=count_in(view, "repostCount"),
        ),
        spelled_out=spelled_out(record),
    )


def _pictures(embed: Mapping[str, Any]) -> Iterator[Picture]:
    """Those of the post itself: a post that is quoted has its own author."""
    media = object_in(embed, "media") or embed
    for image in objects_in(media, "images"):
        yield Picture(text_in(image, "fullsize"), text_in(image, "alt"))
    if text_in(media, "thumbnail"):
        yield Picture(text_in(media, "thumbnail"), text_in(media, "alt"))


def spelled_out(record: Mapping[str, Any]) -> str:
    """The words with the links written in full; a facet counts in bytes of UTF-8."""
    written = text_in(record, "text").encode()
    links = [
        (start, end, text_in(feature, "uri").encode())
        for facet in objects_in(record, "facets")
        for feature in objects_in(facet, "features")
        if feature.get("$type") == LINK
        and (start := count_in(object_in(facet, "index"), "byteStart")) is not None
        and (end := count_in(object_in(facet, "index"), "byteEnd")) is not None
    ]
    for start, end, uri in sorted(links, reverse=True):
        if start < end <= len(written):
            written = written[:start] + uri + written[end:]
    return written.decode("utf-8", "replace")
