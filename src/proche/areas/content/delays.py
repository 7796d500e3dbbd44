"""For how long a programme keeps those it refused, and those of a list who never answered."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from proche.areas.accounts.models import Programme, ProgrammeQuerySet


class KeptFor(models.Model):
    """How long a programme keeps them, one row a change; the newest is in force."""

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="kept_for")
    refused_months = models.PositiveSmallIntegerField()
    silent_months = models.PositiveSmallIntegerField()
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    changed_at = models.DateTimeField()

    objects: ClassVar[ProgrammeQuerySet] = ProgrammeQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["-changed_at", "-id"]
