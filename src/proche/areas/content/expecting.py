"""When a post is expected, and when it no longer is: called by the posting clock."""

from typing import Any

from django.utils import timezone

from proche.areas.campaigns.models import Exchange
from proche.areas.content.models import Post
from proche.areas.people.actions import record


def expect_post(exchange: Exchange) -> None:
    """The posting clock has started: one post is expected, where there is an obligation."""
    if not exchange.obligation or exchange.posts.exists():
        return
    Post.objects.create(exchange=exchange, expected_at=timezone.now())
    tell(exchange, "post_expected")


def no_longer_expect(exchange: Exchange) -> None:
    """The thing came broken: a post not handed in is not waited for."""
    gone, _rows = exchange.posts.filter(state=Post.State.EXPECTED).delete()
    if gone:
        tell(exchange, "post_no_longer_expected")


def tell(exchange: Exchange, verb: str, **details: Any) -> None:
    brief = exchange.offer.campaign.brief
    record(
        exchange.offer.person,
        verb,
        brand=brief.brand.name,
        campaign=brief.title_fr,
        **details,
    )
