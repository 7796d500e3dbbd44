"""When a link still opens, and who sets how a programme ranks."""

from typing import Any

from django.utils import timezone

from proche.areas.accounts.models import Programme
from proche.areas.accounts.rules import may_manage_team
from proche.areas.matching.models import BrandReview


def is_open(review: BrandReview) -> bool:
    closed = review.revoked_at is not None or review.contact.removed_at is not None
    return not closed and timezone.now() < review.expires_at


def may_set_ranking(user: Any, programme: Programme) -> bool:
    """An owner: what counts in a ranking binds the whole team."""
    return may_manage_team(user, programme)
