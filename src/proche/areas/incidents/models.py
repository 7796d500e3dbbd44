"""The register of confidentiality incidents (P-39.1, s. 3.8; Regulation respecting confidentiality
incidents, s. 7): each incident, serious or not. Nothing is deleted: a correction is a version."""

from datetime import date
from typing import Any, ClassVar

from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from proche.areas.accounts.models import Programme, ProgrammeQuerySet

# From the day the incident was known (Regulation, s. 8): the register keeps it longer.
KEPT_YEARS = 5


class Incident(models.Model):
    """One incident, by its number in the programme; what is known of it stands in its versions."""

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="incidents")
    number = models.PositiveIntegerField()

    objects: ClassVar[ProgrammeQuerySet] = ProgrammeQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "number"], name="incident_number_once")
        ]


class IncidentVersion(models.Model):
    """What was known of an incident, as somebody wrote it; the newest version is in force."""

    incident = models.ForeignKey(Incident, models.CASCADE, related_name="versions")
    version = models.PositiveSmallIntegerField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()
    # Why it was corrected; empty for the first version.
    reason = models.CharField(_("reason of the correction"), max_length=300, blank=True)

    what = models.TextField(_("what happened"), max_length=4000)
    happened_on = models.DateField(_("when it happened, from"), null=True, blank=True)
    happened_until = models.DateField(_("until"), null=True, blank=True)
    known_on = models.DateField(_("when it was known"))
    information = models.TextField(_("kinds of information"), max_length=2000)
    whose = models.CharField(_("whose information"), max_length=300)
    people = models.PositiveIntegerField(
        _("how many people"), null=True, blank=True, validators=[MaxValueValidator(100_000_000)]
    )
    estimated = models.BooleanField(_("these figures and dates are estimates"), default=False)
    serious = models.BooleanField(_("risk of serious injury"))
    why_serious = models.TextField(_("why, or why not"), max_length=2000)
    commission_told_on = models.DateField(_("the Commission was told on"), null=True, blank=True)
    people_told_on = models.DateField(_("the people were told on"), null=True, blank=True)
    public_notice = models.TextField(_("public notice: when, and why"), max_length=1000, blank=True)
    measures = models.TextField(_("measures taken"), max_length=4000)

    class Meta:
        ordering = ["-version"]
        constraints = [
            models.UniqueConstraint(fields=["incident", "version"], name="incident_version_once")
        ]

    @property
    def kept_until(self) -> date:
        """The first day the law would let it go; Proche lets nothing of the register go."""
        known = self.known_on
        leap = known.month == 2 and known.day == 29
        return known.replace(year=known.year + KEPT_YEARS, day=28 if leap else known.day)

    @property
    def to_tell(self) -> bool:
        """Whether somebody still has to be told of a serious one (s. 3.5)."""
        told = self.commission_told_on and (self.people_told_on or self.public_notice)
        return self.serious and not told


FACTS = (
    "what",
    "happened_on",
    "happened_until",
    "known_on",
    "information",
    "whose",
    "people",
    "estimated",
    "serious",
    "why_serious",
    "commission_told_on",
    "people_told_on",
    "public_notice",
    "measures",
)


def facts_of(version: IncidentVersion) -> dict[str, Any]:
    return {name: getattr(version, name) for name in FACTS}
