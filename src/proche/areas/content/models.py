"""Posts expected and submitted, and what the disclosure check found in them."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from proche.areas.accounts.models import ProgrammeQuerySet
from proche.areas.brands.models import Brand
from proche.areas.campaigns.models import Exchange
from proche.areas.people.models import Person
from proche.common.choices import Platform


class PostQuerySet(ProgrammeQuerySet):
    programme_path = "exchange__offer__campaign__brief__brand__programme"


class Post(models.Model):
    """One post about an exchange: expected where there is an obligation, welcome otherwise."""

    class State(models.TextChoices):
        EXPECTED = "expected", pgettext_lazy("post", "expected")
        SUBMITTED = "submitted", pgettext_lazy("post", "submitted")
        CHECKED = "checked", pgettext_lazy("post", "checked")
        FIXED = "fixed", pgettext_lazy("post", "fixed")
        WAIVED = "waived", pgettext_lazy("post", "waived")

    exchange = models.ForeignKey(Exchange, models.CASCADE, related_name="posts")
    state = models.CharField(max_length=9, choices=State, default=State.EXPECTED)
    platform = models.CharField(_("platform"), max_length=10, choices=Platform, blank=True)
    format = models.CharField(_("kind of post"), max_length=10, default="post")
    language = models.CharField(_("language of the caption"), max_length=2, blank=True)
    url = models.URLField(_("address of the post"), max_length=400, blank=True)
    caption = models.TextField(_("caption"), max_length=5000, blank=True)
    # What the member says of the rest: nobody but them can read a video before it is watched.
    on_screen = models.TextField(_("what is written on screen"), max_length=4000, blank=True)
    said = models.TextField(_("what is said aloud"), max_length=20_000, blank=True)
    expected_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True, blank=True)
    # Set when somebody of the team asked for a correction; cleared by the corrected submission.
    correction_asked_at = models.DateTimeField(null=True, blank=True)
    # How often one was asked: a post approved after that is « fixed », not « checked ».
    corrections = models.PositiveSmallIntegerField(default=0)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    closed_at = models.DateTimeField(null=True, blank=True)
    waiver_reason = models.CharField(_("why no post is needed"), max_length=300, blank=True)

    objects: ClassVar[PostQuerySet] = PostQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["-expected_at", "-id"]


class Check(models.Model):
    """One reading of a submitted caption by the rules, kept word for word with its version."""

    post = models.ForeignKey(Post, models.CASCADE, related_name="checks")
    at = models.DateTimeField()
    caption = models.TextField(max_length=5000)
    verdict = models.CharField(max_length=12)
    # The findings of core.disclosure as {rule, verdict, title_fr, title_en, detail_fr, …}.
    findings = models.JSONField(default=list)
    not_seen = models.JSONField(default=list)
    rules_version = models.CharField(max_length=20)
    # The strictest authority among the countries of the brief: its reading is the one kept.
    jurisdiction = models.CharField(max_length=2, default="CA")

    class Meta:
        ordering = ["-at", "-id"]


class UndeclaredQuerySet(ProgrammeQuerySet):
    programme_path = "person__programme"


class Undeclared(models.Model):
    """A post that names a brand of the bank, that nobody declared, and that shows signs of
    commerce: the member is asked, and no more. Of a post without signs there is no row."""

    class Answer(models.TextChoices):
        LINKED = "linked", _("Yes: paid, given or invited by the brand")
        BOUGHT = "bought", _("No: I bought it myself")
        OTHER = "other", _("No: it came from somebody else")

    person = models.ForeignKey(Person, models.CASCADE, related_name="undeclared")
    brand = models.ForeignKey(Brand, models.CASCADE, related_name="undeclared")
    platform = models.CharField(_("platform"), max_length=10, choices=Platform, blank=True)
    url = models.URLField(_("address of the post"), max_length=400, blank=True)
    caption = models.TextField(_("caption"), max_length=5000)
    # What was seen, as {code, fr, en, spans}: sentences of core.disclosure.
    signs = models.JSONField(default=list)
    # Tells the same caption again without reading it.
    trace = models.CharField(max_length=64)
    asked_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)
    answer = models.CharField(max_length=6, choices=Answer, blank=True)
    note = models.CharField(_("what you want to add"), max_length=300, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    objects: ClassVar[UndeclaredQuerySet] = UndeclaredQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["-asked_at", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["person", "brand", "trace"], name="asked_of_post_once")
        ]


# Kept in files of their own; Django looks for models here.
from proche.areas.content.delays import KeptFor  # noqa: E402, F401
from proche.areas.content.networks import Connection, ProofAnswer, ProofThread  # noqa: E402, F401
from proche.areas.content.proofs import (  # noqa: E402, F401
    Proof,
    ProofImage,
    PublicChecks,
    Recheck,
    TimeStamp,
)
