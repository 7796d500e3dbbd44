"""The two roads into the bank: calls for nominations, and applications."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from proche.areas.accounts.models import Programme, ProgrammeQuerySet
from proche.areas.people.models import Person, new_key
from proche.common.choices import Language, Platform


class Call(models.Model):
    """A nomination campaign with a media partner."""

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="calls")
    slug = models.SlugField(_("address"), max_length=60, unique=True)
    partner_name = models.CharField(_("media partner"), max_length=120)
    title_fr = models.CharField(_("title in French"), max_length=160)
    title_en = models.CharField(_("title in English"), max_length=160)
    text_fr = models.TextField(_("text in French"), max_length=1200)
    text_en = models.TextField(_("text in English"), max_length=1200)
    opens_on = models.DateField(_("opens on"))
    closes_on = models.DateField(_("closes on"))
    created_at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[ProgrammeQuerySet] = ProgrammeQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["-opens_on"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(closes_on__gte=models.F("opens_on")),
                name="call_ends_after_start",
            )
        ]

    def __str__(self) -> str:
        return self.title_fr


class NominationQuerySet(ProgrammeQuerySet):
    programme_path = "call__programme"


class Nomination(models.Model):
    """A name put forward. By default only a link to forward: nothing about the nominee is kept.
    On refusal or expiry the words and names of the row are destroyed; the count stays."""

    class State(models.TextChoices):
        PROPOSED = "proposed", _("proposed")
        INVITED = "invited", _("invited")
        ACCEPTED = "accepted", _("accepted")
        REFUSED = "refused", _("refused")
        EXPIRED = "expired", _("expired")

    call = models.ForeignKey(Call, models.CASCADE, related_name="nominations")
    key = models.CharField(max_length=16, unique=True, default=new_key)
    state = models.CharField(max_length=8, choices=State, default=State.PROPOSED)
    nominator_name = models.CharField(_("your name"), max_length=80, blank=True)
    platform = models.CharField(max_length=10, choices=Platform, blank=True)
    handle = models.CharField(max_length=80, blank=True)
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    person = models.OneToOneField(
        Person, models.SET_NULL, null=True, blank=True, related_name="nomination"
    )

    objects: ClassVar[NominationQuerySet] = NominationQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["-created_at", "-id"]
        indexes = [models.Index(fields=["call", "state"], name="nomination_counts")]


class Block(models.Model):
    """A refusal is final: a keyed one-way trace of who must not be invited again."""

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="+")
    trace = models.CharField(max_length=64)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["programme", "trace"], name="block_once")]


class ApplicationQuerySet(ProgrammeQuerySet):
    programme_path = "person__programme"


class Application(models.Model):
    """A self sign-up, from the confirmed email to a person's decision."""

    class State(models.TextChoices):
        UNCONFIRMED = "unconfirmed", _("email to confirm")
        RECEIVED = "received", _("received")
        ACCEPTED = "accepted", _("accepted")
        REFUSED = "refused", _("refused")
        REVIEW = "review", _("review asked")

    person = models.OneToOneField(Person, models.CASCADE, related_name="application")
    state = models.CharField(max_length=12, choices=State, default=State.UNCONFIRMED)
    language = models.CharField(max_length=2, choices=Language)
    submitted_at = models.DateTimeField()
    email_confirmed_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    refusal_reason = models.TextField(_("reason given to the person"), max_length=600, blank=True)
    review_asked_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[ApplicationQuerySet] = ApplicationQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["submitted_at", "id"]
