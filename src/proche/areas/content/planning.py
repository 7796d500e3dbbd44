"""When a post is looked at: at the hand-in, then 1, 7 and 30 days after it was approved."""

from datetime import datetime, timedelta

from proche.areas.content.looking import may_look_at
from proche.areas.content.models import Post
from proche.areas.content.proofs import Recheck

DAYS = (1, 7, 30)


def plan_first(post: Post, *, at: datetime) -> None:
    """A post was handed in: what was planned for the one before is over."""
    post.rechecks.filter(done_at=None).delete()
    if may_look_at(post, post.exchange.offer.campaign.brief.brand.programme):
        Recheck.objects.create(post=post, day=0, due_at=at)


def plan(post: Post, *, since: datetime) -> None:
    """Approved: looked at again after 1, 7 and 30 days. A story is gone by itself after one."""
    unplan(post)
    if not post.url or post.format == "story":
        return
    Recheck.objects.bulk_create(
        Recheck(post=post, day=day, due_at=since + timedelta(days=day)) for day in DAYS
    )


def unplan(post: Post) -> None:
    post.rechecks.filter(done_at=None).exclude(day=0).delete()
