"""Asking imported people, once, what they agree to; and what their answer does."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction
from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_q.tasks import async_task

from proche.areas.accounts.actions import open_account
from proche.areas.accounts.models import Programme, User
from proche.areas.consent.actions import give
from proche.areas.consent.models import Consent, Purpose
from proche.areas.evidence.actions import propose
from proche.areas.imports.links import token_for
from proche.areas.imports.models import Basis, ImportBatch, Origin
from proche.areas.imports.rules import LASTS, may_invite
from proche.areas.messages.actions import Recipient, send
from proche.areas.people.actions import record
from proche.areas.people.models import Person
from proche.areas.recruitment.marks import left_mark
from proche.areas.recruitment.models import Block
from proche.common.errors import Refusal

A_JOB = 200


def invitable(batch: ImportBatch, today: date) -> QuerySet[Origin]:
    """As rules.may_invite, for the whole batch."""
    lasting = Q(basis=Basis.CONSENT, dated_on__lte=today)
    for basis, lasts in LASTS.items():
        lasting |= Q(basis=basis, dated_on__lte=today, dated_on__gte=today - lasts)
    return Origin.objects.filter(
        lasting,
        batch=batch,
        invited_at=None,
        confirmed_at=None,
        person__state=Person.State.MEMBER,
    )


def standing(batch: ImportBatch, today: date) -> dict[str, int]:
    """How many of the batch may be asked, were asked, and confirmed."""
    counts = batch.origins.aggregate(
        total=Count("pk"),
        asked=Count("pk", filter=Q(invited_at__isnull=False)),
        confirmed=Count("pk", filter=Q(confirmed_at__isnull=False)),
    )
    return {**counts, "invitable": invitable(batch, today).count()}


@transaction.atomic
def start_inviting(batch: ImportBatch, *, by: User) -> int:
    """Queue the one message to those who may receive it; how many they are now."""
    ImportBatch.objects.select_for_update().get(pk=batch.pk)
    if batch.state != ImportBatch.State.IMPORTED:
        raise Refusal(_("Only people of an import that is done can be asked."), code="not_done")
    count = invitable(batch, timezone.localdate()).count()
    if not count:
        raise Refusal(
            _("Nobody of this import may be written to: the page says why."), code="nobody_to_ask"
        )
    transaction.on_commit(lambda: _queue(batch.pk, 0))
    return count


def _queue(batch_id: int, after: int) -> None:
    async_task("proche.areas.imports.tasks.invite", batch_id, after)


@transaction.atomic
def invite_some(batch_id: int, after: int) -> None:
    """Write to the next people. Delivered twice, nobody is written to twice."""
    batch = ImportBatch.objects.select_related("programme").filter(pk=batch_id).first()
    if batch is None or batch.state != ImportBatch.State.IMPORTED:
        return
    today = timezone.localdate()
    found = invitable(batch, today).filter(pk__gt=after).select_for_update(of=("self",))
    origins = list(found.select_related("person").order_by("pk")[:A_JOB])
    for origin in origins:
        invite(origin)
    if len(origins) == A_JOB:
        following = origins[-1].pk
        transaction.on_commit(lambda: _queue(batch_id, following))


@transaction.atomic
def invite(origin: Origin) -> None:
    """One message, ever. Raises Refusal where the law does not allow it."""
    person = Person.objects.select_related("programme").get(pk=origin.person_id)
    if not may_invite(origin, person, timezone.localdate()):
        raise Refusal(_("This person may not be written to."), code="no_basis_to_write")
    send(
        person.programme,
        "import_invitation",
        Recipient.of(person),
        once_key=f"import_invitation:{origin.pk}",
        context={
            "address": reverse("public:imported", args=[token_for(origin)]),
            "origin": origin,
        },
    )
    Origin.objects.filter(pk=origin.pk).update(invited_at=timezone.now())
    record(person, "import_invited")


@transaction.atomic
def answer_sign_up(programme: Programme, email: str) -> bool:
    """Somebody of a list signs up by themselves: they asked, so they are answered, with the page
    that shows what is held already. False where they are in no list, or said yes before."""
    waiting = Origin.objects.filter(
        confirmed_at=None,
        person__programme=programme,
        person__state=Person.State.MEMBER,
        person__email__iexact=email,
    )
    origin = waiting.select_related("person").first()
    if origin is None:
        return False
    send(
        programme,
        "import_sign_up",
        Recipient.of(origin.person),
        once_key=f"import_sign_up:{origin.pk}:{timezone.now():%Y%m%d%H}",
        context={"address": reverse("public:imported", args=[token_for(origin)])},
    )
    return True


@transaction.atomic
def confirm(
    origin: Origin, purposes: Iterable[str], *, language: str, french_shown_at: datetime
) -> Person:
    """They join by themselves: their consents, with the words shown, and a place to sign in."""
    locked = Origin.objects.select_for_update().get(pk=origin.pk)
    person: Person = Person.objects.select_related("programme").get(pk=locked.person_id)
    if person.state != Person.State.MEMBER or locked.confirmed_at:
        raise Refusal(_("This link was already answered. Thank you."), code="answered")
    chosen = list(purposes)
    if Purpose.BANK not in chosen:
        raise Refusal(
            _("Without this one we may not keep your answers."),
            code="bank_consent_needed",
            field=Purpose.BANK,
        )
    give(
        person,
        chosen,
        source=Consent.Source.SIGN_UP,
        language=language,
        french_shown_at=french_shown_at,
    )
    now = timezone.now()
    Origin.objects.filter(pk=locked.pk).update(confirmed_at=now)
    person.user = open_account(
        person.email,
        name=str(person),
        language=person.language,
        is_sample=person.programme.is_sample,
    )
    person.adult, person.joined_at = True, now
    person.save(update_fields=["user", "adult", "joined_at"])
    record(person, "import_confirmed")
    propose(person, as_of=timezone.localdate())
    return person


def never_again(person: Person) -> None:
    """A one-way mark of the address: no later list brings back who refused or left."""
    Block.objects.get_or_create(
        programme=person.programme, trace=left_mark(person.programme, person.email)
    )


def once_more(person: Person) -> None:
    """They left and stay after all: a list may name them again."""
    Block.objects.filter(
        programme=person.programme, trace=left_mark(person.programme, person.email)
    ).delete()
