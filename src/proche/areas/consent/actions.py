"""Giving and withdrawing consent, one purpose at a time."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from proche.areas.consent import limits
from proche.areas.consent.models import Consent, Purpose
from proche.areas.consent.queries import text_in_force
from proche.areas.people.actions import change_answers, record
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
    if purpose == Purpose.LIMITS:
        limits.take_up(person)
    return consent


@transaction.atomic
def withdraw(person: Person, purpose: str) -> None:
    """Stop at once; without the consent to keep limits, these are erased. Being in the bank is
    ended by leaving, which says what it erases."""
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
    if purpose == Purpose.LIMITS:
        limits.forget(person)


@transaction.atomic
def answer(person: Person, *, agrees: bool, language: str) -> None:
    """Keep what a member answered about themselves, set on `person`; `agrees` says that the box
    beside the limits was ticked on this page. Raises Refusal for limits without their consent."""
    if person.limits and not agrees and not limits.agreed_to(person):
        raise limits.box_needed()
    # They stood on the page too: kept as limits, or emptied.
    person.limits_to_ask = ""
    if agrees:
        _give_limits(person, language)
    change_answers(person)


@transaction.atomic
def decide_limits(person: Person, *, keeps: bool, language: str) -> None:
    """What was written before there was a consent: agreed to, or erased."""
    if keeps:
        _give_limits(person, language)
        limits.take_up(person)
    else:
        limits.forget_waiting(person)


def _give_limits(person: Person, language: str) -> None:
    """On pages that show the French words first."""
    give(
        person,
        [Purpose.LIMITS],
        source=Consent.Source.MEMBER_PAGE,
        language=language,
        french_shown_at=timezone.now(),
    )
