"""What changes a person; each change writes one timeline entry in the same transaction."""

import unicodedata
from typing import Any

from django.db import transaction
from django.utils import timezone

from proche.areas.accounts.models import User
from proche.areas.people.kept import Said
from proche.areas.people.models import Person, TimelineEntry
from proche.areas.people.said import changed_facts, note
from proche.common.regions import BY_CODE
from proche.core.topics import taxonomy as topics


def record(person: Person, verb: str, *, by: User | None = None, **details: Any) -> TimelineEntry:
    """Write what happened. Call it inside the transaction that made it happen."""
    return TimelineEntry.objects.create(
        person=person, verb=verb, by=by, at=timezone.now(), details=details
    )


class _Marks(dict[int, int | None]):
    """For `str.translate`: nothing in the place of a mark that combines; each is looked up once."""

    def __missing__(self, code: int) -> int | None:
        self[code] = None if unicodedata.combining(chr(code)) else code
        return self[code]


MARKS = _Marks()


def fold(text: str) -> str:
    """Lower case without accents, as the bank's search compares: « Gaspésie » finds gaspesie."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    plain = decomposed if decomposed.isascii() else decomposed.translate(MARKS)
    return plain.replace("’", "'").replace("œ", "oe").replace("æ", "ae")


def searchable(person: Person) -> str:
    region = BY_CODE.get(person.region)
    parts = [person.given_name, person.family_name, person.occupation, person.city, person.email]
    parts += [region.fr, region.en] if region else []
    for code in person.topics:
        topic = topics.by_code().get(code)
        parts += [code.replace("_", " "), *((topic.fr, topic.en) if topic else ())]
    if person.pk:
        parts += [account.handle for account in person.accounts.all()]
    return fold(" ".join(parts))


def save_person(person: Person) -> Person:
    """Save with the words the bank searches; call again after changing the accounts."""
    person.search_text = searchable(person)
    person.save()
    return person


@transaction.atomic
def change_answers(person: Person) -> None:
    """Keep what the person answered about themselves; call it with the changed answers set."""
    before = changed_facts(person)
    save_person(person)
    if before:
        note(person, before, Said.Source.MEMBER, None, timezone.now(), before=before)
    record(person, "answers_changed")


@transaction.atomic
def change_state(person: Person, state: Person.State, *, by: User | None, **details: Any) -> None:
    """Move a person to a state: written on the person, with who and when on the timeline."""
    person.state = state
    if state == Person.State.MEMBER and person.joined_at is None:
        person.joined_at = timezone.now()
    person.save(update_fields=["state", "joined_at"])
    record(person, f"person_{state}", by=by, **details)
