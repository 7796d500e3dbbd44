"""A self sign-up, from the form to the confirmed address."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from proche.areas.accounts.models import Programme
from proche.areas.consent import limits
from proche.areas.consent.actions import give
from proche.areas.consent.models import Consent, Purpose
from proche.areas.evidence.actions import propose
from proche.areas.messages.actions import Recipient, send
from proche.areas.people.actions import record, save_person
from proche.areas.people.kept import Said
from proche.areas.people.models import Account, Person
from proche.areas.people.resembling import look_for
from proche.areas.people.said import ACCOUNT_FACTS, FACTS, note
from proche.areas.recruitment.links import token_for
from proche.areas.recruitment.models import Application, Nomination
from proche.common.errors import Refusal

State = Application.State
# The link of the confirmation works for a week; what nobody confirmed goes a week after it.
UNCONFIRMED_FOR = timedelta(days=14)
MOST_CONFIRMATIONS = 3
ADULT = 18


def age_asked(programme: Programme) -> int:
    """In years: 18, or more where a programme says so. Never less: a programme of gifts, events
    and agreements is not offered to minors here."""
    return max(ADULT, programme.minimum_age)


@dataclass(frozen=True)
class DeclaredAccount:
    platform: str
    handle: str
    followers: int | None


@dataclass(frozen=True)
class Answers:
    """What somebody said of themselves when signing up; names are those of Person, and `track`
    holds what only one of the two tracks is asked, by the names of Application."""

    given_name: str
    family_name: str
    email: str
    region: str
    archetype: str
    adult: bool
    city: str = ""
    occupation: str = ""
    seeks_living: str = Person.SeeksLiving.UNKNOWN
    own_words: str = ""
    topics: tuple[str, ...] = ()
    content_languages: tuple[str, ...] = ()
    tries_products: bool = False
    attends_events: bool = False
    refused_brands: str = ""
    # Kept only with the consent beside them.
    limits: str = ""
    limits_agreed: bool = False
    accepts_alcohol: bool = False
    accounts: tuple[DeclaredAccount, ...] = field(default=())
    track: Mapping[str, Any] = field(default_factory=dict)


@transaction.atomic
def apply(
    programme: Programme,
    answers: Answers,
    *,
    purposes: Iterable[str],
    language: str,
    french_shown_at: datetime,
    nomination: Nomination | None = None,
) -> Application | None:
    """Keep the answers and send the confirmation. Nothing else is sent before it comes back.

    An address already known gets a message saying so and None is returned: the page answers the
    same either way, so that nobody learns who is a member.
    """
    _check(programme, answers, set(purposes))
    known = Person.objects.filter(programme=programme, email__iexact=answers.email).first()
    if known is not None:
        return _again(known)
    person = _person(programme, answers, language)
    give(
        person,
        [*purposes, *([Purpose.LIMITS] if answers.limits_agreed else [])],
        source=Consent.Source.SIGN_UP,
        language=language,
        french_shown_at=french_shown_at,
    )
    application = Application.objects.create(
        person=person, language=language, submitted_at=timezone.now(), **answers.track
    )
    if nomination is not None:
        Nomination.objects.filter(pk=nomination.pk).update(person=person)
    record(person, "person_applied")
    _send_confirmation(application)
    return application


def _check(programme: Programme, answers: Answers, purposes: set[str]) -> None:
    if not answers.adult:
        raise Refusal(
            _("The programme is for people of %(age)d and older.") % {"age": age_asked(programme)},
            code="too_young",
            field="adult",
        )
    if Purpose.BANK not in purposes:
        raise Refusal(
            _("Without this consent we may not keep your answers, so there is nothing to send."),
            code="bank_consent_needed",
            field="bank",
        )
    if answers.limits and not answers.limits_agreed:
        raise limits.box_needed()


def _person(programme: Programme, answers: Answers, language: str) -> Person:
    given: dict[str, Any] = dict(vars(answers))
    accounts = given.pop("accounts")
    given.pop("track")
    given.pop("limits_agreed")
    given["email"] = answers.email.strip().lower()
    given["topics"], given["content_languages"] = (
        list(answers.topics),
        list(answers.content_languages),
    )
    person = save_person(Person(programme=programme, language=language, **given))
    today, now = timezone.localdate(), timezone.now()
    note(person, FACTS, Said.Source.SIGN_UP, None, now)
    for account in accounts:
        row = Account.objects.create(
            person=person,
            platform=account.platform,
            handle=account.handle,
            followers=account.followers,
            as_of=today,
        )
        note(person, ACCOUNT_FACTS, Said.Source.SIGN_UP, None, now, account=row)
    return save_person(person)


def _again(known: Person) -> Application | None:
    application: Application | None = Application.objects.filter(
        person=known, state=State.UNCONFIRMED
    ).first()
    if application is not None:
        _send_confirmation(application)
        return application
    send(
        known.programme,
        "already_known",
        Recipient.of(known),
        once_key=f"already_known:{known.pk}:{timezone.localdate():%G-%V}",
        context={},
    )
    return None


def _send_confirmation(application: Application) -> None:
    sent = application.person.messages.filter(kind="confirm_email").count()
    if sent >= MOST_CONFIRMATIONS:
        return
    token = token_for(application, "confirm")
    hour = f"{timezone.now():%Y%m%d%H}"
    send(
        application.person.programme,
        "confirm_email",
        Recipient.of(application.person),
        once_key=f"confirm_email:{application.pk}:{hour}",
        context={"address": reverse("public:confirm_email", args=[token])},
    )


def confirm_email(application: Application) -> Application:
    """The address answers: the application reaches the team, with a proposed verdict."""
    with transaction.atomic():
        locked: Application = Application.objects.select_for_update().get(pk=application.pk)
        if locked.state != State.UNCONFIRMED:
            return locked
        locked.state, locked.email_confirmed_at = State.RECEIVED, timezone.now()
        locked.save(update_fields=["state", "email_confirmed_at"])
        person = Person.objects.select_related("programme").get(pk=locked.person_id)
        record(person, "email_confirmed")
        look_for(person)
        propose(person, as_of=timezone.localdate())
    return locked


def expire_unconfirmed(now: datetime) -> int:
    """Erase who signed up and whose address never answered: it may be somebody else's."""
    late = Application.objects.filter(
        state=State.UNCONFIRMED, submitted_at__lt=now - UNCONFIRMED_FOR
    )
    people = list(late.values_list("person_id", flat=True))
    Person.objects.filter(pk__in=people, user=None, state=Person.State.APPLIED).delete()
    return len(people)
