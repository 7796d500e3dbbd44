"""Leaving. At once nothing shows who the person was; within the legal delay nothing says it either.

A departure seals who they are until the nightly job erases them, so that a person who changes their
mind may stay. Offers, exchanges and posts stay as counts without a name.
"""

import logging
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from proche.areas.accounts.models import Role, User
from proche.areas.campaigns.models import Offer, Parcel
from proche.areas.content.erasing import erase_what_was_written, forget_sign_in
from proche.areas.content.links import old_link, stay_token
from proche.areas.content.models import Post
from proche.areas.events.models import Invitation
from proche.areas.imports.invitations import never_again, once_more
from proche.areas.matching.actions import forget_choices
from proche.areas.messages.actions import Recipient, send
from proche.areas.messages.models import Message
from proche.areas.people.actions import record
from proche.areas.people.kept import Departure
from proche.areas.people.models import Person
from proche.areas.people.said import FACTS
from proche.areas.recruitment.residue import scrub
from proche.common.errors import Refusal

log = logging.getLogger(__name__)
State = Person.State
# The law gives thirty days (P-39.1, s. 32); two nights are kept for a machine that was off.
LEGAL_DAYS = 30
GRACE_DAYS = 28
SEALED = [*FACTS, "limits_to_ask", "state", "search_text", "user_id"]
BLANK: dict[str, Any] = {
    "city": "",
    "occupation": "",
    "own_words": "",
    "refused_brands": "",
    "limits": "",
    "limits_to_ask": "",
    "search_text": "",
    "topics": [],
    "content_languages": [],
    "tries_products": False,
    "attends_events": False,
    "accepts_alcohol": False,
    "seeks_living": Person.SeeksLiving.UNKNOWN,
    "user_id": None,
    "state": State.LEFT,
}


@transaction.atomic
def leave(person: Person, *, by: User | None = None) -> Departure:
    """Out of everything at once; erased by the nightly job from `erase_on` on. The person gets one
    message, with a link by which they may stay until then. `by`: who of the team did what they
    asked for."""
    people = Person.objects.select_for_update(of=("self",)).select_related("programme")
    current = people.get(pk=person.pk)
    if current.state == State.LEFT:
        raise Refusal(_("This person has left."), code="has_left")
    now = timezone.now()
    address = Recipient.of(current)
    departure = Departure.objects.create(
        person=current,
        asked_at=now,
        erase_on=timezone.localdate() + timedelta(days=GRACE_DAYS),
        sealed={name: getattr(current, name) for name in SEALED},
    )
    _close_what_is_open(current, departure)
    never_again(current)
    _hide(current)
    record(current, "person_left", by=by)
    _close_sign_in(departure.sealed["user_id"])
    _tell(departure, address)
    return departure


def _tell(departure: Departure, address: Recipient) -> None:
    send(
        departure.person.programme,
        "left",
        address,
        once_key=f"left:{departure.pk}",
        context={
            "name": departure.sealed["given_name"],
            "erase_on": departure.erase_on,
            "days": LEGAL_DAYS,
            "address": reverse("member:stay", args=[stay_token(departure)]),
        },
    )


def _close_what_is_open(person: Person, departure: Departure) -> None:
    now = departure.asked_at
    person.offers.filter(state=Offer.State.SENT).update(
        state=Offer.State.WITHDRAWN, answered_at=now
    )
    Parcel.objects.filter(exchange__offer__person=person, state=Parcel.State.TO_PREPARE).delete()
    Post.objects.filter(exchange__offer__person=person, state=Post.State.EXPECTED).update(
        state=Post.State.WAIVED, closed_at=now
    )
    coming = [Invitation.State.INVITED, Invitation.State.ACCEPTED, Invitation.State.CONFIRMED]
    waiting = [*coming, Invitation.State.WAITLISTED]
    Invitation.objects.filter(person=person, state__in=waiting).update(
        state=Invitation.State.CANCELLED, changed_at=now
    )
    person.consents.filter(withdrawn_at=None).update(withdrawn_at=now)
    person.still_true.filter(answered_at=None).delete()
    person.breaks.filter(ended_at=None).update(ended_at=now)
    # What is still to be sent goes nowhere, and nobody has to answer who left.
    person.messages.filter(state=Message.State.QUEUED).delete()
    person.messages.filter(state=Message.State.RECEIVED).update(state=Message.State.ANSWERED)
    forget_choices(person)


def _hide(person: Person) -> None:
    with translation.override(person.language):
        person.given_name = pgettext("somebody who left", "Erased")
        person.family_name = pgettext("somebody who left", "account")
    # The address is unique in a programme, and must not be one that could receive anything.
    person.email = f"{person.key}@left.invalid"
    for name, value in BLANK.items():
        setattr(person, name, value)
    person.save()


def _close_sign_in(user_id: int | None) -> None:
    """Somebody who also works in the team keeps their sign-in, for that work only."""
    if user_id and not Role.objects.filter(user=user_id).exists():
        User.objects.filter(pk=user_id).update(is_active=False)


@transaction.atomic
def stay(departure: Departure) -> Person:
    """Undo a departure before it is done: who they were, their sign-in and their consents are back.
    Offers, invitations and parcels that were stopped stay so."""
    person: Person = Person.objects.select_for_update().get(pk=departure.person_id)
    held = Departure.objects.filter(pk=departure.pk).first()
    if held is None:
        raise old_link()
    same = Person.objects.in_programme(person.programme).filter(email__iexact=held.sealed["email"])
    if same.exists():
        raise Refusal(
            _("You have signed up again since. Sign in to that account."), code="signed_up_again"
        )
    for name, value in held.sealed.items():
        setattr(person, name, value)
    # Whoever slept is awake: coming back is an act.
    person.state = State.MEMBER if person.state == State.ASLEEP else person.state
    person.save()
    if person.user_id:
        User.objects.filter(pk=person.user_id).update(is_active=True)
    person.consents.filter(withdrawn_at=held.asked_at).update(withdrawn_at=None)
    once_more(person)
    held.delete()
    record(person, "person_stays")
    return person


def erase_those_due() -> int:
    """Everybody whose departure cannot be taken back any more. Returns how many."""
    due = Departure.objects.filter(erase_on__lte=timezone.localdate()).select_related("person")
    done = 0
    for departure in due.order_by("erase_on", "pk"):
        try:
            erase(departure.person)
        except Exception:
            # One that fails must not keep the others past the legal delay; it is tried every night.
            log.exception("departure %s could not be erased", departure.pk)
            continue
        done += 1
    return done


@transaction.atomic
def erase(person: Person, *, verb: str = "person_left") -> None:
    """Destroy every word about a person, now and for good; who has not left yet leaves first.
    `verb` is the one line that stays of their story."""
    current = Person.objects.select_for_update().get(pk=person.pk)
    departure = Departure.objects.filter(person=current).first()
    if departure is None:
        if current.state == State.LEFT:
            return
        departure = leave(current)
        current.refresh_from_db()
    sealed = departure.sealed
    departure.delete()
    users = {sealed["user_id"], *_users_of_merged(current)} - {None}
    erase_what_was_written(current, email=sealed["email"])
    record(current, verb)
    for user in users:
        forget_sign_in(user)
    transaction.on_commit(scrub)


def _users_of_merged(person: Person) -> set[int]:
    """The sign-ins of records that were merged with theirs, where nobody else has them."""
    numbers = {pk for merge in person.merges.all() for pk in merge.former_users}
    return set(User.objects.filter(pk__in=numbers, person=None).values_list("pk", flat=True))
