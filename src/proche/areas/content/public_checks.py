"""Whether the server may read public pages: off until an owner turns it on."""

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from proche.areas.accounts.models import Programme, User
from proche.areas.content.proofs import PublicChecks
from proche.platforms.public_pages import Fetcher, Limits, Reader

# Up to four documents a look; a run of looks must end well before the queue gives it up.
LIMITS = Limits(connect=4, silence=4, total=8)


def reader() -> Reader:
    """The reader as it goes out: no allowance, and it says who asks."""
    return Reader(Fetcher(limits=LIMITS, contact=settings.BASE_URL))


def in_force(programme: Programme) -> PublicChecks | None:
    found: PublicChecks | None = programme.public_checks.filter(off_at=None).first()
    return found


@transaction.atomic
def turn_on(programme: Programme, *, with_images: bool, by: User) -> None:
    """From now on; asking for the other choice of images ends the one in force."""
    Programme.objects.select_for_update().get(pk=programme.pk)
    held = in_force(programme)
    if held is not None and held.with_images == with_images:
        return
    turn_off(programme, by=by)
    PublicChecks.objects.create(
        programme=programme, with_images=with_images, on_at=timezone.now(), on_by=by
    )


def turn_off(programme: Programme, *, by: User) -> None:
    """Nothing leaves any more; what was seen stays."""
    programme.public_checks.filter(off_at=None).update(off_at=timezone.now(), off_by=by)
