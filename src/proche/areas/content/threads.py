"""What an author says further down the thread of their post: kept with the proof, read by the rules
post by post, and never counted for the first, which may be met alone."""

import json
from dataclasses import dataclass, replace
from datetime import datetime

from django.utils.dateparse import parse_datetime

from proche.areas.content.models import Post
from proche.areas.content.reading import draft_of, pre_check
from proche.areas.content.seeing import SAYS_THE_LINK
from proche.platforms.seen import Later, Rest


@dataclass(frozen=True)
class LaterWords:
    """One of these posts; `says`: the rules find the link in it."""

    address: str
    at: datetime | None
    text: str
    says: bool


@dataclass(frozen=True)
class Thread:
    """`more`: the author goes on, beyond what is read."""

    posts: list[LaterWords]
    more: bool

    @property
    def says(self) -> bool:
        return any(one.says for one in self.posts)


def as_kept(post: Post, rest: Rest | None) -> bytes:
    """The bytes that are sealed; empty where nothing was read below the post."""
    if rest is None or not rest.posts:
        return b""
    told = {"more": rest.more, "posts": [_as_kept(post, one) for one in rest.posts]}
    return (json.dumps(told, ensure_ascii=False, indent=2) + "\n").encode()


def _as_kept(post: Post, later: Later) -> dict[str, str]:
    # What stands on the images of the first post says nothing of another one.
    draft = replace(draft_of(post, caption=later.text), on_screen="", said="")
    verdict = pre_check(post.exchange, draft, warning=later.warning).verdict
    return {
        "address": later.address,
        "at": later.at.isoformat() if later.at else "",
        "warning": later.warning,
        "text": later.text,
        "verdict": str(verdict),
    }


def thread_in(kept: bytes) -> Thread | None:
    """As a page shows it: the words as one meets them, what hides them first."""
    if not kept:
        return None
    told = json.loads(kept)
    posts = [
        LaterWords(
            one["address"],
            parse_datetime(one["at"]) if one["at"] else None,
            "\n\n".join(filter(None, (one["warning"], one["text"]))),
            one["verdict"] in SAYS_THE_LINK,
        )
        for one in told["posts"]
    ]
    return Thread(posts, told["more"])
