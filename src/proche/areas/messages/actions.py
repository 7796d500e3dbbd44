"""The one gateway for mail, and questions from members with their answers."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _
from django_q.tasks import async_task

from proche.areas.accounts.models import Programme, User
from proche.areas.messages.models import Message
from proche.areas.messages.rules import COMMERCIAL, body_to_keep, has_confirmed, may_send
from proche.areas.people.actions import record
from proche.areas.people.models import Person, new_key
from proche.common.errors import Refusal


@dataclass(frozen=True)
class Recipient:
    """Who a message goes to: a person of the programme, or an address outside (brand contact)."""

    email: str
    language: str
    person: Person | None = None

    @classmethod
    def of(cls, person: Person) -> "Recipient":
        return cls(person.email, person.language, person)


def send(
    programme: Programme,
    kind: str,
    recipient: Recipient,
    *,
    once_key: str,
    context: dict[str, Any],
    by: User | None = None,
) -> Message:
    """Queue one message in the recipient's language; delivered after the transaction commits.

    The subject and body come from `messages/<kind>.subject.txt` and `messages/<kind>.txt`.
    The same `once_key` never sends twice. Raises Refusal where the person did not consent, or
    signed up and did not confirm the address.
    """
    if not has_confirmed(kind, recipient.person):
        raise Refusal(
            _("This person has not confirmed their email: nothing is sent before they do."),
            code="email_unconfirmed",
        )
    if not may_send(kind, recipient.person):
        raise Refusal(
            _("This person did not agree to receive offers by email."), code="no_consent_to_offers"
        )
    subject, body = written(programme, kind, recipient, context)
    message, fresh = Message.objects.get_or_create(
        once_key=once_key,
        defaults={
            "programme": programme,
            "person": recipient.person,
            "kind": kind,
            "to": recipient.email,
            "language": recipient.language,
            "subject": subject,
            "body": body,
            "by": by,
        },
    )
    if fresh:
        transaction.on_commit(lambda: _queue(message.pk))
    return message


def written(
    programme: Programme, kind: str, recipient: Recipient, context: dict[str, Any]
) -> tuple[str, str]:
    full = {
        **context,
        "programme": programme,
        "person": recipient.person,
        "base_url": settings.BASE_URL,
        "commercial": kind in COMMERCIAL,
    }
    with translation.override(recipient.language):
        subject = render_to_string(f"messages/{kind}.subject.txt", full)
        body = render_to_string(f"messages/{kind}.txt", full)
    # One line, so that no typed name can add a header.
    return " ".join(subject.split())[:200], body.strip() + "\n"


def _queue(message_id: int) -> None:
    async_task("proche.areas.messages.tasks.deliver", message_id)


def deliver_now(message_id: int) -> None:
    """Hand one message to the mail server; a second delivery of the same job does nothing.

    Raises what the mail server raised, so that the queue tries again.
    """
    message = Message.objects.select_related("programme").filter(pk=message_id).first()
    # Gone: its person left in the meantime, and everything written to them is erased.
    if message is None or message.state == Message.State.SENT:
        return
    try:
        EmailMessage(
            message.subject, message.body, settings.DEFAULT_FROM_EMAIL, [message.to]
        ).send()
    except OSError as trouble:
        Message.objects.filter(pk=message.pk).update(
            state=Message.State.FAILED, error=str(trouble)[:250]
        )
        raise
    Message.objects.filter(pk=message.pk).update(
        state=Message.State.SENT,
        sent_at=timezone.now(),
        error="",
        body=body_to_keep(message.kind, message.body),
    )


@transaction.atomic
def ask_team(person: Person, text: str, *, kind: str = Message.QUESTION) -> Message:
    """A member writes to the team; it waits on Today until somebody answers."""
    message = Message.objects.create(
        programme=person.programme,
        person=person,
        direction=Message.Direction.IN,
        kind=kind,
        language=person.language,
        subject=text[:80],
        body=text,
        state=Message.State.RECEIVED,
        once_key=f"question:{new_key()}",
    )
    record(person, "question_asked", question=text[:80])
    return message


@transaction.atomic
def answer(question: Message, text: str, *, by: User) -> Message:
    waiting = Message.objects.select_for_update().get(pk=question.pk)
    if waiting.state != Message.State.RECEIVED or waiting.person is None:
        raise Refusal(_("Somebody already answered this question."), code="already_answered")
    reply = send(
        waiting.programme,
        "reply",
        Recipient.of(waiting.person),
        once_key=f"reply:{waiting.pk}",
        context={"question": waiting.body, "text": text},
        by=by,
    )
    Message.objects.filter(pk=waiting.pk).update(state=Message.State.ANSWERED)
    Message.objects.filter(pk=reply.pk).update(answers=waiting)
    record(waiting.person, "question_answered", by=by)
    return reply
