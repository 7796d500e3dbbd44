"""Ranked with reasons, then the chosen set; both kept with what decided them (Law 25, s. 12.1)."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from proche.areas.accounts.models import ProgrammeQuerySet
from proche.areas.brands.models import Brief, Contact
from proche.areas.people.models import Person


class ShortlistQuerySet(ProgrammeQuerySet):
    programme_path = "brief__brand__programme"


class Shortlist(models.Model):
    """The latest ranking of the bank for a brief; ranking again replaces it."""

    brief = models.OneToOneField(Brief, models.CASCADE, related_name="shortlist")
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    weights = models.JSONField(default=dict)
    considered = models.PositiveIntegerField()
    # [{code, fr, en, n}], most frequent first.
    filtered_out = models.JSONField(default=list)

    objects: ClassVar[ShortlistQuerySet] = ShortlistQuerySet.as_manager()  # type: ignore[assignment]


class ShortlistEntry(models.Model):
    shortlist = models.ForeignKey(Shortlist, models.CASCADE, related_name="entries")
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    rank = models.PositiveIntegerField()
    score = models.FloatField()
    # Lists of {code, fr, en, weight} and {code, fr, en}.
    reasons = models.JSONField(default=list)
    against = models.JSONField(default=list)

    class Meta:
        ordering = ["rank"]
        constraints = [
            models.UniqueConstraint(fields=["shortlist", "person"], name="shortlisted_once"),
            models.UniqueConstraint(fields=["shortlist", "rank"], name="one_rank_each"),
        ]


class Roster(models.Model):
    """The chosen set: how many distinct people it reaches, and how near that is to the best."""

    class Method(models.TextChoices):
        COVERAGE = "coverage", _("distinct people, counted once")
        RANK = "rank", _("order of the shortlist")

    shortlist = models.OneToOneField(Shortlist, models.CASCADE, related_name="roster")
    method = models.CharField(max_length=10, choices=Method)
    reach = models.PositiveIntegerField(null=True, blank=True)
    upper_bound = models.FloatField(null=True, blank=True)
    proven = models.FloatField(null=True, blank=True)
    without_audience = models.PositiveIntegerField(default=0)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )


class RosterPlace(models.Model):
    roster = models.ForeignKey(Roster, models.CASCADE, related_name="places")
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    position = models.PositiveIntegerField()
    gain = models.PositiveIntegerField(null=True, blank=True)
    locked = models.BooleanField(default=False)

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["roster", "person"], name="one_place_each")]


class BrandReview(models.Model):
    """A brand contact's look at a roster, by a link that expires and can be revoked."""

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting for the brand")
        APPROVED = "approved", _("approved")
        QUESTIONED = "questioned", _("question asked")
        REFUSED = "refused", _("refused")

    roster = models.ForeignKey(Roster, models.CASCADE, related_name="reviews")
    contact = models.ForeignKey(Contact, models.CASCADE, related_name="reviews")
    # SHA-256 of the secret in the link: the database alone opens nothing.
    token_hash = models.CharField(max_length=64, unique=True)
    # The same for the link of the latest reply: both open the page.
    reply_hash = models.CharField(max_length=64, unique=True, null=True, blank=True)
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    opened_at = models.DateTimeField(null=True, blank=True)
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    comment = models.TextField(_("comment"), max_length=600, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)


class ReviewWord(models.Model):
    """What was said around a roster, one row an act: by the contact, or by somebody of the team."""

    review = models.ForeignKey(BrandReview, models.CASCADE, related_name="words")
    # The answer these words came with; empty: a reply of the team.
    state = models.CharField(max_length=10, choices=BrandReview.State, blank=True)
    text = models.TextField(_("words"), max_length=600)
    at = models.DateTimeField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["at", "id"]
