"""One human, their accounts, and what happened to them, in order."""

import secrets
from string import ascii_letters
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from proche.areas.accounts.models import Programme, ProgrammeQuerySet
from proche.common.choices import Archetype, Language, Platform, Proof
from proche.common.regions import REGION_CHOICES


def new_key(size: int = 9) -> str:
    """A key for addresses, of `size` bytes, that gives away neither order nor number. A letter
    comes first: a sheet would take a hyphen for a formula, and an export then change the key."""
    return secrets.choice(ascii_letters) + secrets.token_urlsafe(size)[1:]


class PersonQuerySet(ProgrammeQuerySet):
    def members(self) -> "PersonQuerySet":
        return self.filter(state=Person.State.MEMBER)


class Person(models.Model):
    """One human; a member once they consented to be in the bank and somebody accepted them."""

    class State(models.TextChoices):
        APPLIED = "applied", _("applied")
        MEMBER = "member", _("member")
        ASLEEP = "asleep", _("asleep")
        LEFT = "left", _("left")
        REFUSED = "refused", _("refused")

    class SeeksLiving(models.TextChoices):
        YES = "yes", _("yes")
        NO = "no", _("no")
        UNKNOWN = "unknown", _("not sure yet")

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="people")
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="person"
    )
    key = models.CharField(max_length=16, unique=True, default=new_key)
    given_name = models.CharField(_("given name"), max_length=80)
    family_name = models.CharField(_("family name"), max_length=80)
    email = models.EmailField(_("email"))
    language = models.CharField(
        _("language"), max_length=2, choices=Language, default=Language.FRENCH
    )
    region = models.CharField(_("region"), max_length=2, choices=REGION_CHOICES)
    city = models.CharField(_("city or neighbourhood"), max_length=80, blank=True)
    archetype = models.CharField(_("profile"), max_length=12, choices=Archetype)
    occupation = models.CharField(_("trade"), max_length=80, blank=True)
    seeks_living = models.CharField(
        _("wants to live from it"), max_length=7, choices=SeeksLiving, default=SeeksLiving.UNKNOWN
    )
    own_words = models.TextField(_("in their own words"), max_length=600, blank=True)
    topics = models.JSONField(_("topics"), default=list, blank=True)
    content_languages = models.JSONField(_("languages of the posts"), default=list, blank=True)
    tries_products = models.BooleanField(_("likes to try products"), default=False)
    attends_events = models.BooleanField(_("likes to be invited to events"), default=False)
    refused_brands = models.CharField(_("brands refused"), max_length=250, blank=True)
    limits = models.CharField(_("allergies, diets and other limits"), max_length=250, blank=True)
    # Written before there was a consent to keep limits: for the person alone, until they agree.
    limits_to_ask = models.CharField(
        _("limits to ask again"), max_length=250, blank=True, editable=False
    )
    accepts_alcohol = models.BooleanField(_("accepts alcohol"), default=False)
    adult = models.BooleanField(_("18 or older"), default=False)
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.APPLIED)
    joined_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    # Accent-folded words of every field the bank searches; kept by people.actions.
    search_text = models.TextField(blank=True, editable=False)

    objects = PersonQuerySet.as_manager()

    class Meta:
        verbose_name = _("person")
        ordering = ["family_name", "given_name", "id"]
        constraints = [
            models.UniqueConstraint("programme", Lower("email"), name="person_email_once")
        ]
        # The bank filters by state, then by region.
        indexes = [models.Index(fields=["programme", "state", "region"], name="person_bank")]

    def __str__(self) -> str:
        return f"{self.given_name} {self.family_name}"

    @property
    def initials(self) -> str:
        return f"{self.given_name[:1]}{self.family_name[:1]}".upper()


class Account(models.Model):
    """A profile of a person on a platform, with the latest figures known and their proof."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="accounts")
    platform = models.CharField(_("platform"), max_length=10, choices=Platform)
    handle = models.CharField(_("handle"), max_length=80)
    followers = models.PositiveIntegerField(_("followers"), null=True, blank=True)
    following = models.PositiveIntegerField(_("following"), null=True, blank=True)
    posts_total = models.PositiveIntegerField(_("posts"), null=True, blank=True)
    bio = models.CharField(_("bio"), max_length=500, blank=True)
    proof = models.CharField(_("proof"), max_length=10, choices=Proof, default=Proof.DECLARED)
    as_of = models.DateField(_("as of"), null=True, blank=True)

    class Meta:
        ordering = ["-followers", "id"]
        constraints = [
            models.UniqueConstraint("person", "platform", Lower("handle"), name="account_once")
        ]

    def __str__(self) -> str:
        return f"@{self.handle}"

    @property
    def icon(self) -> str:
        """The name of its outline icon."""
        known = {"blog": "world", "mastodon": "brand-mastodon", "bluesky": "brand-bluesky"}
        return known.get(self.platform, f"brand-{self.platform}")


class TimelineEntry(models.Model):
    """One thing that happened to a person: written in the transaction that did it."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="timeline")
    at = models.DateTimeField(db_index=True)
    verb = models.CharField(max_length=40)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    # Words for the sentence of the verb (brand, campaign, reason); never a copy of personal data.
    details = models.JSONField(default=dict)

    class Meta:
        ordering = ["-at", "-id"]
        indexes = [models.Index(fields=["person", "-at"], name="timeline_of_person")]


class Tag(models.Model):
    """A word the team puts on people to find them again."""

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="tags")
    name = models.CharField(_("tag"), max_length=40)
    people = models.ManyToManyField(Person, related_name="tags")

    objects: ClassVar[ProgrammeQuerySet] = ProgrammeQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint("programme", Lower("name"), name="tag_once")]


# Kept in files of their own; Django looks for models here.
from proche.areas.people.bank import BankChange, BankTable, BankView, TagAct  # noqa: E402, F401
from proche.areas.people.duplicates import Comparing, DuplicatePair, Merge  # noqa: E402, F401
from proche.areas.people.kept import (  # noqa: E402, F401
    Break,
    Departure,
    Look,
    Note,
    PersonFile,
    Said,
    StillTrue,
)
