"""“Is this still you?”, a year after the last answer: a message, a reminder, then the team asks.
Nobody is ever removed for not answering."""

from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import DateTimeField, Exists, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from proche.areas.accounts.models import Programme, User
from proche.areas.content.links import still_true_token
from proche.areas.messages.actions import Recipient, send
from proche.areas.people.actions import record
from proche.areas.people.kept import StillTrue
from proche.areas.people.models import Person
from proche.common.errors import Refusal

A_YEAR = timedelta(days=365)
REMINDED_AFTER = timedelta(days=30)
# After the reminder: then somebody of the team asks in person.
TO_ASK_AFTER = timedelta(days=30)
# So that a bank brought in on one day is not written to in one night.
A_NIGHT = 300

Answer = StillTrue.Answer


def ask_those_due() -> int:
    """Ask members whose last answer, or else joining, is a year old; the oldest first."""
    now = timezone.now()
    answered = StillTrue.objects.filter(person=OuterRef("pk"), answered_at__isnull=False)
    last = answered.order_by("-answered_at").values("answered_at")[:1]
    due = (
        Person.objects.members()
        .annotate(
            waits=Exists(StillTrue.objects.filter(person=OuterRef("pk"), answered_at=None)),
            known_on=Coalesce(
                Subquery(last), "joined_at", "created_at", output_field=DateTimeField()
            ),
        )
        .filter(waits=False, known_on__lte=now - A_YEAR)
        .order_by("known_on", "pk")
    )
    keys = list(due.values_list("pk", flat=True)[:A_NIGHT])
    return sum(_ask(pk) for pk in keys)


@transaction.atomic
def _ask(pk: int) -> bool:
    """One message; a job delivered twice finds the question already there."""
    person = Person.objects.members().select_for_update().filter(pk=pk).first()
    if person is None or StillTrue.objects.filter(person=person, answered_at=None).exists():
        return False
    question = StillTrue.objects.create(person=person, asked_at=timezone.now())
    _write(question, person, "still_true")
    record(person, "still_true_asked")
    return True


def remind_those_silent() -> int:
    silent = StillTrue.objects.filter(
        answered_at=None, reminded_at=None, asked_at__lte=timezone.now() - REMINDED_AFTER
    ).filter(person__state=Person.State.MEMBER)
    keys = list(silent.order_by("asked_at").values_list("pk", flat=True)[:A_NIGHT])
    return sum(_remind(pk) for pk in keys)


@transaction.atomic
def _remind(pk: int) -> bool:
    question = StillTrue.objects.select_for_update().filter(pk=pk, answered_at=None).first()
    if question is None or question.reminded_at:
        return False
    StillTrue.objects.filter(pk=pk).update(reminded_at=timezone.now())
    _write(question, question.person, "still_true_again")
    record(question.person, "still_true_reminded")
    return True


def _write(question: StillTrue, person: Person, kind: str) -> None:
    token = still_true_token(question)
    send(
        person.programme,
        kind,
        Recipient.of(person),
        once_key=f"{kind}:{person.pk}:{question.asked_at:%Y-%m-%d}",
        context={"address": reverse("member:still_true_link", args=[token])},
    )


def open_question(person: Person) -> StillTrue | None:
    question: StillTrue | None = StillTrue.objects.filter(person=person, answered_at=None).first()
    return question


def last_confirmed(person: Person) -> StillTrue | None:
    """The last time the person, or the team for them, said that the facts are true."""
    said = StillTrue.objects.filter(person=person, answer__in=[Answer.TRUE, Answer.CHANGED])
    found: StillTrue | None = said.select_related("by").order_by("-answered_at").first()
    return found


@transaction.atomic
def answer_question(person: Person, answer: str, *, by: User | None = None) -> StillTrue:
    """The answer to the question that waits; said of one's own accord where none does, it counts
    as well. `by` is who of the team heard it."""
    now = timezone.now()
    locked = Person.objects.select_for_update().get(pk=person.pk)
    question = open_question(locked) or StillTrue(person=locked, asked_at=now)
    question.answered_at, question.answer, question.by = now, answer, by
    question.save()
    if answer == Answer.TRUE:
        record(locked, "still_true_heard" if by else "still_true_answered", by=by)
    return question


def take_answer_back(question: StillTrue) -> None:
    """Undo what the team heard, a moment ago; the question waits again."""
    if question.by_id is None or open_question(question.person):
        raise Refusal(_("There is nothing to undo."), code="nothing_to_undo")
    StillTrue.objects.filter(pk=question.pk).update(answered_at=None, answer="", by=None)


def to_ask(programme: Programme) -> QuerySet[StillTrue]:
    """Members who answered neither the question nor its reminder: for the team to ask."""
    return _unanswered().filter(person__programme=programme)


def to_ask_of(person: Any) -> QuerySet[StillTrue]:
    """The same for one person, or one row of a question about people (`OuterRef`)."""
    return _unanswered().filter(person=person)


def _unanswered() -> QuerySet[StillTrue]:
    return StillTrue.objects.filter(
        answered_at=None,
        reminded_at__lte=timezone.now() - TO_ASK_AFTER,
        person__state=Person.State.MEMBER,
    )
