"""When a link still opens, and what of a person a brand may see."""

from django.utils import timezone

from proche.areas.matching.models import BrandReview


def is_open(review: BrandReview) -> bool:
    return review.revoked_at is None and timezone.now() < review.expires_at
