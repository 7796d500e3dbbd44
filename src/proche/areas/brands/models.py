"""Who asks, and what for."""

from typing import ClassVar

from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from proche.areas.accounts.models import Programme, ProgrammeQuerySet
from proche.common.choices import ExchangeKind, Language


class Brand(models.Model):
    programme = models.ForeignKey(Programme, models.CASCADE, related_name="brands")
    name = models.CharField(_("brand name"), max_length=80)
    # Handles and spellings under which posts name the brand; the disclosure check reads them.
    aliases = models.JSONField(_("handles and other spellings"), default=list, blank=True)
    category = models.CharField(_("category"), max_length=80, blank=True)
    values_fr = models.TextField(_("what it stands for, in French"), max_length=600, blank=True)
    values_en = models.TextField(_("what it stands for, in English"), max_length=600, blank=True)
    never_beside = models.CharField(_("must never stand beside"), max_length=250, blank=True)
    website = models.URLField(_("website"), blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[ProgrammeQuerySet] = ProgrammeQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint("programme", Lower("name"), name="brand_once")]

    def __str__(self) -> str:
        return self.name


class Contact(models.Model):
    """A brand contact: comes by a magic link, has no account."""

    brand = models.ForeignKey(Brand, models.CASCADE, related_name="contacts")
    name = models.CharField(_("name"), max_length=120)
    email = models.EmailField(_("email"))
    language = models.CharField(
        _("language"), max_length=2, choices=Language, default=Language.FRENCH
    )


class BriefQuerySet(ProgrammeQuerySet):
    programme_path = "brand__programme"


class Brief(models.Model):
    """What a brand asks, for whom, when, how many; French and English side by side."""

    class Format(models.TextChoices):
        PRODUCT = "product", _("product")
        EVENT = "event", _("event")

    brand = models.ForeignKey(Brand, models.CASCADE, related_name="briefs")
    format = models.CharField(_("product or event"), max_length=8, choices=Format)
    exchange = models.CharField(
        _("exchange"), max_length=10, choices=ExchangeKind, default=ExchangeKind.GIFT
    )
    # Yes or no: drives the label, the words of the offer, reminders and the tax statement.
    obligation = models.BooleanField(_("the member must post"), default=False)
    title_fr = models.CharField(_("title in French"), max_length=120)
    title_en = models.CharField(_("title in English"), max_length=120)
    gets_fr = models.CharField(_("what the member gets, in French"), max_length=300)
    gets_en = models.CharField(_("what the member gets, in English"), max_length=300)
    asks_fr = models.TextField(_("what is asked, in French"), max_length=800)
    asks_en = models.TextField(_("what is asked, in English"), max_length=800)
    fair_value_cents = models.PositiveIntegerField(_("fair value"))
    quantity = models.PositiveIntegerField(_("members wanted"))
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("to"))
    topics = models.JSONField(_("topics"), default=list, blank=True)
    regions = models.JSONField(_("regions"), default=list, blank=True)
    languages = models.JSONField(_("languages"), default=list, blank=True)
    archetypes = models.JSONField(_("profiles"), default=list, blank=True)
    # What posts must also say, word for word, besides what the law asks.
    required_words = models.JSONField(_("words every post must hold"), default=list, blank=True)
    # Where the audience lives; the strictest of their authorities decides.
    countries = models.JSONField(_("countries of the audience"), default=list, blank=True)
    adults_only = models.BooleanField(_("for adults only"), default=False)
    # Consumer Protection Act, ss. 248-249: refused, with the reason, before anything is sent.
    for_children = models.BooleanField(_("aimed at children under 13"), default=False)
    created_at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[BriefQuerySet] = BriefQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["-created_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_on__gte=models.F("starts_on")),
                name="brief_ends_after_start",
            ),
            models.CheckConstraint(
                condition=models.Q(for_children=False), name="brief_never_for_children"
            ),
        ]

    def __str__(self) -> str:
        return self.title_fr
