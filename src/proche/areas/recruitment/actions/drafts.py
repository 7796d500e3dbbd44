"""A sign-up put aside, and the one message that brings it back on any device.

The person asks for that message; it goes to an address nobody confirmed yet, so it is counted
closely, and says how to forget everything."""

import secrets
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from proche.areas.accounts.models import Programme
from proche.areas.messages.actions import Recipient, send
from proche.areas.messages.models import Message
from proche.areas.recruitment.limits import no_more_letters, take_letter
from proche.areas.recruitment.marks import email_mark, link_mark
from proche.areas.recruitment.models import Draft, Nomination
from proche.common.errors import Refusal

KIND = "sign_up_later"
LIFETIME = timedelta(days=14)
# Whoever opens the link shows that the mailbox is theirs; until then no more than these.
MOST_UNOPENED = 2


@transaction.atomic
def put_aside(
    programme: Programme,
    answers: dict[str, Any],
    *,
    email: str,
    language: str,
    network: str,
    nomination: Nomination | None = None,
) -> Draft:
    """Keep the answers for two weeks and send the link that reopens them, once."""
    now, mark = timezone.now(), email_mark(programme, email)
    if Draft.objects.filter(email_mark=mark, opened_at=None).count() >= MOST_UNOPENED:
        raise no_more_letters()
    take_letter(network, email)
    token = secrets.token_urlsafe(24)
    draft = Draft.objects.create(
        programme=programme,
        token_hash=link_mark(token),
        email_mark=mark,
        nomination=nomination,
        answers=answers,
        language=language,
        created_at=now,
        expires_at=now + LIFETIME,
    )
    send(
        programme,
        KIND,
        Recipient(email.strip().lower(), language),
        once_key=_key_of(draft),
        context={"address": reverse("public:resume", args=[token]), "until": draft.expires_at},
    )
    return draft


def _key_of(draft: Draft) -> str:
    return f"{KIND}:{draft.pk}"


def keep_draft(pk: int, answers: dict[str, Any]) -> bool:
    """Write what was typed since; False where the draft is gone."""
    return bool(Draft.objects.filter(pk=pk).update(answers=answers))


def draft_of(token: str) -> Draft:
    """What a link reopens. Raises Refusal where it was sent, forgotten, or is too old."""
    rows = Draft.objects.select_related("programme", "nomination")
    found = rows.filter(token_hash=link_mark(token), expires_at__gt=timezone.now()).first()
    if found is None:
        raise _gone()
    return found


def take_up(draft: Draft) -> dict[str, Any]:
    """The answers, for the device that opened the link. Raises Refusal where its nomination was
    answered with a no in the meantime: `refuse_nomination` destroyed them."""
    if not Draft.objects.filter(pk=draft.pk).update(opened_at=timezone.now()):
        raise _gone()
    answers: dict[str, Any] = draft.answers
    return answers


def _gone() -> Refusal:
    return Refusal(
        _("These answers are no longer kept: they were sent, forgotten, or two weeks old."),
        code="no_draft",
    )


def destroy_draft(pk: int) -> None:
    destroy_drafts(Draft.objects.filter(pk=pk))


@transaction.atomic
def destroy_drafts(drafts: QuerySet[Draft]) -> int:
    """The answers, and the message with its address."""
    found = list(drafts)
    Message.objects.filter(once_key__in=[_key_of(draft) for draft in found]).delete()
    Draft.objects.filter(pk__in=[draft.pk for draft in found]).delete()
    return len(found)


def expire_drafts(now: datetime) -> int:
    return destroy_drafts(Draft.objects.filter(expires_at__lte=now))
