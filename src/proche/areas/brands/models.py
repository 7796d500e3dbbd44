"""Who asks, and what for."""

from pathlib import PurePosixPath
from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from proche.areas.accounts.models import Programme, ProgrammeQuerySet
from proche.common.choices import ExchangeKind, Language


class Brand(models.Model):
    programme = models.ForeignKey(Programme, models.CASCADE, related_name="brands")
    name = models.CharField(_("brand name"), max_length=80)
    # Handles and spellings under which posts name the brand; the disclosure check reads them.
    aliases = models.JSONField(_("handles and other spellings"), default=list, blank=True)
    # Codes of the taxonomy of topics, or words of its own.
    categories = models.JSONField(_("categories"), default=list, blank=True)
    # Between two brands of the programme it goes both ways; another name is kept as typed.
    rivals = models.ManyToManyField("self", verbose_name=_("rivals"), blank=True)
    other_rivals = models.JSONField(_("other rivals"), default=list, blank=True)
    regions = models.JSONField(_("regions"), default=list, blank=True)
    languages = models.JSONField(_("languages"), default=list, blank=True)
    values_fr = models.TextField(_("what it stands for, in French"), max_length=600, blank=True)
    values_en = models.TextField(_("what it stands for, in English"), max_length=600, blank=True)
    never_beside = models.CharField(_("must never stand beside"), max_length=250, blank=True)
    website = models.URLField(_("website"), blank=True)
    # Written again by recruitment.logos: never the bytes that were sent.
    logo = models.FileField(_("logo"), upload_to="logos", max_length=120, blank=True)
    logo_width = models.PositiveSmallIntegerField(default=0)
    logo_height = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[ProgrammeQuerySet] = ProgrammeQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint("programme", Lower("name"), name="brand_once")]

    def __str__(self) -> str:
        return self.name

    @property
    def logo_name(self) -> str:
        """Of the file, without its folder; empty without a logo."""
        return PurePosixPath(self.logo.name or "").name


class ContactQuerySet(models.QuerySet[Any]):
    def current(self) -> Self:
        return self.filter(removed_at=None)


class Contact(models.Model):
    """A brand contact: comes by a magic link, has no account. Removed, they wait a month for an
    undo; their links do not open meanwhile."""

    brand = models.ForeignKey(Brand, models.CASCADE, related_name="contacts")
    name = models.CharField(_("name"), max_length=120)
    email = models.EmailField(_("email"))
    language = models.CharField(
        _("language"), max_length=2, choices=Language, default=Language.FRENCH
    )
    removed_at = models.DateTimeField(null=True, blank=True)
    removed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    objects: ClassVar[ContactQuerySet] = ContactQuerySet.as_manager()  # type: ignore[assignment]


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
    content_fr = models.TextField(_("content wished for, in French"), max_length=800, blank=True)
    content_en = models.TextField(_("content wished for, in English"), max_length=800, blank=True)
    avoid_fr = models.TextField(_("what not to say, in French"), max_length=800, blank=True)
    avoid_en = models.TextField(_("what not to say, in English"), max_length=800, blank=True)
    fair_value_cents = models.PositiveIntegerField(_("fair value"))
    budget_cents = models.PositiveBigIntegerField(_("budget"), null=True, blank=True)
    quantity = models.PositiveIntegerField(_("members wanted"))
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("to"))
    topics = models.JSONField(_("topics"), default=list, blank=True)
    regions = models.JSONField(_("regions"), default=list, blank=True)
    languages = models.JSONField(_("languages"), default=list, blank=True)
    archetypes = models.JSONField(_("profiles"), default=list, blank=True)
    # Codes of core.matching.limits or words of its own: who cannot take it is not asked.
    contains = models.JSONField(_("what it contains"), default=list, blank=True)
    alcohol = models.BooleanField(_("alcohol"), default=False)
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


class BriefDraftQuerySet(ProgrammeQuerySet):
    programme_path = "brand__programme"

    def current(self) -> Self:
        return self.filter(removed_at=None)


class BriefDraft(models.Model):
    """A brief put aside as it was typed, whatever is missing or wrong in it; writing it for good
    takes the draft away."""

    brand = models.ForeignKey(Brand, models.CASCADE, related_name="drafts")
    # {name of a field: [what was typed]}
    typed = models.JSONField(default=dict)
    saved_at = models.DateTimeField()
    saved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    removed_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar["BriefDraftQuerySet"] = BriefDraftQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["-saved_at", "-pk"]

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        """In the language of the page where it has one, else in the other, else nothing."""
        sides = ["title_fr", "title_en"]
        if (get_language() or "fr").startswith("en"):
            sides.reverse()
        found = ("".join(self.typed.get(side, [])).strip() for side in sides)
        return next((title for title in found if title), "")
