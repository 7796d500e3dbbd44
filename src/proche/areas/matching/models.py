"""Ranked with reasons, then the chosen set; both kept with what decided them (Law 25, s. 12.1)."""

from datetime import datetime
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from proche.areas.accounts.models import Programme, ProgrammeQuerySet
from proche.areas.brands.models import Brief, Contact
from proche.areas.evidence.models import RunState, standing_of
from proche.areas.people.models import Person


class RankingRules(models.Model):
    """How a programme ranks, change after change: the newest holds, the others say what an earlier
    ranking was made by."""

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="ranking_rules")
    # {part of the score: how much it counts}; a part not named counts as shipped.
    weights = models.JSONField(default=dict)
    exclusivity_months = models.PositiveSmallIntegerField()
    asks_per_quarter = models.PositiveSmallIntegerField()
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    changed_at = models.DateTimeField()

    objects: ClassVar[ProgrammeQuerySet] = ProgrammeQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["-changed_at", "-id"]


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


class RankingRun(models.Model):
    """The latest ranking of a large bank for a brief, made in a job; `done` of `total` members are
    read."""

    brief = models.OneToOneField(Brief, models.CASCADE, related_name="ranking_run")
    # As typed; null: those of the programme.
    weights = models.JSONField(null=True, blank=True)
    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    started_at = models.DateTimeField()
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    finished_at = models.DateTimeField(null=True, blank=True)
    # The last try broke off then, and why: {code, fr, en}.
    failed_at = models.DateTimeField(null=True, blank=True)
    failure = models.JSONField(default=dict, blank=True)

    objects: ClassVar[ShortlistQuerySet] = ShortlistQuerySet.as_manager()  # type: ignore[assignment]

    def standing(self, now: datetime) -> RunState:
        return standing_of(self, now)


class ShortlistEntry(models.Model):
    shortlist = models.ForeignKey(Shortlist, models.CASCADE, related_name="entries")
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    rank = models.PositiveIntegerField()
    score = models.FloatField()
    # Lists of {code, fr, en, weight} and {code, fr, en}.
    reasons = models.JSONField(default=list)
    against = models.JSONField(default=list)
    # {part of the score: from 0 to 1, before any weight}
    parts = models.JSONField(default=dict)
    # Never asked before the ranking.
    newcomer = models.BooleanField(default=False)

    class Meta:
        ordering = ["rank"]
        constraints = [
            models.UniqueConstraint(fields=["shortlist", "person"], name="shortlisted_once"),
            models.UniqueConstraint(fields=["shortlist", "rank"], name="one_rank_each"),
        ]


class EveryPart(models.Model):
    """Everybody a ranking looked at: the parts of who was ranked, so that other weights are tried
    on all of them, and who was set aside; who leaves is taken out."""

    shortlist = models.OneToOneField(Shortlist, models.CASCADE, related_name="every_part")
    # The parts of the score, in the order of the rows of `values`.
    names = models.JSONField(default=list)
    # The number of each person, best ranked first: little-endian uint64, compressed.
    people = models.BinaryField()
    # From 0 to 1, one row a part and one column a person: little-endian float32, compressed.
    values = models.BinaryField()
    # Who was set aside, by name: numbers as those of `people`.
    aside = models.BinaryField(default=bytes)
    # The filter that counted for each, as its place in `aside_codes`: one byte each, compressed.
    aside_by = models.BinaryField(default=bytes)
    aside_codes = models.JSONField(default=list)
    # What scores one more person without reading the bank again: {brief, members, length, holders,
    # best, given}; `brief` marks what was asked then. Empty for a ranking made before it was kept.
    yardstick = models.JSONField(default=dict)


class Roster(models.Model):
    """The chosen set: how many distinct people it reaches, how near that is to the best, and the
    conditions it was composed under."""

    class Method(models.TextChoices):
        COVERAGE = "coverage", _("distinct people, counted once")
        ESTIMATE = "estimate", _("size weighted by closeness")
        RANK = "rank", _("order of the shortlist")

    shortlist = models.OneToOneField(Shortlist, models.CASCADE, related_name="roster")
    method = models.CharField(max_length=10, choices=Method)
    reach = models.PositiveIntegerField(null=True, blank=True)
    upper_bound = models.FloatField(null=True, blank=True)
    proven = models.FloatField(null=True, blank=True)
    without_audience = models.PositiveIntegerField(default=0)
    # None: as many as the brief has parcels or seats.
    size = models.PositiveIntegerField(null=True, blank=True)
    budget_cents = models.PositiveIntegerField(null=True, blank=True)
    # What each member costs; None: the fair value of the brief.
    each_cents = models.PositiveIntegerField(null=True, blank=True)
    shipping_cents = models.PositiveIntegerField(default=0)
    # At least so many of a hundred were never asked.
    newcomers = models.PositiveSmallIntegerField(default=0)
    # [{by, group, least, most}], either bound may be null.
    limits = models.JSONField(default=list, blank=True)
    # {"with": reach, "without": {condition: reach}}: what each condition costs.
    prices = models.JSONField(default=dict, blank=True)
    # Conditions that the seats no longer keep since somebody was seated by hand.
    broken = models.JSONField(default=list, blank=True)
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


class Factors(models.Model):
    """What spoke for and against somebody when they were chosen for a brief; a later ranking does
    not change it (Law 25, s. 12.1)."""

    brief = models.ForeignKey(Brief, models.CASCADE, related_name="factors")
    person = models.ForeignKey(Person, models.CASCADE, related_name="factors")
    ranked_at = models.DateTimeField()
    chosen_at = models.DateTimeField()
    chosen_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    rank = models.PositiveIntegerField()
    considered = models.PositiveIntegerField()
    score = models.FloatField()
    weights = models.JSONField(default=dict)
    parts = models.JSONField(default=dict)
    reasons = models.JSONField(default=list)
    against = models.JSONField(default=list)

    class Meta:
        ordering = ["-chosen_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["brief", "person", "ranked_at"], name="factors_once_a_ranking"
            )
        ]


class RosterTerm(models.Model):
    """What a roster holds about one person: never chosen nor asked, or a cost of their own."""

    roster = models.ForeignKey(Roster, models.CASCADE, related_name="terms")
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    left_out = models.BooleanField(default=False)
    # When and by whom, where somebody let this one person go.
    let_go_at = models.DateTimeField(null=True, blank=True)
    let_go_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    # They had a seat, which is theirs again when somebody brings them back.
    had_seat = models.BooleanField(default=False)
    cost_cents = models.PositiveIntegerField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["roster", "person"], name="one_term_each")]


class RosterConflict(models.Model):
    """Two people who are not chosen together."""

    roster = models.ForeignKey(Roster, models.CASCADE, related_name="conflicts")
    first = models.ForeignKey(Person, models.CASCADE, related_name="+")
    second = models.ForeignKey(Person, models.CASCADE, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["roster", "first", "second"], name="one_conflict_each")
        ]


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
