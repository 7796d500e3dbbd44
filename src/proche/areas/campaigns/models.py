"""From the roster to the parcel: offers, exchanges with their obligation, parcels."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from proche.areas.accounts.models import ProgrammeQuerySet
from proche.areas.brands.models import Brief
from proche.areas.people.models import Person, new_key
from proche.common.choices import ExchangeKind


class CampaignQuerySet(ProgrammeQuerySet):
    programme_path = "brief__brand__programme"


class Campaign(models.Model):
    """A brief under way: opened when the first offers go out."""

    brief = models.OneToOneField(Brief, models.CASCADE, related_name="campaign")
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    closed_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[CampaignQuerySet] = CampaignQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["-opened_at", "-id"]

    def __str__(self) -> str:
        return self.brief.title_fr


class WavePlan(models.Model):
    """How the offers of a campaign go out: so many at a time, the next when a wave has ended."""

    class Limit(models.TextChoices):
        PLACES = "places", _("as many as there are places left")
        LIKELY = "likely", _("as many as past answers call for")

    campaign = models.OneToOneField(Campaign, models.CASCADE, related_name="plan")
    size = models.PositiveSmallIntegerField(_("people in a wave, at most"))
    answer_days = models.PositiveSmallIntegerField(_("days to answer"))
    limit = models.CharField(_("how many at once"), max_length=6, choices=Limit)
    by_itself = models.BooleanField(_("waves leave by themselves"), default=False)
    from_reserve = models.BooleanField(_("go on with the shortlist"), default=False)
    set_at = models.DateTimeField()
    set_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    # Paused: no wave leaves until somebody goes on. Stopped: nobody else will be asked.
    paused_at = models.DateTimeField(null=True, blank=True)
    paused_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    stopped_at = models.DateTimeField(null=True, blank=True)
    stopped_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )


class Wave(models.Model):
    """People asked at once. Prepared, its offers are drafts that nobody was sent."""

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="waves")
    number = models.PositiveSmallIntegerField()
    # Without somebody, the job prepared or sent it.
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    sent_at = models.DateTimeField(null=True, blank=True)
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    respond_by = models.DateField(null=True, blank=True)
    # Everybody answered, or the last day has passed.
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["campaign", "number"], name="wave_numbered_once"),
            # A job delivered twice prepares one wave: the second row is refused.
            models.UniqueConstraint(
                fields=["campaign"],
                condition=models.Q(ended_at=None),
                name="one_wave_at_a_time",
            ),
        ]


class OfferQuerySet(ProgrammeQuerySet):
    programme_path = "campaign__brief__brand__programme"


class Offer(models.Model):
    """Asked of a member, who accepts or declines; declining changes nothing."""

    class State(models.TextChoices):
        DRAFT = "draft", pgettext_lazy("offer", "draft")
        SENT = "sent", pgettext_lazy("offer", "sent")
        ACCEPTED = "accepted", pgettext_lazy("offer", "accepted")
        DECLINED = "declined", pgettext_lazy("offer", "declined")
        EXPIRED = "expired", pgettext_lazy("offer", "expired")
        WITHDRAWN = "withdrawn", pgettext_lazy("offer", "withdrawn")

    class Meanwhile(models.TextChoices):
        YES = "yes", pgettext_lazy("answer", "yes")
        NO = "no", pgettext_lazy("answer", "no")

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="offers")
    person = models.ForeignKey(Person, models.CASCADE, related_name="offers")
    wave = models.ForeignKey(Wave, models.SET_NULL, null=True, blank=True, related_name="offers")
    key = models.CharField(max_length=16, unique=True, default=new_key)
    state = models.CharField(max_length=9, choices=State, default=State.DRAFT)
    sent_at = models.DateTimeField(null=True, blank=True)
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    respond_by = models.DateField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    decline_reason = models.CharField(_("reason, if you wish"), max_length=300, blank=True)
    # Said yes when every place was taken: first in line if one opens, in this order.
    wanted_at = models.DateTimeField(null=True, blank=True)
    # A place opened and is kept for them until `respond_by`; nobody is called twice.
    called_at = models.DateTimeField(null=True, blank=True)
    # One reminder, no more.
    reminded_at = models.DateTimeField(null=True, blank=True)
    reminded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    # Withdrawn with its whole campaign; empty again once it is offered again.
    stopped_at = models.DateTimeField(null=True, blank=True)
    # The member read on their page that it was withdrawn.
    withdrawal_read_at = models.DateTimeField(null=True, blank=True)
    # An answer that came while it was withdrawn: kept, and given where it is offered again.
    meanwhile = models.CharField(max_length=3, choices=Meanwhile, blank=True)
    meanwhile_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[OfferQuerySet] = OfferQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["-sent_at", "-id"]
        constraints = [models.UniqueConstraint(fields=["campaign", "person"], name="asked_once")]
        # The ceiling of asks per quarter reads a person's sent offers.
        indexes = [models.Index(fields=["person", "sent_at"], name="offers_of_person")]


class ExchangeQuerySet(ProgrammeQuerySet):
    programme_path = "offer__campaign__brief__brand__programme"


class Exchange(models.Model):
    """What was accepted: it carries the obligation, copied from the brief on the day."""

    offer = models.OneToOneField(Offer, models.CASCADE, related_name="exchange")
    kind = models.CharField(max_length=10, choices=ExchangeKind)
    obligation = models.BooleanField()
    fair_value_cents = models.PositiveIntegerField()
    agreed_at = models.DateTimeField()
    # Set at receipt or check-in, when something must be posted; never before.
    post_due_on = models.DateField(null=True, blank=True)
    feedback = models.TextField(_("private feedback"), max_length=800, blank=True)
    # One reminder about the post, no more.
    reminded_at = models.DateTimeField(null=True, blank=True)
    thanked_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[ExchangeQuerySet] = ExchangeQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["-agreed_at", "-id"]


class ParcelQuerySet(ProgrammeQuerySet):
    programme_path = "exchange__offer__campaign__brief__brand__programme"


class Parcel(models.Model):
    """What is shipped. The address is asked on acceptance and erased at receipt."""

    class State(models.TextChoices):
        TO_PREPARE = "to_prepare", pgettext_lazy("parcel", "to prepare")
        SHIPPED = "shipped", pgettext_lazy("parcel", "shipped")
        RECEIVED = "received", pgettext_lazy("parcel", "received")
        LOST = "lost", pgettext_lazy("parcel", "lost")
        BROKEN = "broken", pgettext_lazy("parcel", "broken")
        RETURNED = "returned", pgettext_lazy("parcel", "returned")

    exchange = models.OneToOneField(Exchange, models.CASCADE, related_name="parcel")
    state = models.CharField(max_length=10, choices=State, default=State.TO_PREPARE)
    street = models.CharField(_("street and number"), max_length=160, blank=True)
    town = models.CharField(_("city"), max_length=80, blank=True)
    postal_code = models.CharField(_("postal code"), max_length=7, blank=True)
    note = models.CharField(_("note for the delivery"), max_length=160, blank=True)
    tracking = models.CharField(_("tracking number"), max_length=60, blank=True)
    prepared_at = models.DateTimeField(null=True, blank=True)
    shipped_at = models.DateTimeField(null=True, blank=True)
    received_at = models.DateTimeField(null=True, blank=True)
    problem = models.CharField(_("what happened"), max_length=300, blank=True)

    objects: ClassVar[ParcelQuerySet] = ParcelQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["exchange__agreed_at", "id"]
