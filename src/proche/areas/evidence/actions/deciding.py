"""A person's hand on what a refresh proposed: sign, keep the one in force, or let go kindly."""

from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from proche.areas.accounts.models import User
from proche.areas.evidence.actions.verdicts import sign
from proche.areas.evidence.models import Change, Verdict
from proche.areas.messages.actions import Recipient, send
from proche.areas.people.actions import change_state, record
from proche.areas.people.models import Person
from proche.common.errors import Refusal


@transaction.atomic
def sign_many(verdicts: Iterable[Verdict], *, by: User) -> int:
    """Sign as proposed, all or none. A graduation is decided one person at a time."""
    signed = 0
    for verdict in verdicts:
        if verdict.change == Change.GRADUATION:
            raise Refusal(
                _("Someone who has grown is decided on alone: open their row."),
                code="decide_alone",
            )
        sign(verdict, by=by)
        signed += 1
    return signed


@transaction.atomic
def keep_in_force(verdict: Verdict, *, by: User, until: date | None = None) -> Verdict:
    """Say that somebody looked and keeps the verdict in force; `until` brings it back then."""
    locked = _open(verdict)
    if not Verdict.objects.signed().filter(person=locked.person_id).exists():
        raise Refusal(
            _("No verdict is in force for this person: sign this one."), code="nothing_in_force"
        )
    if locked.change == Change.GRADUATION and until is None:
        raise Refusal(_("Say until when."), code="until_needed", field="until")
    if until is not None and until <= timezone.localdate():
        raise Refusal(_("Give a day to come."), code="until_past", field="until")
    now = timezone.now()
    locked.kept_by, locked.kept_at, locked.kept_until = by, now, until
    locked.replaced_at = now
    locked.save(update_fields=["kept_by", "kept_at", "kept_until", "replaced_at"])
    record(locked.person, "verdict_kept", by=by)
    return locked


@transaction.atomic
def take_back_keeping(verdict: Verdict, *, by: User) -> None:
    """Put back what was kept aside, unless something else waits by now."""
    Person.objects.select_for_update().get(pk=verdict.person_id)
    verdict.refresh_from_db()
    if verdict.kept_at is None:
        return
    newer = Verdict.objects.filter(person=verdict.person_id, pk__gt=verdict.pk)
    if newer.exists():
        raise Refusal(_("Something newer is said of this person."), code="newer_verdict")
    Verdict.objects.filter(pk=verdict.pk).update(
        kept_by=None, kept_at=None, kept_until=None, replaced_at=None
    )
    record(verdict.person, "verdict_looked_at_again", by=by)


@transaction.atomic
def let_go(verdict: Verdict, *, by: User, words: str = "") -> None:
    """Sign the new tier and thank the person by mail. They are proposed to no brand any more;
    nothing is erased: their page stays, for them to take a copy, come back or leave for good."""
    locked = _open(verdict)
    person = locked.person
    sign(locked, by=by)
    if person.state == Person.State.MEMBER:
        change_state(person, Person.State.ASLEEP, by=by)
    record(person, "graduated", by=by)
    send(
        person.programme,
        "graduated",
        Recipient.of(person),
        once_key=f"graduated:{locked.pk}",
        context={"words": words.strip()},
        by=by,
    )


def _open(verdict: Verdict) -> Verdict:
    Person.objects.select_for_update().get(pk=verdict.person_id)
    locked: Verdict = Verdict.objects.select_related("person__programme").get(pk=verdict.pk)
    if locked.signed_at or locked.replaced_at:
        raise Refusal(_("This verdict was already signed or replaced."), code="already_signed")
    return locked
