"""What follows from a look at a post: what is gone, or does not say the link, is checked again."""

from proche.areas.campaigns.models import Exchange
from proche.areas.content.expecting import tell
from proche.areas.content.models import Post
from proche.areas.content.planning import unplan
from proche.areas.content.proofs import Proof
from proche.areas.content.proving import Look
from proche.areas.content.reading import draft_of, keep_reading, read_everywhere
from proche.areas.content.seeing import (
    NOT_FOR_EVERYONE,
    SAYS_THE_LINK,
    Words,
    begins_without,
    is_news,
)

Found = Proof.Found
APPROVED = {Post.State.CHECKED, Post.State.FIXED}


def follow(post: Post, look: Look, words: Words) -> None:
    """What is gone, or does not say the link, is to be checked again like a post handed in; one
    that still waits for its check waits with what was seen."""
    if post.state not in {Post.State.SUBMITTED, *APPROVED}:
        return
    late = begins_without(post, look)
    fine = (look.found in {Found.SAME, Found.PART} and not late) or look.verdict in SAYS_THE_LINK
    if fine or look.found == Found.NOT_SEEN or post.correction_asked_at is not None:
        return
    if look.text and (post.state in APPROVED or is_news(post, look)):
        draft = draft_of(post, caption=words.caption)
        everywhere = read_everywhere(post.exchange, draft, warning=words.warning)
        keep_reading(post, look.text, everywhere)
    if post.state in APPROVED:
        _back_to_check(post)
        tell(post.exchange, "post_begins_without" if late else _story_of(look))


def _story_of(look: Look) -> str:
    if look.found != Found.GONE:
        return "post_changed"
    return "post_hidden" if look.reason == NOT_FOR_EVERYONE else "post_gone"


def _back_to_check(post: Post) -> None:
    post.state, post.closed_at, post.closed_by = Post.State.SUBMITTED, None, None
    post.save(update_fields=["state", "closed_at", "closed_by"])
    Exchange.objects.filter(pk=post.exchange_id).update(closed_at=None)
    unplan(post)
