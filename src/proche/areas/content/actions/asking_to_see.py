"""Asking the member for a screenshot, where the network does not say what became of a post."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from proche.areas.accounts.models import User
from proche.areas.campaigns.letters import write_to
from proche.areas.content.expecting import tell
from proche.areas.content.models import Post
from proche.areas.content.proofs import Proof
from proche.areas.content.seeing import NOT_FOR_EVERYONE
from proche.areas.messages.models import Message
from proche.common.errors import Refusal

KIND = "screenshot"


def unseen_in(proofs: list[Proof]) -> Proof | None:
    """The newest look, where only the member can show what became of the post; newest first."""
    newest = next(iter(proofs), None)
    return newest if newest and newest.reason == NOT_FOR_EVERYONE and not newest.erased_at else None


def asked_for(proof: Proof) -> Message | None:
    """The letter, where one was written about this look."""
    found: Message | None = Message.objects.filter(once_key=f"{KIND}:{_act(proof)}").first()
    return found


@transaction.atomic
def ask_screenshot(post: Post, *, by: User | None) -> None:
    """Write to the member, once a look. Raises Refusal where there is nothing to ask."""
    current = (
        Post.objects.select_for_update(of=("self",))
        .select_related(
            "exchange__offer__person", "exchange__offer__campaign__brief__brand__programme"
        )
        .get(pk=post.pk)
    )
    unseen = unseen_in(list(current.proofs.all()[:1]))
    if unseen is None:
        raise Refusal(_("This post was seen since: nothing is to be asked."), code="post_seen")
    if asked_for(unseen):
        raise Refusal(_("The member was already asked for a screenshot."), code="asked_once")
    write_to(current.exchange, KIND, _act(unseen), url=current.url, post=current, by=by)
    tell(current.exchange, "screenshot_asked", by=by)


def _act(proof: Proof) -> str:
    return f"{proof.post_id}:{proof.pk}"
