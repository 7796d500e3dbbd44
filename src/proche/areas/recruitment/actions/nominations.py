"""A nomination by a link to forward: nothing about the nominee is kept until they sign up.

On refusal and after 30 days what the nominator wrote is destroyed; the row keeps only its state,
so that the counts of the call stay true (privacy notes 2.2)."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from proche.areas.recruitment.actions.admission import Admitted
from proche.areas.recruitment.actions.applications import expire_unconfirmed
from proche.areas.recruitment.actions.drafts import destroy_drafts, expire_drafts
from proche.areas.recruitment.limits import forget_attempts, take_place
from proche.areas.recruitment.marks import refuse_contact
from proche.areas.recruitment.models import (
    Block,
    Call,
    Draft,
    HandleDuties,
    Nomination,
    Supporter,
)
from proche.areas.recruitment.residue import scrub
from proche.areas.recruitment.writing import give, is_given
from proche.common.errors import Refusal

State = Nomination.State
LIFETIME = timedelta(days=30)
OPEN = [State.PROPOSED, State.INVITED]
# What a refused or expired row forgets.
FORGOTTEN = {"nominator_name": "", "platform": "", "handle": "", "reason": "", "trace": None}


@transaction.atomic
def propose_nomination(call: Call, admitted: Admitted, *, nominator_name: str = "") -> str:
    """The key of a personal link to forward; the same form sent again gives the same one. The name
    is kept only if the nominator wants it said."""
    refuse_contact(nominator_name, field="nominator_name")
    if is_given(call.pk, admitted.key):
        return admitted.key
    take_place(call, admitted.mark, worked=admitted.worked)
    give(
        Nomination(
            call=call,
            key=admitted.key,
            nominator_name=nominator_name.strip(),
            notice_version=admitted.notice_version,
            created_at=timezone.now(),
        )
    )
    return admitted.key


def open_nomination(nomination: Nomination) -> None:
    """The nominee opened the link."""
    Nomination.objects.filter(pk=nomination.pk, state=State.PROPOSED).update(
        state=State.INVITED, changed_at=timezone.now()
    )


def accept_nomination(nomination: Nomination) -> Nomination:
    """Check that the nominee may go on to sign up with this link."""
    if nomination.state not in OPEN:
        raise Refusal(_("This invitation was already answered."), code="already_answered")
    return nomination


@transaction.atomic
def refuse_nomination(nomination: Nomination) -> None:
    """No is final and leaves nothing behind but, where an account was named, a keyed one-way trace:
    every nomination of that account ends with this one, and none begins again."""
    open_now = Nomination.objects.select_for_update(of=("self",)).filter(
        state__in=OPEN, person=None
    )
    row = open_now.filter(pk=nomination.pk).select_related("call").first()
    if row is None:
        raise Refusal(_("This invitation was already answered."), code="already_answered")
    if row.trace:
        block = Block(programme_id=row.call.programme_id, trace=row.trace)
        Block.objects.bulk_create([block], ignore_conflicts=True)
        same = open_now.filter(call__programme=row.call.programme_id, trace=row.trace)
    else:
        same = open_now.filter(pk=row.pk)
    ended = [found.pk for found in same]
    destroy_drafts(Draft.objects.filter(nomination__in=ended))
    _end(ended, State.REFUSED, timezone.now())
    transaction.on_commit(scrub)


def _end(pks: list[int], state: State, now: datetime) -> int:
    Supporter.objects.filter(nomination__in=pks).update(name="")
    return Nomination.objects.filter(pk__in=pks).update(state=state, changed_at=now, **FORGOTTEN)


def expire_nominations(now: datetime) -> int:
    """Destroy what unanswered nominations hold; returns how many expired."""
    waiting = Nomination.objects.filter(state__in=OPEN, person=None)
    late = list(waiting.filter(created_at__lt=now - LIFETIME).values_list("pk", flat=True))
    for duties in HandleDuties.objects.all():
        mine = waiting.filter(call__programme=duties.programme_id, trace__isnull=False)
        late += mine.filter(created_at__lt=now - timedelta(days=duties.kept_days)).values_list(
            "pk", flat=True
        )
    with transaction.atomic():
        return _end(list(set(late)), State.EXPIRED, now)


def forget(now: datetime) -> int:
    """All that time destroys: late nominations, the accounts of those who signed up and now speak
    for themselves, sign-ups put aside or never confirmed, the marks of addresses. Returns how many
    nominations expired."""
    expired = expire_nominations(now)
    expire_drafts(now)
    expire_unconfirmed(now)
    Nomination.objects.filter(person__isnull=False).exclude(handle="").update(
        platform="", handle="", reason=""
    )
    forget_attempts(now)
    scrub()
    return expired
