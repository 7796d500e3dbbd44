"""A self sign-up, from the form to a person's decision."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from proche.areas.accounts.actions import open_account
from proche.areas.accounts.models import Programme, User
from proche.areas.consent.actions import give
from proche.areas.consent.models import Consent, Purpose
from proche.areas.evidence.actions import propose, sign
from proche.areas.evidence.models import Verdict
from proche.areas.messages.actions import Recipient, ask_team, send
from proche.areas.people.actions import change_state, record, save_person
from proche.areas.people.models import Account, Person
from proche.areas.recruitment.links import token_for
from proche.areas.recruitment.models import Application, Nomination
from proche.common.errors import Refusal

State = Application.State


@dataclass(frozen=True)
class DeclaredAccount:
    platform: str
    handle: str
    followers: int | None


@dataclass(frozen=True)
class Answers:
    """What somebody said of themselves when signing up; names are those of Person."""

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
    limits: str = ""
    accepts_alcohol: bool = False
    accounts: tuple[DeclaredAccount, ...] = field(default=())


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
        purposes,
        source=Consent.Source.SIGN_UP,
        language=language,
        french_shown_at=french_shown_at,
    )
    application = Application.objects.create(
        person=person, language=language, submitted_at=timezone.now()
    )
    if nomination is not None:
        Nomination.objects.filter(pk=nomination.pk).update(person=person)
    record(person, "person_applied")
    _send_confirmation(application)
    return application


def _check(programme: Programme, answers: Answers, purposes: set[str]) -> None:
    if not answers.adult:
        raise Refusal(
            _("The programme is for people of %(age)d and older.") % {"age": programme.minimum_age},
            code="too_young",
            field="adult",
        )
    if Purpose.BANK not in purposes:
        raise Refusal(
            _("Without this consent we may not keep your answers, so there is nothing to send."),
            code="bank_consent_needed",
            field="bank",
        )


def _person(programme: Programme, answers: Answers, language: str) -> Person:
    given: dict[str, Any] = dict(vars(answers))
    accounts = given.pop("accounts")
    given["email"] = answers.email.strip().lower()
    given["topics"], given["content_languages"] = (
        list(answers.topics),
        list(answers.content_languages),
    )
    person = save_person(Person(programme=programme, language=language, **given))
    today = timezone.localdate()
    for account in accounts:
        Account.objects.create(
            person=person,
            platform=account.platform,
            handle=account.handle,
            followers=account.followers,
            as_of=today,
        )
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
        once_key=f"already_known:{known.pk}:{timezone.localdate()}",
        context={},
    )
    return None


def _send_confirmation(application: Application) -> None:
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
        propose(person, as_of=timezone.localdate())
    return locked


def _open(application: Application) -> Application:
    locked: Application = (
        Application.objects.select_for_update(of=("self",))
        .select_related("person__programme")
        .get(pk=application.pk)
    )
    if locked.state not in (State.RECEIVED, State.REVIEW):
        raise Refusal(_("Somebody already decided on this application."), code="already_decided")
    return locked


def _decide(application: Application, state: State, by: User, reason: str = "") -> None:
    application.state, application.decided_by = state, by
    application.decided_at, application.refusal_reason = timezone.now(), reason
    application.save()


@transaction.atomic
def accept(application: Application, *, by: User) -> Person:
    """Into the bank, with the verdict signed: as proposed if nobody signed another before."""
    application = _open(application)
    person = application.person
    waiting = Verdict.objects.to_sign().filter(person=person).first()
    if waiting is not None:
        sign(waiting, by=by)
    elif not Verdict.objects.signed().filter(person=person).exists():
        raise Refusal(
            _("There is no verdict to sign: ask for an account and its number of followers first."),
            code="no_verdict",
        )
    _decide(application, State.ACCEPTED, by)
    _give_account(person)
    change_state(person, Person.State.MEMBER, by=by)
    Nomination.objects.filter(person=person).update(
        state=Nomination.State.ACCEPTED, changed_at=timezone.now()
    )
    send(
        person.programme,
        "welcome",
        Recipient.of(person),
        once_key=f"welcome:{person.pk}",
        context={"address": reverse("member:home")},
        by=by,
    )
    return person


def _give_account(person: Person) -> None:
    """Members sign in with their address; somebody of the team may be a member too."""
    person.user = open_account(
        person.email,
        name=str(person),
        language=person.language,
        is_sample=person.programme.is_sample,
    )
    person.save(update_fields=["user"])


@transaction.atomic
def refuse(application: Application, reason: str, *, by: User) -> Application:
    """Say no, say why, and offer that another person looks again (Law 25, s. 12.1)."""
    application = _open(application)
    if not reason.strip():
        raise Refusal(_("Say why: the person reads it."), code="reason_needed", field="reason")
    again = application.state == State.REVIEW
    _decide(application, State.REFUSED, by, reason.strip())
    change_state(application.person, Person.State.REFUSED, by=by)
    token = token_for(application, "review")
    send(
        application.person.programme,
        "application_refused",
        Recipient.of(application.person),
        once_key=f"application_refused:{application.pk}:{'again' if again else 'first'}",
        context={
            "reason": reason.strip(),
            "review_address": "" if again else reverse("public:ask_review", args=[token]),
        },
        by=by,
    )
    return application


@transaction.atomic
def ask_applicant(application: Application, text: str, *, by: User) -> None:
    """Ask one thing before deciding; the answer comes back by email."""
    application = _open(application)
    send(
        application.person.programme,
        "application_question",
        Recipient.of(application.person),
        once_key=f"application_question:{application.pk}:{timezone.now():%Y%m%d%H%M}",
        context={"text": text.strip(), "reply_to": application.person.programme.officer_email},
        by=by,
    )
    record(application.person, "applicant_asked", by=by)


@transaction.atomic
def ask_review(application: Application, observations: str) -> None:
    """The refused person asks that somebody else looks, and says what was not seen."""
    application = Application.objects.select_for_update().get(pk=application.pk)
    if application.state != State.REFUSED or application.review_asked_at:
        raise Refusal(
            _("The review was already asked. Somebody will answer."), code="already_asked"
        )
    application.state, application.review_asked_at = State.REVIEW, timezone.now()
    application.save(update_fields=["state", "review_asked_at"])
    person = Person.objects.select_related("programme").get(pk=application.person_id)
    change_state(person, Person.State.APPLIED, by=None)
    ask_team(person, observations.strip() or str(_("Asks for a human review.")))
