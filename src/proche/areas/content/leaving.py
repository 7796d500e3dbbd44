"""Taking a break, coming back, leaving. Leaving erases the person and keeps the totals.

It stands here because it must know every area that keeps something of a person.
"""

from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from proche.areas.accounts.models import Role, User
from proche.areas.campaigns.models import Exchange, Offer, Parcel
from proche.areas.content.models import Check, Post
from proche.areas.events.models import Invitation
from proche.areas.imports.invitations import never_again
from proche.areas.imports.models import ImportedRow, Origin
from proche.areas.matching.models import ShortlistEntry
from proche.areas.people.actions import change_state, record
from proche.areas.people.models import Person
from proche.areas.recruitment.models import Application, Nomination
from proche.common.errors import Refusal

State = Person.State


@transaction.atomic
def take_break(person: Person) -> None:
    """No offer and no shortlist until they come back; what is under way goes on."""
    if person.state != State.MEMBER:
        raise Refusal(_("Only a member can take a break."), code="not_member")
    change_state(person, State.ASLEEP, by=None)


@transaction.atomic
def come_back(person: Person) -> None:
    if person.state != State.ASLEEP:
        raise Refusal(_("You are not taking a break."), code="not_asleep")
    Person.objects.filter(pk=person.pk).update(state=State.MEMBER)
    record(person, "person_came_back")


@transaction.atomic
def leave(person: Person) -> None:
    """Erase who they are, for good. Offers, exchanges and posts stay as counts without a name."""
    people = Person.objects.select_for_update(of=("self",)).select_related("programme")
    current = people.get(pk=person.pk)
    user = current.user
    _close_what_is_open(current)
    _erase_what_was_written(current)
    never_again(current)
    _erase_the_person(current)
    record(current, "person_left")
    if user is not None:
        _erase_the_user(user)


def _close_what_is_open(person: Person) -> None:
    now = timezone.now()
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


def _erase_what_was_written(person: Person) -> None:
    person.offers.update(decline_reason="")
    Exchange.objects.filter(offer__person=person).update(feedback="")
    Parcel.objects.filter(exchange__offer__person=person).update(
        street="", town="", postal_code="", note="", tracking="", problem=""
    )
    Post.objects.filter(exchange__offer__person=person).update(
        url="", caption="", on_screen="", said="", waiver_reason=""
    )
    Check.objects.filter(post__exchange__offer__person=person).update(caption="", findings=[])
    Application.objects.filter(person=person).update(refusal_reason="")
    Nomination.objects.filter(person=person).update(
        nominator_name="", platform="", handle="", person=None
    )
    Origin.objects.filter(person=person).update(note="")
    ImportedRow.objects.filter(person=person).delete()
    ShortlistEntry.objects.filter(person=person).delete()
    person.messages.all().delete()
    person.timeline.all().delete()
    person.accounts.all().delete()
    person.evidence.all().delete()
    person.verdicts.all().delete()
    person.tags.clear()


def _erase_the_person(person: Person) -> None:
    with translation.override(person.language):
        person.given_name = pgettext("somebody who left", "Erased")
        person.family_name = pgettext("somebody who left", "account")
    # The address is unique in a programme, and must not be one that could receive anything.
    person.email = f"{person.key}@left.invalid"
    person.state, person.user = State.LEFT, None
    person.city = person.occupation = person.own_words = ""
    person.refused_brands = person.limits = person.search_text = ""
    person.topics, person.content_languages = [], []
    person.tries_products = person.attends_events = person.accepts_alcohol = False
    person.seeks_living = Person.SeeksLiving.UNKNOWN
    person.save()


def _erase_the_user(user: User) -> None:
    """Somebody who also works in the team keeps their sign-in, for that work only."""
    if not Role.objects.filter(user=user).exists():
        user.delete()
