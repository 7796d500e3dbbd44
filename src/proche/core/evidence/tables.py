"""The four tables of the input: their columns, and which must be there."""

from dataclasses import dataclass
from enum import StrEnum


class Type(StrEnum):
    TEXT = "text"
    ACCOUNT = "account"
    KEY = "key"
    COUNT = "count"
    FLAG = "flag"
    MOMENT = "moment"
    CHOICE = "choice"


@dataclass(frozen=True, slots=True)
class Column:
    name: str
    type: Type
    required: bool = False
    # An empty cell in a filled column stops the reading; elsewhere it is simply unknown.
    filled: bool = False
    words: tuple[tuple[str, str], ...] = ()
    # A blank cell says "there is none", where elsewhere it says "not known".
    blank_is_none: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    name: str
    columns: tuple[Column, ...]
    key: tuple[str, ...] = ()

    def column(self, name: str) -> Column:
        return next(c for c in self.columns if c.name == name)

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(c.name for c in self.columns)


def _same(*words: str) -> tuple[tuple[str, str], ...]:
    return tuple((word, word) for word in words)


FLAG_WORDS = tuple(
    (word, value)
    for value, words in {
        "true": ("true", "1", "yes", "y", "t", "oui", "o", "vrai"),
        "false": ("false", "0", "no", "n", "f", "non", "faux"),
    }.items()
    for word in words
)
INTENT_WORDS = (
    *((word, "yes") for word in ("yes", "true", "1", "oui")),
    *((word, "no") for word in ("no", "false", "0", "non")),
    *((word, "unknown") for word in ("unknown", "inconnu", "?")),
)
VERB_WORDS = (
    *_same("like", "reply", "share", "mention", "follow"),
    ("comment", "reply"),
    ("favourite", "like"),
    ("announce", "share"),
)
PROOF_WORDS = _same("declared", "screenshot", "public", "archive", "api")

ACCOUNTS = Table(
    "accounts",
    (
        Column("account_id", Type.ACCOUNT, required=True, filled=True),
        Column("platform", Type.TEXT, required=True, filled=True),
        Column("followers", Type.COUNT, required=True),
        Column("handle", Type.TEXT),
        Column("following", Type.COUNT),
        Column("posts_total", Type.COUNT),
        Column("bio", Type.TEXT, blank_is_none=True),
        Column("category", Type.TEXT),
        Column("is_business", Type.FLAG, words=FLAG_WORDS),
        Column("is_private", Type.FLAG, words=FLAG_WORDS),
        Column("has_avatar", Type.FLAG, words=FLAG_WORDS),
        Column("external_url", Type.TEXT),
        Column("language", Type.TEXT),
        Column("region", Type.TEXT),
        Column("created_at", Type.MOMENT),
        Column("as_of", Type.MOMENT),
        Column("occupation", Type.TEXT),
        Column("seeks_living", Type.CHOICE, words=INTENT_WORDS),
        Column("proof", Type.CHOICE, words=PROOF_WORDS),
        # Two lengths stand in for texts a careful sender left out.
        Column("bio_length", Type.COUNT),
        Column("handle_digits", Type.COUNT),
    ),
    key=("account_id",),
)
POSTS = Table(
    "posts",
    (
        Column("post_id", Type.KEY, required=True, filled=True),
        Column("account_id", Type.ACCOUNT, required=True, filled=True),
        Column("published_at", Type.MOMENT, required=True),
        Column("text", Type.TEXT),
        Column("likes", Type.COUNT),
        Column("comments", Type.COUNT),
        Column("shares", Type.COUNT),
        Column("views", Type.COUNT),
        Column("sponsored", Type.FLAG, words=FLAG_WORDS),
        Column("hashtags", Type.TEXT),
        Column("language", Type.TEXT),
        Column("media_type", Type.TEXT),
    ),
    key=("account_id", "post_id"),
)
INTERACTIONS = Table(
    "interactions",
    (
        Column("actor_id", Type.ACCOUNT, required=True),
        Column("target_account_id", Type.ACCOUNT, required=True),
        Column("verb", Type.CHOICE, required=True, filled=True, words=VERB_WORDS),
        Column("at", Type.MOMENT, required=True),
        Column("post_id", Type.KEY),
        Column("in_reply_to_actor_id", Type.ACCOUNT),
        Column("text", Type.TEXT),
    ),
)
AUDIENCE = Table(
    "audience",
    (
        Column("account_id", Type.ACCOUNT, required=True, filled=True),
        Column("person_key", Type.KEY, required=True, filled=True),
    ),
)
TABLES = (ACCOUNTS, POSTS, INTERACTIONS, AUDIENCE)
