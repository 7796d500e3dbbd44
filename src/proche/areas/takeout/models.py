"""Everything a programme keeps, in one file: who asked for it, when, and until when it is there."""

from datetime import datetime, timedelta
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from proche.areas.accounts.models import Programme, ProgrammeQuerySet
from proche.areas.people.models import new_key
from proche.common.choices import Language

# The file is destroyed so many days after it was made.
FILE_DAYS = 7
SILENT = timedelta(minutes=5)


class Takeout(models.Model):
    """One export of everything. The row stays when its file is destroyed: who took what is kept."""

    class Kind(models.TextChoices):
        CSV = "csv", _("CSV: one file for each table, in a ZIP")
        XLSX = "xlsx", _("Excel: one workbook, one sheet for each table")
        JSON = "json", _("JSON: one file for each table, in a ZIP, for programs")

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="takeouts")
    key = models.CharField(max_length=16, unique=True, default=new_key)
    # Nobody: by the command, on the machine itself.
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    asked_at = models.DateTimeField(auto_now_add=True)
    kind = models.CharField(_("format"), max_length=4, choices=Kind, default=Kind.CSV)
    language = models.CharField(
        _("language of the headings"), max_length=2, choices=Language, default=Language.FRENCH
    )
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    moved_at = models.DateTimeField(null=True, blank=True)
    failed_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    size = models.PositiveBigIntegerField(default=0)
    taken_at = models.DateTimeField(null=True, blank=True)
    taken_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    gone_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[ProgrammeQuerySet] = ProgrammeQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["-asked_at", "-id"]

    @property
    def suffix(self) -> str:
        return "xlsx" if self.kind == self.Kind.XLSX else "zip"

    @property
    def under_way(self) -> bool:
        return self.finished_at is None and self.gone_at is None

    @property
    def goes_on(self) -> datetime:
        return (self.finished_at or self.asked_at) + timedelta(days=FILE_DAYS)

    def is_stuck(self) -> bool:
        heard = self.moved_at or self.asked_at
        return self.under_way and (self.failed_at is not None or timezone.now() - heard > SILENT)
