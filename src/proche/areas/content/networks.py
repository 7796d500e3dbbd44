"""Networks whose interface an owner connected, and what an interface answered about a post."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from proche.areas.accounts.models import Programme, ProgrammeQuerySet
from proche.areas.content.proofs import Proof
from proche.common.choices import Platform


class Connection(models.Model):
    """An owner let the server ask the interface of a network; the row that is open says so."""

    class Network(models.TextChoices):
        BLUESKY = Platform.BLUESKY.value, "Bluesky"
        MASTODON = Platform.MASTODON.value, "Mastodon"

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="connections")
    network = models.CharField(_("network"), max_length=10, choices=Network)
    # Names of servers, where a network has many; the servers of members' accounts come besides.
    servers = models.JSONField(default=list, blank=True)
    on_at = models.DateTimeField()
    on_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    off_at = models.DateTimeField(null=True, blank=True)
    off_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    objects: ClassVar[ProgrammeQuerySet] = ProgrammeQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["-on_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                "programme", "network", condition=Q(off_at=None), name="connection_open_once"
            )
        ]


class ProofThread(models.Model):
    """What its author says further down the thread of a post, as JSON: their own posts alone, the
    replies of others being nobody's proof. A part of the proof, kept and destroyed like the answer,
    under triggers of its own."""

    proof = models.OneToOneField(Proof, models.CASCADE, related_name="thread")
    body = models.BinaryField()


class ProofAnswer(models.Model):
    """The bytes of an answer, a part of the proof like its words; destroyed with them. Triggers of
    the database refuse to change it, and to remove it before."""

    proof = models.OneToOneField(Proof, models.CASCADE, related_name="answer")
    body = models.BinaryField()
