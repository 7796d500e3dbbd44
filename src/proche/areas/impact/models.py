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
    # The other words of the sentence a page opens on; where one is empty, a general word stands.
    product_fr = models.CharField(_("what it is about, in French"), max_length=60, blank=True)
    product_en = models.CharField(_("what it is about, in English"), max_length=60, blank=True)
    units_fr = models.CharField(_("several units, in French"), max_length=40, blank=True)
    units_en = models.CharField(_("several units, in English"), max_length=40, blank=True)
    verb_fr = models.CharField(_("what a unit does, in French"), max_length=40, blank=True)
    verb_en = models.CharField(_("what a unit does, in English"), max_length=40, blank=True)
    one_fr = models.CharField(_("one of what is counted, in French"), max_length=60, blank=True)
    one_en = models.CharField(_("one of what is counted, in English"), max_length=60, blank=True)
    period_fr = models.CharField(_("one period, in French"), max_length=30, blank=True)
    period_en = models.CharField(_("one period, in English"), max_length=30, blank=True)
    # What the plan promised; the page says where the results hold something else.
    drawn = models.BooleanField(_("the groups were drawn at random"), default=False)
    units_per_arm = models.PositiveIntegerField(_("units in each group"), null=True, blank=True)
    periods_before = models.PositiveSmallIntegerField(_("periods before"), null=True, blank=True)
    periods_after = models.PositiveSmallIntegerField(_("periods after"), null=True, blank=True)
    # Results are read against a plan frozen before them; None says that they were not.
    planned_at = models.DateTimeField(null=True, blank=True)
    planned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
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
    # The JSON shape of `proche impact --json`, with the sentence a page opens on as `lead`.
    figures = models.JSONField()
    conclusive = models.BooleanField()


class SetAside(models.Model):
    """What stood before the last results were entered, kept for one undo.

    `content` holds the observations with who entered them; None where there was nothing.
    """

    study = models.OneToOneField(Study, models.CASCADE, related_name="set_aside")
    content = models.JSONField(null=True)
