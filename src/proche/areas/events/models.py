"""Exclusive events: invitations to accepted guests, and who came."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from proche.areas.accounts.models import ProgrammeQuerySet
from proche.areas.campaigns.models import Campaign, Exchange
from proche.areas.people.models import Person, new_key


class EventQuerySet(ProgrammeQuerySet):
    programme_path = "campaign__brief__brand__programme"


class Event(models.Model):
    campaign = models.OneToOneField(Campaign, models.CASCADE, related_name="event")
    title_fr = models.CharField(_("title in French"), max_length=120)
    title_en = models.CharField(_("title in English"), max_length=120)
    place = models.CharField(_("place"), max_length=120)
    address = models.CharField(_("address"), max_length=200)
    starts_at = models.DateTimeField(_("starts at"))
    ends_at = models.DateTimeField(_("ends at"))
    seats = models.PositiveIntegerField(_("seats"))

    objects: ClassVar[EventQuerySet] = EventQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["-starts_at"]

    def __str__(self) -> str:
        return self.title_fr


class InvitationQuerySet(ProgrammeQuerySet):
    programme_path = "event__campaign__brief__brand__programme"


class Invitation(models.Model):
    class State(models.TextChoices):
        INVITED = "invited", _("invited")
        ACCEPTED = "accepted", _("accepted")
        CONFIRMED = "confirmed", _("confirmed")
        CHECKED_IN = "checked_in", _("checked in")
        NO_SHOW = "no_show", _("did not come")
        DECLINED = "declined", _("declined")
        WAITLISTED = "waitlisted", _("on the waiting list")
        CANCELLED = "cancelled", _("cancelled")

    event = models.ForeignKey(Event, models.CASCADE, related_name="invitations")
    person = models.ForeignKey(Person, models.CASCADE, related_name="invitations")
    exchange = models.OneToOneField(
        Exchange, models.SET_NULL, null=True, blank=True, related_name="invitation"
    )
    key = models.CharField(max_length=16, unique=True, default=new_key)
    state = models.CharField(max_length=10, choices=State, default=State.INVITED)
    changed_at = models.DateTimeField()

    objects: ClassVar[InvitationQuerySet] = InvitationQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["person__family_name", "person__given_name", "id"]
        constraints = [models.UniqueConstraint(fields=["event", "person"], name="invited_once")]


class CheckIn(models.Model):
    """Somebody came in: who let them in, and when; one row a guest, whoever scans twice."""

    invitation = models.OneToOneField(Invitation, models.CASCADE, related_name="check_in")
    at = models.DateTimeField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
