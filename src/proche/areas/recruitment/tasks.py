"""Jobs of this area."""

from django.utils import timezone

from proche.areas.recruitment.actions import forget


def forget_what_time_destroys() -> int:
    return forget(timezone.now())
