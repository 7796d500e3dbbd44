"""What the server saw of a post, as a look that is kept: compared with what was handed in, and read
by the rules as it stands now."""

from dataclasses import dataclass
from typing import Any

from proche.areas.campaigns.models import Exchange
from proche.areas.content.comparing import compared
from proche.areas.content.images import read_image, store
from proche.areas.content.models import Post
from proche.areas.content.proofs import Proof, ProofImage
from proche.areas.content.proving import Look
from proche.areas.content.reading import draft_of, pre_check
from proche.common.errors import Refusal
from proche.platforms.public_pages import Seen
from proche.platforms.public_pages import State as Public
from proche.platforms.seen import Later

Found, Who = Proof.Found, Proof.Who
SAYS_THE_LINK = {"OK", "OK_NOTE", "NOT_REQUIRED"}
# One answer of a network for two things: taken away, or shown to some people only.
NOT_FOR_EVERYONE = Public.NOT_FOUND.value
SAW_IT = [Found.SAME, Found.PART, Found.CHANGED]


@dataclass(frozen=True)
class Words:
    """What is read: the caption, and what hides it until a click."""

    caption: str
    warning: str = ""


def as_seen(post: Post, seen: Seen, day: int) -> Look:
    how: dict[str, Any] = {"source": seen.source, "http_status": seen.status, "day": day}
    unknown = seen.state == Public.NOT_FOUND and not seen.why
    if seen.state == Public.GONE:
        return Look(Who.SERVER, Found.GONE, **how)
    if unknown and _was_seen(post):
        return Look(Who.SERVER, Found.GONE, reason=NOT_FOR_EVERYONE, **how)
    if seen.state in {Public.PRIVATE, Public.NOT_FOUND}:
        return Look(Who.SERVER, Found.NOT_SEEN, reason=seen.why or seen.state.value, **how)
    if seen.state == Public.NOT_SEEN or seen.text is None:
        return Look(Who.SERVER, Found.NOT_SEEN, reason=seen.why or "nothing", **how)
    return _words_seen(post, seen, how)


def _was_seen(post: Post) -> bool:
    """« No such post » says that it is gone only of a post that was there for everyone before."""
    looks = post.proofs.filter(found__in=SAW_IT).exclude(who=Who.MEMBER)
    return looks.filter(seen_at__gte=post.submitted_at).exists() if post.submitted_at else False


def _words_seen(post: Post, seen: Seen, how: dict[str, Any]) -> Look:
    words, shown = words_of(seen), text_of(seen)
    # The interface gives the first post of a thread; the others are in what its author says below.
    thread = post.format == "thread"
    below = seen.rest.posts if seen.rest and seen.rest.is_whole else None
    whole = seen.whole and (not thread or below is not None)
    found = compared(last_words(post), shown, whole=whole and not thread)
    if found == Found.CHANGED and seen.told and seen.told.spelled_out and not words.warning:
        found = compared(last_words(post), seen.told.spelled_out, whole=whole and not thread)
    verdict = verdict_of(post, words)
    if found == Found.SAME and not words.warning:
        verdict = verdict_of(post, Words(last_words(post)))
    elif not whole and verdict not in SAYS_THE_LINK:
        # The label may stand in what was not shown: only a person can tell.
        verdict = "HUMAN"
    if (
        thread
        and below
        and compared(last_words(post), _together(seen, below), whole=True) == Found.SAME
    ):
        # Handed in as one text. The verdict stays that of the first post, which is met alone.
        found = Found.SAME
    return Look(Who.SERVER, found, shown, whole, verdict, **how)


def _together(seen: Seen, below: tuple[Later, ...]) -> str:
    first = (seen.told and seen.told.spelled_out) or text_of(seen)
    return "\n\n".join([first, *(one.text for one in below)])


def verdict_of(post: Post, words: Words) -> str:
    draft = draft_of(post, caption=words.caption)
    return str(pre_check(post.exchange, draft, warning=words.warning).verdict)


def words_of(seen: Seen) -> Words:
    return Words(seen.text or "", seen.told.warning if seen.told else "")


def text_of(seen: Seen) -> str:
    """The words as one meets them: what hides them stands first."""
    words = words_of(seen)
    return "\n\n".join(filter(None, (words.warning, words.caption)))


def settles(look: Look) -> bool:
    """Whether what the server saw is enough to say how it is, without a person."""
    if look.found == Found.GONE or look.verdict in SAYS_THE_LINK:
        return True
    return look.found == Found.SAME or (look.found in {Found.CHANGED, Found.PART} and look.whole)


def begins_without(post: Post, look: Look) -> bool:
    """The server met the first post of a thread without the link, and nobody was told yet."""
    if post.format != "thread" or look.who != Who.SERVER or not look.whole:
        return False
    return look.verdict not in {*SAYS_THE_LINK, "HUMAN"} and is_news(post, look)


def is_news(post: Post, look: Look) -> bool:
    """The newest reading of the post is of other words."""
    newest = post.checks.first()
    return newest is None or newest.caption != look.text


def last_words(post: Post) -> str:
    """The caption as it was last seen whole, else as it was handed in."""
    changed = post.proofs.filter(found=Found.CHANGED, whole=True, erased_at=None)
    since = changed.filter(seen_at__gte=post.submitted_at) if post.submitted_at else changed
    latest = since.order_by("-pk").first()
    return latest.text if latest else post.caption


def image_of(exchange: Exchange, seen: Seen) -> tuple[ProofImage, ...]:
    if seen.image is None:
        return ()
    try:
        return (store(exchange, read_image(seen.image), what=ProofImage.What.PUBLIC),)
    except Refusal:
        # Not an image we can draw again: the words are proof without it.
        return ()
