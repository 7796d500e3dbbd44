"""When the link of a partner still opens."""

from django.utils import timezone

from proche.areas.recruitment.models import PartnerLink


def is_open(link: PartnerLink) -> bool:
    return link.revoked_at is None and timezone.now() < link.expires_at
