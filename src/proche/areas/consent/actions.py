"""Giving and withdrawing consent, one purpose at a time."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from proche.areas.consent.models import Consent, Purpose
from proche.areas.consent.queries import text_in_force
from proche.areas.people.actions import record
from proche.areas.people.models import Person
from proche.common.errors import Refusal


@transaction.atomic
def give(
    person: Person,
    purposes: Iterable[str],
    *,
    source: Consent.Source,
    language: str,
    french_shown_at: datetime,
) -> list[Consent]:
    """One row per purpose with the words shown; a purpose already in force stays as it was."""
    in_force = set(person.consents.filter(withdrawn_at=None).values_list("purpose", flat=True))
    return [
        _give_one(person, purpose, source, language, french_shown_at)
        for purpose in purposes
        if purpose not in in_force
    ]


def _give_one(
    person: Person, purpose: str, source: Consent.Source, language: str, french_shown_at: datetime
) -> Consent:
    consent = Consent.objects.create(
        person=person,
        purpose=purpose,
        text=text_in_force(purpose),
        language=language,
        source=source,
        french_shown_at=french_shown_at,
        given_at=timezone.now(),
    )
    record(person, "consent_given", purpose=purpose)
    return consent


@transaction.atomic
def withdraw(person: Person, purpose: str) -> None:
    """Stop at once. Being in the bank is ended by leaving, which says what it erases."""
    if purpose == Purpose.BANK:
        raise Refusal(
            _("To stop being in the bank, leave the programme: the page says what is erased."),
            code="leave_instead",
        )
    changed = person.consents.filter(purpose=purpose, withdrawn_at=None).update(
        withdrawn_at=timezone.now()
    )
    if changed:
        record(person, "consent_withdrawn", purpose=purpose)
