"""What was seen of a post or an account, whichever road led to it: a public page, or the interface
of a network. What could not be seen is said not to be; it never passes for all well."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import ClassVar

# Such an answer may be another one in an hour.
LATER = frozenset({408, 425, 429, 500, 502, 503, 504})
INTERFACE = "api"


class State(StrEnum):
    """PRIVATE: it is there, and not for everyone. NOT_FOUND: the network knows no such thing, which
    may mean taken away, renamed or never public; GONE: it says that it was taken away."""

    UP = "up"
    GONE = "gone"
    PRIVATE = "private"
    NOT_FOUND = "not_found"
    NOT_SEEN = "not_seen"


@dataclass(frozen=True, slots=True)
class Picture:
    """`alt` is what its author wrote for those who do not see it; empty where nothing."""

    url: str
    alt: str = ""


@dataclass(frozen=True, slots=True)
class Counts:
    """None where a network hides one."""

    likes: int | None = None
    replies: int | None = None
    reposts: int | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """What only an interface says of a post.

    `author_id` stays when the handle changes. `warning` hides the words until a click; `labels` are
    those of moderation. `spelled_out`: the words with every shortened link written in full."""

    author: str
    author_id: str
    language: str = ""
    created_at: datetime | None = None
    edited_at: datetime | None = None
    pictures: tuple[Picture, ...] = ()
    warning: str = ""
    labels: tuple[str, ...] = ()
    counts: Counts = Counts()
    spelled_out: str = ""


@dataclass(frozen=True, slots=True)
class Later:
    """A post that its author wrote below their own."""

    address: str
    at: datetime | None
    text: str
    warning: str = ""


@dataclass(frozen=True, slots=True)
class Rest:
    """What the author of a post says further down its thread: each post right below their last
    one, MOST at most. `posts` is None where it could not be read; `more`: there are others."""

    posts: tuple[Later, ...] | None = ()
    more: bool = False
    wait: float | None = None

    MOST: ClassVar[int] = 10

    @property
    def is_whole(self) -> bool:
        return self.posts is not None and not self.more


@dataclass(frozen=True, slots=True)
class Seen:
    """A post. `why` it was not seen: a code of NotFetched, or `status`, `login`, `robots`,
    `nothing`, `no_post`, `server`, `author`; with NOT_FOUND, `no_handle` where it is the name in
    the address that leads nowhere. `text` is None where the words were not seen; `wait`: seconds
    for which the site asks to be left alone."""

    state: State
    source: str
    status: int | None = None
    text: str | None = None
    whole: bool = False
    image_url: str = ""
    image: bytes | None = None
    why: str = ""
    permanent: bool = True
    wait: float | None = None
    answer: bytes = b""
    told: Told | None = None
    # None where nobody asked for it.
    rest: Rest | None = None


@dataclass(frozen=True, slots=True)
class AccountSeen:
    """An account by the interface of its network; a figure is None where it is hidden."""

    state: State
    handle: str = ""
    account_id: str = ""
    followers: int | None = None
    following: int | None = None
    posts: int | None = None
    why: str = ""
    permanent: bool = True
    wait: float | None = None
