"""What is known of a person, how it is known, and the verdict a person signed."""

from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from proche.areas.accounts.models import Programme, ProgrammeQuerySet
from proche.areas.people.models import Account, Person
from proche.common.choices import Archetype, Proof, Tier


class Evidence(models.Model):
    """One fact about a person: measure, value, sample, interval, proof, date."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="evidence")
    account = models.ForeignKey(
        Account, models.CASCADE, null=True, blank=True, related_name="evidence"
    )
    # The names of core.evidence: followers, reply_rate, reciprocity, returning_share …
    measure = models.CharField(max_length=40)
    value = models.FloatField(null=True, blank=True)
    n = models.PositiveIntegerField(null=True, blank=True)
    low = models.FloatField(null=True, blank=True)
    high = models.FloatField(null=True, blank=True)
    percentile = models.FloatField(null=True, blank=True)
    proof = models.CharField(max_length=10, choices=Proof)
    as_of = models.DateField()
    # Why a value is not known: a code of core.evidence.WHY_UNKNOWN.
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["person", "measure", "-as_of"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "account", "measure", "as_of"], name="evidence_once"
            )
        ]


class AudienceSample(models.Model):
    """Keyed one-way hashes of the people who react to an account: reach, without a list."""

    account = models.OneToOneField(Account, models.CASCADE, related_name="audience")
    # Little-endian uint64, sorted, distinct.
    keys = models.BinaryField()
    n = models.PositiveIntegerField()
    proof = models.CharField(max_length=10, choices=Proof)
    as_of = models.DateField()


class BankNorms(models.Model):
    """How the accounts of a bank stand on each measure, at one date; the newest are used."""

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="norms")
    # core.evidence.Norms.to_json()
    body = models.TextField()
    source_fr = models.CharField(max_length=200)
    source_en = models.CharField(max_length=200)
    computed_at = models.DateTimeField()
    accounts = models.PositiveIntegerField()

    objects: ClassVar[ProgrammeQuerySet] = ProgrammeQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["-computed_at", "-id"]


class ProgrammeThresholds(models.Model):
    """What a programme sets otherwise than thresholds.toml, change after change: the newest holds,
    the others say what a verdict signed earlier was decided by."""

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="thresholds")
    # The name a loaded file gives itself; empty where one is made from the values.
    version = models.CharField(max_length=20, blank=True)
    # {name of core.tiers.Thresholds: value}; the ceiling in force is the one on the programme.
    values = models.JSONField(default=dict)
    ceiling = models.PositiveIntegerField(null=True, blank=True)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    changed_at = models.DateTimeField()

    objects: ClassVar[ProgrammeQuerySet] = ProgrammeQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["-changed_at", "-id"]


# A job killed is delivered again within three minutes; after this its run may be sent again.
STALE = timedelta(minutes=10)


class RunState(StrEnum):
    UNDER_WAY = "under_way"
    FAILED = "failed"
    STALLED = "stalled"
    DONE = "done"


def standing_of(run: Any, now: datetime) -> RunState:
    """Of a job that keeps `started_at`, `failed_at` and `finished_at`. Killed outright, a job says
    nothing: silent for too long, it has stalled."""
    if run.finished_at:
        return RunState.DONE
    if run.failed_at:
        return RunState.FAILED
    return RunState.STALLED if run.started_at < now - STALE else RunState.UNDER_WAY


class RefreshRun(models.Model):
    """Qualifying the whole bank again, in a job; `done` of `total` accounts are read."""

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="refreshes")
    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    started_at = models.DateTimeField()
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    finished_at = models.DateTimeField(null=True, blank=True)
    # The last try broke off then, and why: {code, fr, en}. Cleared when it is tried again.
    failed_at = models.DateTimeField(null=True, blank=True)
    failure = models.JSONField(default=dict, blank=True)
    # New proposals this run listed.
    changes = models.PositiveIntegerField(default=0)

    objects: ClassVar[ProgrammeQuerySet] = ProgrammeQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["-started_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["programme"],
                condition=Q(finished_at=None),
                name="one_refresh_at_a_time",
            )
        ]

    def standing(self, now: datetime) -> RunState:
        return standing_of(self, now)


class VerdictQuerySet(ProgrammeQuerySet):
    programme_path = "person__programme"

    def signed(self) -> "VerdictQuerySet":
        return self.filter(signed_at__isnull=False, replaced_at=None)

    def to_sign(self) -> "VerdictQuerySet":
        return self.filter(signed_at=None, replaced_at=None)

    def of_the_bank(self) -> "VerdictQuerySet":
        """Of people who are in the bank; those of applicants wait under applications."""
        return self.filter(person__state__in=[Person.State.MEMBER, Person.State.ASLEEP])


class Change(models.TextChoices):
    """What a refresh found different from the verdict in force."""

    GRADUATION = "graduation", _("has grown")
    TIER = "tier", _("another tier")
    PROFILE = "profile", _("another profile")
    CLOSENESS = "closeness", _("closeness has moved")


class Verdict(models.Model):
    """A proposal of the rules, then a person's signature; history is kept (Law 25, s. 12.1)."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="verdicts")
    proposed_tier = models.CharField(max_length=12, choices=Tier)
    proposed_archetype = models.CharField(max_length=12, choices=Archetype, blank=True)
    tier = models.CharField(_("tier"), max_length=12, choices=Tier)
    archetype = models.CharField(_("profile"), max_length=12, choices=Archetype, blank=True)
    closeness = models.FloatField(null=True, blank=True)
    closeness_low = models.FloatField(null=True, blank=True)
    closeness_high = models.FloatField(null=True, blank=True)
    closeness_from = models.PositiveSmallIntegerField(default=0)
    authenticity = models.FloatField(null=True, blank=True)
    confidence = models.FloatField()
    # Lists of {code, fr, en}.
    reasons = models.JSONField(default=list)
    to_confirm = models.JSONField(default=list)
    thresholds_version = models.CharField(max_length=20)
    proposed_at = models.DateTimeField()
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    signed_at = models.DateTimeField(null=True, blank=True)
    override_reason = models.CharField(_("why you decide otherwise"), max_length=300, blank=True)
    replaced_at = models.DateTimeField(null=True, blank=True)
    norms = models.ForeignKey(
        BankNorms, models.SET_NULL, null=True, blank=True, related_name="verdicts"
    )
    # Set where a refresh proposed it: the run, and what was found different.
    run = models.ForeignKey(
        RefreshRun, models.SET_NULL, null=True, blank=True, related_name="proposals"
    )
    change = models.CharField(max_length=10, choices=Change, blank=True)
    # A person looked and kept the verdict in force instead; for a while where a date is given.
    kept_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    kept_at = models.DateTimeField(null=True, blank=True)
    kept_until = models.DateField(_("until"), null=True, blank=True)

    objects: ClassVar[VerdictQuerySet] = VerdictQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["-proposed_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(replaced_at=None, signed_at__isnull=False),
                name="one_signed_verdict",
            ),
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(replaced_at=None, signed_at=None),
                name="one_verdict_to_sign",
            ),
        ]
