"""Two records that may be one human, and what was done about it: rows with who and when."""

from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from proche.areas.accounts.models import Programme, ProgrammeQuerySet


class DuplicateQuerySet(ProgrammeQuerySet):
    def waiting(self) -> "DuplicateQuerySet":
        """Those a person has yet to decide on: likeliest first, then those put off."""
        undecided = self.filter(decision__in=["", DuplicatePair.Decision.LATER])
        here = undecided.exclude(first__state="left").exclude(second__state="left")
        return here.order_by("decision", "-probability", "pk")


class DuplicatePair(models.Model):
    """Two people who resemble each other. “Two people” is remembered and never asked again."""

    class Decision(models.TextChoices):
        LATER = "later", _("later")
        TWO_PEOPLE = "two", _("two people")

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="+")
    # In the order of their rows: one pair is one row.
    first = models.ForeignKey("people.Person", models.CASCADE, related_name="pairs_as_first")
    second = models.ForeignKey("people.Person", models.CASCADE, related_name="pairs_as_second")
    probability = models.FloatField()
    # Deterministic keys that agree: "account", "email".
    keys = models.JSONField(default=list)
    found_at = models.DateTimeField()
    decision = models.CharField(max_length=5, choices=Decision, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[DuplicateQuerySet] = DuplicateQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="duplicate_pair_once")
        ]
        # The queue reads them undecided, likeliest first.
        indexes = [
            models.Index(fields=["programme", "decision", "-probability"], name="duplicate_queue")
        ]


# A job killed is delivered again within three minutes; after this the comparing may be sent again.
STALE = timedelta(minutes=10)


class Standing(StrEnum):
    UNDER_WAY = "under_way"
    FAILED = "failed"
    STALLED = "stalled"
    DONE = "done"


class Comparing(models.Model):
    """The whole bank compared with itself, in a job: what is done, and what it found."""

    class Stage(models.TextChoices):
        READING = "reading", _("People are read.")
        SCORING = "scoring", _("Records are compared.")
        PLACING = "placing", _("Pairs are put in the queue.")

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="comparings")
    # Nobody: an import asked for it.
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    asked_at = models.DateTimeField()
    stage = models.CharField(max_length=8, choices=Stage, blank=True)
    # Of the stage: people read, pairs placed.
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    finished_at = models.DateTimeField(null=True, blank=True)
    # The last try broke off then; the kind of error, to be looked for in the log.
    failed_at = models.DateTimeField(null=True, blank=True)
    failure = models.CharField(max_length=80, blank=True)
    # What it came to: records compared, pairs new in the queue, merged at once.
    records = models.PositiveIntegerField(default=0)
    found = models.PositiveIntegerField(default=0)
    merged = models.PositiveIntegerField(default=0)

    objects: ClassVar[ProgrammeQuerySet] = ProgrammeQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["-asked_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["programme"],
                condition=Q(finished_at=None),
                name="one_comparing_at_a_time",
            )
        ]

    def standing(self, now: datetime) -> Standing:
        """Killed outright, a job says nothing: silent for too long, it has stalled."""
        if self.finished_at:
            return Standing.DONE
        if self.failed_at:
            return Standing.FAILED
        return Standing.STALLED if self.asked_at < now - STALE else Standing.UNDER_WAY


class Merge(models.Model):
    """Two records made one. What it changed is kept until it is undone or the person leaves."""

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="+")
    kept = models.ForeignKey("people.Person", models.CASCADE, related_name="merges")
    # The other record is gone from the tables: its name and row are in `removed`.
    other_id_was = models.PositiveBigIntegerField()
    probability = models.FloatField(null=True)
    # By a job, on a key of one human only: `by` is then empty.
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    at = models.DateTimeField()
    # Values written over: {"model", "pk", "field", "before", "after"}, in the order written.
    changes = models.JSONField(default=list)
    # Rows taken out of the tables, as Django's serializer writes them.
    removed = models.JSONField(default=list)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    undone_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[ProgrammeQuerySet] = ProgrammeQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["-at", "-id"]

    @property
    def other(self) -> dict[str, Any]:
        """The row of the record that went, by its columns; empty once undone."""
        went = (r for r in self.removed if r["model"] == "people.person")
        return next((dict(r["fields"]) for r in went if r["pk"] == self.other_id_was), {})

    @property
    def other_name(self) -> str:
        return f"{self.other['given_name']} {self.other['family_name']}" if self.other else ""

    @property
    def former_users(self) -> set[int]:
        """Sign-ins that were theirs and are of nobody now."""
        written_over = {
            change["before"]
            for change in self.changes
            if change["model"] == "people.Person" and change["field"] == "user_id"
        }
        return {pk for pk in (*written_over, self.other.get("user")) if pk is not None}
