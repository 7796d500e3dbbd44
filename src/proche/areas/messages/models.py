"""Every message out and in. One gateway sends; what may be sent is decided there."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from proche.areas.accounts.models import Programme, ProgrammeQuerySet
from proche.areas.people.models import Person
from proche.common.choices import Language


class Message(models.Model):
    # What a member may ask of the team.
    QUESTION, REVIEW = "question", "review"

    class Direction(models.TextChoices):
        OUT = "out", _("sent")
        IN = "in", _("received")

    class State(models.TextChoices):
        QUEUED = "queued", _("waiting to be sent")
        SENT = "sent", _("sent")
        FAILED = "failed", _("not delivered")
        RECEIVED = "received", _("to answer")
        ANSWERED = "answered", _("answered")

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="messages")
    person = models.ForeignKey(
        Person, models.CASCADE, null=True, blank=True, related_name="messages"
    )
    direction = models.CharField(max_length=3, choices=Direction, default=Direction.OUT)
    # The name of its templates: messages/<kind>.subject.txt and messages/<kind>.txt.
    kind = models.CharField(max_length=20)
    to = models.EmailField(blank=True)
    language = models.CharField(max_length=2, choices=Language)
    subject = models.CharField(max_length=200)
    body = models.TextField()
    state = models.CharField(max_length=10, choices=State, default=State.QUEUED)
    # A job delivered twice sends once: the key names the act ("offer:12").
    once_key = models.CharField(max_length=80, unique=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    answers = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="replies"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    error = models.CharField(max_length=250, blank=True)

    objects: ClassVar[ProgrammeQuerySet] = ProgrammeQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["-created_at", "-id"]
        # Today lists what waits for an answer.
        indexes = [models.Index(fields=["programme", "state"], name="message_waiting")]


# Django finds the models of an app in this module.
from proche.areas.messages.team_letters import TeamLetter  # noqa: E402, F401
