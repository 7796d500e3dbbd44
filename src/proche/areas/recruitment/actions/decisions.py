"""What a person of the team decides about an application; whoever is refused may ask again."""

from zlib import crc32

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from proche.areas.accounts.actions import open_account
from proche.areas.accounts.models import User
from proche.areas.evidence.actions import sign
from proche.areas.evidence.models import Verdict
from proche.areas.messages.actions import Recipient, ask_team, send
from proche.areas.people.actions import change_state, record
from proche.areas.people.models import Person
from proche.areas.recruitment.links import token_for
from proche.areas.recruitment.models import Application, Nomination
from proche.common.errors import Refusal

State = Application.State
OPEN = (State.RECEIVED, State.ASKED, State.REVIEW)


def _open(application: Application) -> Application:
    locked: Application = (
        Application.objects.select_for_update(of=("self",))
        .select_related("person__programme")
        .get(pk=application.pk)
    )
    if locked.state not in OPEN:
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
    again = application.review_asked_at is not None
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
    asked = text.strip()
    if not asked:
        raise Refusal(_("Write the question: the person reads it."), code="no_question")
    # A form sent twice is one letter, two questions of one minute are two.
    mark = f"{timezone.now():%Y%m%d%H%M}:{crc32(asked.encode()):08x}"
    send(
        application.person.programme,
        "application_question",
        Recipient.of(application.person),
        once_key=f"application_question:{application.pk}:{mark}",
        context={"text": asked, "reply_to": application.person.programme.officer_email},
        by=by,
    )
    application.state = State.ASKED
    application.save(update_fields=["state"])
    record(application.person, "applicant_asked", by=by)


@transaction.atomic
def note_answer(application: Application, *, by: User) -> Application:
    """The answer came: the application is to be read again. Nothing is sent."""
    application = _open(application)
    if application.state != State.ASKED:
        raise Refusal(_("No answer was waited for."), code="nothing_asked")
    application.state = State.REVIEW if application.review_asked_at else State.RECEIVED
    application.save(update_fields=["state"])
    record(application.person, "applicant_answered", by=by)
    return application


@transaction.atomic
def wait_again(application: Application, *, by: User) -> Application:
    """Take `note_answer` back. Raises Refusal where no question was ever sent."""
    application = _open(application)
    if not application.person.timeline.filter(verb="applicant_asked").exists():
        raise Refusal(_("No question was sent yet: ask one."), code="nothing_asked")
    application.state = State.ASKED
    application.save(update_fields=["state"])
    record(application.person, "applicant_waited_for", by=by)
    return application


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
