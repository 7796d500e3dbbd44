"""Messages as they would have left and come in. Nothing is queued: no mail leaves."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.urls import reverse

from proche.areas.accounts.models import Programme, User
from proche.areas.campaigns.models import Offer
from proche.areas.campaigns.queries import in_language
from proche.areas.messages.actions import Recipient, written
from proche.areas.messages.models import Message
from proche.areas.people.models import Person
from proche.sample.calendar import Calendar
from proche.sample.campaigns import Step
from proche.sample.draw import table

Direction, State = Message.Direction, Message.State


def make_mail(
    programme: Programme,
    steps: Iterable[Step],
    people: dict[str, Person],
    calendar: Calendar,
    *,
    by: User,
) -> None:
    dated = [
        (_offer(programme, step.offer, by), step.offer.sent_at)
        for step in steps
        if step.offer.sent_at is not None
    ]
    dated += _questions(programme, people, calendar, by)
    _keep(dated)


def _keep(dated: list[tuple[Message, datetime]]) -> None:
    Message.objects.bulk_create([message for message, _ in dated])
    for message, at in dated:
        message.created_at = at
    Message.objects.bulk_update([message for message, _ in dated], ["created_at"], batch_size=100)


def _offer(programme: Programme, offer: Offer, by: User) -> Message:
    brief, person = offer.campaign.brief, offer.person
    context = {
        "offer": offer,
        "brief": brief,
        "brand": brief.brand.name,
        "title": in_language(brief, "title", person.language),
        "gets": in_language(brief, "gets", person.language),
        "asks": in_language(brief, "asks", person.language),
        "address": reverse("member:offer", args=[offer.key]),
    }
    return _sent(programme, "offer", person, f"offer:{offer.pk}", context, offer.sent_at, by)


def _sent(
    programme: Programme,
    kind: str,
    person: Person,
    once_key: str,
    context: dict[str, Any],
    at: datetime | None,
    by: User,
) -> Message:
    subject, body = written(programme, kind, Recipient.of(person), context)
    return Message(
        programme=programme,
        person=person,
        kind=kind,
        to=person.email,
        language=person.language,
        subject=subject,
        body=body,
        state=State.SENT,
        once_key=once_key,
        by=by,
        sent_at=at,
    )


def _questions(
    programme: Programme, people: dict[str, Person], calendar: Calendar, by: User
) -> Iterable[tuple[Message, datetime]]:
    """Asked by members, some answered."""
    for n, entry in enumerate(table("questions")["question"]):
        person = people[entry["who"]]
        asked = calendar.at(entry["asked"], *entry.get("time", (8, 15)))
        answer = entry.get("answer", "")
        question = Message(
            programme=programme,
            person=person,
            direction=Direction.IN,
            kind="question",
            language=person.language,
            subject=entry["text"][:80],
            body=entry["text"],
            state=State.ANSWERED if answer else State.RECEIVED,
            once_key=f"question:sample:{programme.pk}:{n}",
        )
        question.save()
        Message.objects.filter(pk=question.pk).update(created_at=asked)
        if answer:
            at = calendar.at(entry["answered"], 16)
            context = {"question": entry["text"], "text": answer}
            key = f"reply:{question.pk}"
            reply = _sent(programme, "reply", person, key, context, at, by)
            reply.answers = question
            yield reply, at
