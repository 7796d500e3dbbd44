"""Recorded answers of both networks are read as they came: words, author and counts of each."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from proche.platforms import bluesky, mastodon

pytestmark = pytest.mark.realdata


def within(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, list):
        for one in value:
            yield from within(one)
    elif isinstance(value, dict):
        yield value
        for one in value.values():
            yield from within(one)


def recorded(folder: Path) -> Iterator[dict[str, Any]]:
    for path in sorted(folder.rglob("*.json")):
        yield from within(json.loads(path.read_text("utf-8")))


def test_every_recorded_post_of_bluesky_is_read(shared_data: Path) -> None:
    """With its likes wherever they are given, and the pictures that its record names."""
    views = [
        one
        for one in recorded(shared_data / "api_fixtures" / "bluesky")
        if {"uri", "author", "record", "likeCount"} <= set(one) and "text" in one["record"]
    ]
    assert len(views) > 300
    for view in views:
        told = bluesky.read(json.dumps({"posts": [view]}).encode())
        assert told is not None
        assert (told.author_id, told.author) == (view["author"]["did"], view["author"]["handle"])
        assert told.counts.likes == view["likeCount"]
        assert told.created_at is not None
        embed = view["record"].get("embed") or {}
        named = (embed.get("media") or embed).get("images") or []
        assert [one.alt for one in told.pictures if "/img/" in one.url] == [
            image["alt"] for image in named
        ]


def test_every_recorded_post_of_mastodon_is_read(shared_data: Path) -> None:
    """Without a mark of HTML left, and with every hashtag it carried."""
    statuses = [
        one
        for one in recorded(shared_data / "api_fixtures" / "mastodon")
        if {"content", "account", "favourites_count", "tags"} <= set(one)
    ]
    assert len(statuses) > 100
    for status in statuses:
        told = mastodon.read(json.dumps(status).encode())
        assert told is not None
        assert (told.author, told.counts.likes) == (
            status["account"]["acct"], status["favourites_count"])  # fmt: skip
        assert told.created_at is not None
        words = told.spelled_out.casefold()
        assert "</" not in words
        assert "<p>" not in words
        if not status["reblog"]:
            for tag in status["tags"]:
                if f"/tags/{tag['name']}".casefold() in status["content"].casefold():
                    assert f"#{tag['name']}".casefold() in words
