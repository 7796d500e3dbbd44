"""A third party's word on when a seal existed, where the operator named a server for it. Only the
seal leaves, which says nothing of what it is the seal of."""

import logging
from datetime import timedelta

from django.conf import settings
from django.utils import timezone

from proche.areas.content.proofs import Proof, TimeStamp
from proche.platforms.timestamps import StampRefused, ask

log = logging.getLogger(__name__)
A_RUN = 50


def stamp(proof: Proof) -> bool:
    """False where there is no server, a stamp already, or no answer: it is asked again later."""
    if not settings.TIME_STAMP_URL or TimeStamp.objects.filter(proof=proof).exists():
        return False
    try:
        given = ask(settings.TIME_STAMP_URL, bytes.fromhex(proof.sealed))
    except StampRefused as refused:
        log.warning("proof %s has no time stamp: %s", proof.pk, refused)
        return False
    # Delivered twice, the first answer stays.
    _kept, new = TimeStamp.objects.get_or_create(
        proof=proof,
        defaults={
            "at": given.at,
            "server": settings.TIME_STAMP_URL[:200],
            "reply": given.reply,
        },
    )
    return new


def stamp_missing() -> int:
    """Those of the last month whose server did not answer. Stops at the first refusal."""
    if not settings.TIME_STAMP_URL:
        return 0
    recent = timezone.now() - timedelta(days=30)
    done = 0
    for proof in Proof.objects.filter(time_stamp=None, seen_at__gte=recent)[:A_RUN]:
        if not stamp(proof):
            break
        done += 1
    return done
