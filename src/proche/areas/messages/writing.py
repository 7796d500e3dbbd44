"""Writing to several people chosen in the bank: who may be, in which words, in a job."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django_q.tasks import async_task

from proche.areas.accounts.models import User
from proche.areas.consent.models import Consent, Purpose
from proche.areas.messages.actions import Recipient, send, written
from proche.areas.messages.team_letters import TeamLetter
from proche.areas.people.models import Person
from proche.areas.people.settling import in_place_of, listed
from proche.common.choices import Language
from proche.common.errors import Refusal

KIND = "team_letter"
# A job must end well before the queue believes it lost.
A_JOB = 200
CHUNK = 5_000

REASONS: dict[str, str | Promise] = {
    "gone": _("no longer in the programme"),
    "asleep": _("on a break"),
    "not_agreed": _("did not agree to receive offers by email"),
    "no_words_fr": _("read French, and there is no French text"),
    "no_words_en": _("read English, and there is no English text"),
}


@dataclass(frozen=True)
class Reach:
    """How many can be written to, by language; how many cannot, by reason of REASONS."""

    written: dict[str, int]
    left_out: dict[str, int]

    @property
    def total(self) -> int:
        return sum(self.written.values())


def reach_of(letter: TeamLetter) -> Reach:
    """As it stands now; who withdraws a consent before their turn is not written to."""
    languages: Counter[str] = Counter()
    reasons: Counter[str] = Counter()
    for chunk in _chunks(letter.people, CHUNK):
        for person, reason in _each(letter, chunk):
            if reason:
                reasons[reason] += 1
            elif person:
                languages[person.language] += 1
    return Reach(dict(languages), dict(reasons))


def previews(letter: TeamLetter) -> list[tuple[str, str, str]]:
    """Language, subject and body as the first person of each language will read them."""
    firsts: dict[str, Person] = {}
    for chunk in _chunks(letter.people, CHUNK):
        for person, reason in _each(letter, chunk):
            if person and not reason:
                firsts.setdefault(person.language, person)
        if len(firsts) == len(Language):
            break
    return [
        (language, *_as_read(letter, firsts[language]))
        for language in Language.values
        if language in firsts
    ]


def _as_read(letter: TeamLetter, person: Person) -> tuple[str, str]:
    context = _context(letter, person.language)
    return written(letter.programme, KIND, Recipient.of(person), context)


@transaction.atomic
def post_letter(letter: TeamLetter, *, by: User) -> None:
    """Queue it, once. Raises Refusal where nobody can be written to."""
    locked = TeamLetter.objects.select_for_update().get(pk=letter.pk)
    if locked.sent_at:
        raise Refusal(_("This message is already on its way."), code="already_sent")
    if not reach_of(locked).total:
        raise Refusal(_("None of these people can be written to."), code="nobody_to_write_to")
    TeamLetter.objects.filter(pk=locked.pk).update(sent_at=timezone.now(), by=by)
    transaction.on_commit(lambda: _queue(locked.pk, 0))


def _queue(letter_id: int, start: int) -> None:
    async_task("proche.areas.messages.tasks.send_letter", letter_id, start)


@transaction.atomic
def continue_letter(letter_id: int, start: int) -> None:
    """Write to the next people and queue the job that follows. Delivered twice, nobody is
    written to twice: each message has a key of its own, and only one delivery counts."""
    letter = TeamLetter.objects.select_for_update().filter(pk=letter_id).first()
    if letter is None or letter.finished_at or letter.done != start:
        return
    people = letter.people[start : start + A_JOB]
    for person, reason in _each(letter, people):
        if person and not reason:
            send(
                letter.programme,
                KIND,
                Recipient.of(person),
                once_key=f"team_letter:{letter.pk}:{person.pk}",
                context=_context(letter, person.language),
                by=letter.by,
            )
            letter.written += 1
    letter.done = start + len(people)
    if letter.done >= len(letter.people):
        letter.finished_at = timezone.now()
    else:
        following = letter.done
        transaction.on_commit(lambda: _queue(letter_id, following))
    letter.save(update_fields=["done", "written", "finished_at"])


def _context(letter: TeamLetter, language: str) -> dict[str, str]:
    english = language == Language.ENGLISH
    return {
        "subject": letter.subject_en if english else letter.subject_fr,
        "text": letter.body_en if english else letter.body_fr,
    }


def _chunks(people: Sequence[int], size: int) -> Iterator[Sequence[int]]:
    for start in range(0, len(people), size):
        yield people[start : start + size]


def _each(letter: TeamLetter, people: Sequence[int]) -> Iterator[tuple[Person | None, str]]:
    """Each person in this order, with why they cannot be written to or an empty string."""
    found = Person.objects.in_programme(letter.programme).in_bulk(people)
    agreed = set(
        Consent.objects.filter(
            person__in=people, purpose=Purpose.OFFERS, withdrawn_at=None
        ).values_list("person_id", flat=True)
    )
    for pk in people:
        person = found.get(pk)
        yield person, _reason(letter, person, pk in agreed)


def _reason(letter: TeamLetter, person: Person | None, agreed: bool) -> str:
    if person is None or person.state not in (Person.State.MEMBER, Person.State.ASLEEP):
        return "gone"
    if person.state == Person.State.ASLEEP:
        return "asleep"
    if not agreed:
        return "not_agreed"
    context = _context(letter, person.language)
    if not (context["subject"] and context["text"]):
        return f"no_words_{person.language}"
    return ""


def letters_once_merged(kept: Person, other: Person) -> Iterator[tuple[TeamLetter, str, list[int]]]:
    """The kept person is written to in the other's place; where both were chosen, once."""
    for letter in listed(TeamLetter, "people", kept, other):
        yield letter, "people", in_place_of(other, kept, letter.people)
