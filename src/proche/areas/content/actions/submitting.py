"""From the draft caption to the post handed in."""

from dataclasses import asdict
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from proche.areas.campaigns.models import Exchange
from proche.areas.content import planning
from proche.areas.content.expecting import tell
from proche.areas.content.models import Post
from proche.areas.content.proofs import Proof, ProofImage
from proche.areas.content.proving import Look, prove
from proche.areas.content.reading import Draft, keep_reading, read_everywhere

State = Post.State


@transaction.atomic
def submit(exchange: Exchange, draft: Draft, *, url: str, at: datetime | None = None) -> Post:
    """Hand in a post, with the images that wait: it is read by the rules, kept as proof of what the
    member showed, and a person of the team looks at it."""
    # Locked, so that two taps on the button hand in one post.
    current = (
        Exchange.objects.select_for_update(of=("self",))
        .select_related("offer__person", "offer__campaign__brief__brand__programme", "parcel")
        .get(pk=exchange.pk)
    )
    post = _awaited(current, url) or Post(exchange=current, expected_at=timezone.now())
    for name, value in asdict(draft).items():
        setattr(post, name, value)
    post.url, post.state = url, State.SUBMITTED
    post.submitted_at, post.correction_asked_at = timezone.now(), None
    post.closed_at = post.closed_by = None
    post.save()
    everywhere = read_everywhere(current, draft)
    verdict = keep_reading(post, post.caption, everywhere)
    _keep_proof(post, verdict, at)
    planning.plan_first(post, at=post.submitted_at)
    tell(current, "post_submitted")
    return post


def _keep_proof(post: Post, verdict: str, at: datetime | None) -> None:
    waiting = tuple(ProofImage.objects.filter(exchange=post.exchange, proof=None))
    look = Look(
        Proof.Who.MEMBER,
        Proof.Found.HANDED_IN,
        text="\n\n".join(part for part in (post.caption, post.on_screen, post.said) if part),
        whole=True,
        verdict=verdict,
        day=0,
    )
    prove(post, look, images=waiting, at=at)


def _awaited(exchange: Exchange, url: str) -> Post | None:
    """The row this hand-in belongs to: the same address again, a correction, the one expected."""
    posts = list(exchange.posts.exclude(state=State.WAIVED))
    same = [post for post in posts if post.url == url]
    waiting = [post for post in posts if post.state == State.EXPECTED or post.correction_asked_at]
    return next(iter(same + waiting), None)
