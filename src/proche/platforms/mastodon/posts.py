"""A post by GET /api/v1/statuses/:id (« statuses API methods », « Status », « MediaAttachment » of
the API documentation of Mastodon).

The documentation gives one answer, 404, for a post that was deleted and one that is not for
everyone; which of the two, only who saw it before can say."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

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
from proche.platforms.mastodon.addresses import Place, post_of
from proche.platforms.mastodon.markup import plain_words
from proche.platforms.public_pages.fetching import Fetcher, NotFetched, on_one_of
from proche.platforms.seen import INTERFACE, Counts, Picture, Seen, State, Told

FOR_EVERYONE = {"public", "unlisted"}
STATES = {404: State.NOT_FOUND, 410: State.GONE}


def look_at_post(
    fetcher: Fetcher, url: str, *, servers: tuple[str, ...], scheme: str = "https"
) -> Seen:
    """The post at this address, if its server is one of `servers` or under one of them. Never
    raises for what the server answers."""
    place = post_of(url)
    if place is None:
        return Seen(State.NOT_SEEN, INTERFACE, why="no_post")
    if not on_one_of(place.host, servers):
        return Seen(State.NOT_SEEN, INTERFACE, why="server")
    address = f"{scheme}://{place.netloc}/api/v1/statuses/{place.number}"
    try:
        answer = ask(fetcher, address, hosts=(place.host,))
    except NotFetched as refused:
        return post_not_seen(refused)
    return _seen(answer, place)


def _seen(answer: Answer, place: Place) -> Seen:
    if answer.status in {401, 403}:
        return post_without_words(answer, why="login")
    if answer.status != 200:
        return post_without_words(answer, STATES.get(answer.status, State.NOT_SEEN))
    status = answer.told
    if text_in(status, "id") != place.number or "content" not in status:
        return post_without_words(answer, why="nothing")
    if text_in(status, "visibility") not in FOR_EVERYONE:
        return post_private(answer)
    told = _told(status)
    if status.get("reblog") or (place.name and told.author.casefold() != place.name.casefold()):
        return post_without_words(answer, why="author")
    return post_up(answer, told, text=told.spelled_out)


def read(raw: bytes) -> Told | None:
    """What a kept answer says; None where it says nothing of a post."""
    try:
        status = json.loads(raw)
    except (ValueError, RecursionError):
        return None
    return _told(status) if isinstance(status, dict) and "content" in status else None


def _told(status: Mapping[str, Any]) -> Told:
    account = object_in(status, "account")
    return Told(
        author=text_in(account, "acct"),
        author_id=text_in(account, "uri") or text_in(account, "id"),
        language=text_in(status, "language").partition("-")[0].lower(),
        created_at=moment_in(status.get("created_at")),
        edited_at=moment_in(status.get("edited_at")),
        pictures=tuple(_pictures(status)),
        warning=text_in(status, "spoiler_text").strip(),
        counts=Counts(
            likes=count_in(status, "favourites_count"),
            replies=count_in(status, "replies_count"),
            reposts=count_in(status, "reblogs_count"),
        ),
        spelled_out=plain_words(text_in(status, "content")),
    )


def _pictures(status: Mapping[str, Any]) -> Iterator[Picture]:
    for media in objects_in(status, "media_attachments"):
        # Of a video, the preview is the picture.
        kind = text_in(media, "type")
        url = text_in(media, "url") if kind == "image" else text_in(media, "preview_url")
        yield Picture(url, text_in(media, "description"))
