"""Jobs of this area."""

from django.utils import timezone

from proche.areas.recruitment.actions import expire_nominations


def expire_old_nominations() -> int:
    return expire_nominations(timezone.now())
