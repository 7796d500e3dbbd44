"""What the team writes to several people at once, and how far the sending is."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from proche.areas.accounts.models import Programme, ProgrammeQuerySet


class TeamLetter(models.Model):
    """One message in two languages to people chosen in the bank; a draft until it is sent."""

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="team_letters")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    subject_fr = models.CharField(_("subject, in French"), max_length=120, blank=True)
    body_fr = models.TextField(_("message, in French"), max_length=5000, blank=True)
    subject_en = models.CharField(_("subject, in English"), max_length=120, blank=True)
    body_en = models.TextField(_("message, in English"), max_length=5000, blank=True)
    # Primary keys of the people chosen, in the order they are written to.
    people = models.JSONField(default=list)
    sent_at = models.DateTimeField(null=True, blank=True)
    # How many of the people were gone through, and how many of them were written to.
    done = models.PositiveIntegerField(default=0)
    written = models.PositiveIntegerField(default=0)
    finished_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[ProgrammeQuerySet] = ProgrammeQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["-created_at", "-id"]

    def __str__(self) -> str:
        return self.subject_fr or self.subject_en
