"""Asleep and awake: a break the member takes, open or until a day, instead of leaving."""

from datetime import date, timedelta

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from proche.areas.accounts.models import User
from proche.areas.messages.actions import Recipient, send
from proche.areas.people.actions import change_state, record
from proche.areas.people.kept import Break
from proche.areas.people.models import Person
from proche.common.errors import Refusal

State = Person.State
LONGEST = timedelta(days=731)


@transaction.atomic
def take_break(person: Person, *, until: date | None = None) -> None:
    """No offer, shortlist or letter until they come back, by themselves or on the morning of
    `until`; what is under way goes on. Raises Refusal for who is no member, or a past day."""
    locked = Person.objects.select_for_update().get(pk=person.pk)
    if locked.state != State.MEMBER:
        raise Refusal(_("Only a member can take a break."), code="not_member")
    _check(until)
    change_state(locked, State.ASLEEP, by=None)
    Break.objects.create(person=locked, began_at=timezone.now(), until=until)


@transaction.atomic
def change_end(person: Person, *, until: date | None) -> None:
    """Another day for the end of a break under way, or none."""
    _check(until)
    locked = Person.objects.select_for_update().get(pk=person.pk)
    if locked.state != State.ASLEEP:
        raise Refusal(_("You are not taking a break."), code="not_asleep")
    # Somebody put to sleep by a decision of the team has no row yet.
    Break.objects.update_or_create(
        person=locked,
        ended_at=None,
        defaults={"until": until},
        create_defaults={"until": until, "began_at": timezone.now()},
    )


def _check(until: date | None) -> None:
    if until is None:
        return
    today = timezone.localdate()
    if until <= today:
        raise Refusal(_("Choose a day after today."), code="past_day", field="until")
    if until > today + LONGEST:
        raise Refusal(
            _("Choose a day within two years, or leave it open."), code="far_day", field="until"
        )


@transaction.atomic
def come_back(person: Person) -> date | None:
    """A member again. Returns until when the break was to last, for an undo."""
    locked = Person.objects.select_for_update().get(pk=person.pk)
    if locked.state != State.ASLEEP:
        raise Refusal(_("You are not taking a break."), code="not_asleep")
    held = Break.objects.filter(person=locked, ended_at=None).first()
    Break.objects.filter(person=locked, ended_at=None).update(ended_at=timezone.now())
    Person.objects.filter(pk=locked.pk).update(state=State.MEMBER)
    record(locked, "person_came_back")
    return held.until if held else None


def wake() -> int:
    """Everybody whose break ends today or ended before. Returns how many."""
    ended = Break.objects.filter(
        ended_at=None, until__lte=timezone.localdate(), person__state=State.ASLEEP
    )
    woken = 0
    for one in ended.select_related("person"):
        try:
            come_back(one.person)
        except Refusal:  # came back by themselves a moment ago
            continue
        woken += 1
    return woken


@transaction.atomic
def propose_break(person: Person, *, by: User) -> None:
    """Write to a member that they may take a break; the decision is theirs. Once a month."""
    if person.state != State.MEMBER:
        raise Refusal(_("Only a member can take a break."), code="not_member")
    key = f"break_proposed:{person.pk}:{timezone.localdate():%Y-%m}"
    if person.messages.filter(once_key=key).exists():
        raise Refusal(_("A break was already proposed this month."), code="already_proposed")
    send(
        person.programme,
        "break_proposed",
        Recipient.of(person),
        once_key=key,
        context={"address": reverse("member:own_data")},
        by=by,
    )
    record(person, "break_proposed", by=by)
