"""What a campaign was worth: the plan, the results entered, the figures they give."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from proche.areas.accounts.models import ProgrammeQuerySet
from proche.areas.brands.models import Brand
from proche.areas.campaigns.models import Campaign


class StudyQuerySet(ProgrammeQuerySet):
    programme_path = "brand__programme"


class Study(models.Model):
    """One measurement: which units (stores, regions), which outcome, which arms, from when."""

    brand = models.ForeignKey(Brand, models.CASCADE, related_name="studies")
    campaign = models.ForeignKey(
        Campaign, models.SET_NULL, null=True, blank=True, related_name="studies"
    )
    title_fr = models.CharField(_("title in French"), max_length=120)
    title_en = models.CharField(_("title in English"), max_length=120)
    unit_fr = models.CharField(_("one unit, in French"), max_length=40)
    unit_en = models.CharField(_("one unit, in English"), max_length=40)
    outcome_fr = models.CharField(_("what is counted, in French"), max_length=60)
    outcome_en = models.CharField(_("what is counted, in English"), max_length=60)
    # Results are read against a plan frozen before them; None says that they were not.
    planned_at = models.DateTimeField(null=True, blank=True)
    starts_on = models.DateField(_("first day of the campaign"), null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[StudyQuerySet] = StudyQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["-created_at", "-id"]

    def __str__(self) -> str:
        return self.title_fr


class Observation(models.Model):
    """One figure of one unit in one period, as entered."""

    class Period(models.TextChoices):
        PRE = "pre", _("before")
        POST = "post", _("after")

    study = models.ForeignKey(Study, models.CASCADE, related_name="observations")
    unit = models.CharField(max_length=80)
    arm = models.CharField(max_length=30)
    period = models.CharField(max_length=4, choices=Period)
    on = models.DateField(null=True, blank=True)
    outcome = models.FloatField()
    exposure = models.FloatField(null=True, blank=True)
    cost = models.FloatField(null=True, blank=True)

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["study", "arm"], name="observations_of_study")]


class Result(models.Model):
    """The figures computed from the observations of a study, with who entered them and when."""

    study = models.OneToOneField(Study, models.CASCADE, related_name="result")
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    entered_at = models.DateTimeField()
    file_name = models.CharField(max_length=200, blank=True)
    # The JSON shape of `proche impact --json`.
    figures = models.JSONField()
    conclusive = models.BooleanField()
