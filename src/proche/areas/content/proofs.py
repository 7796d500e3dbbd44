"""What was seen of a post, kept as proof: one row a look, never changed afterwards."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from proche.areas.accounts.models import Programme, ProgrammeQuerySet
from proche.areas.campaigns.models import Exchange
from proche.areas.content.models import Post
from proche.areas.people.models import new_key

OF_EXCHANGE = "offer__campaign__brief__brand__programme"


class PublicChecks(models.Model):
    """An owner let the server read the public pages of posts; the row that is open says so."""

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="public_checks")
    with_images = models.BooleanField(default=False)
    on_at = models.DateTimeField()
    on_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    off_at = models.DateTimeField(null=True, blank=True)
    off_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["-on_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                "programme", condition=Q(off_at=None), name="public_checks_open_once"
            )
        ]


class ProofQuerySet(ProgrammeQuerySet):
    programme_path = f"post__exchange__{OF_EXCHANGE}"


class Proof(models.Model):
    """One look at a post by one eye. `sealed` is the SHA-256 of the statement that names every
    part by its own; each statement holds the seal of the look before it. Triggers of the database
    refuse to change or remove a sealed part, of this row or of its images.

    Erasing a member empties the address, the text, the salt and the images. The seal stays, and
    without the salt nobody can find by guessing what it was the seal of."""

    class Who(models.TextChoices):
        MEMBER = "member", _("the member")
        TEAM = "team", _("the team")
        SERVER = "server", _("the server, as anybody would see it")

    class Found(models.TextChoices):
        HANDED_IN = "handed_in", pgettext_lazy("look at a post", "Handed in")
        SAME = "same", pgettext_lazy("look at a post", "Up, and unchanged")
        PART = "part", pgettext_lazy("look at a post", "Up, unchanged as far as it was seen")
        CHANGED = "changed", pgettext_lazy("look at a post", "Up, and changed")
        GONE = "gone", pgettext_lazy("look at a post", "No longer there")
        NOT_SEEN = "not_seen", pgettext_lazy("look at a post", "Not seen")

    post = models.ForeignKey(Post, models.CASCADE, related_name="proofs")
    seen_at = models.DateTimeField()
    who = models.CharField(max_length=6, choices=Who)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    # Days after the approval; 0 at the hand-in; none for a look nobody had planned.
    day = models.PositiveSmallIntegerField(null=True, blank=True)
    found = models.CharField(max_length=9, choices=Found)
    source = models.CharField(max_length=6, blank=True)
    http_status = models.PositiveSmallIntegerField(null=True, blank=True)
    # Why it was not seen, a code of platforms.public_pages.
    reason = models.CharField(max_length=12, blank=True)
    url = models.URLField(max_length=400, blank=True)
    text = models.TextField(blank=True)
    whole = models.BooleanField(default=False)
    verdict = models.CharField(max_length=12, blank=True)
    rules_version = models.CharField(max_length=20, blank=True)
    salt = models.CharField(max_length=32, blank=True)
    previous = models.CharField(max_length=64, blank=True)
    sealed = models.CharField(max_length=64)
    erased_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[ProofQuerySet] = ProofQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["-seen_at", "-id"]
        # What is old enough to be forgotten.
        indexes = [
            models.Index(fields=["seen_at"], condition=Q(erased_at=None), name="proof_to_forget")
        ]


def image_key() -> str:
    return new_key(16)


class ProofImageQuerySet(ProgrammeQuerySet):
    programme_path = f"exchange__{OF_EXCHANGE}"


class ProofImage(models.Model):
    """An image of a post, drawn again. Without a proof it waits for the hand-in it belongs to."""

    class What(models.TextChoices):
        SCREENSHOT = "screenshot", _("screenshot")
        FRAME = "frame", _("image of a story")
        PUBLIC = "public", _("public image")

    exchange = models.ForeignKey(Exchange, models.CASCADE, related_name="proof_images")
    proof = models.ForeignKey(Proof, models.CASCADE, null=True, blank=True, related_name="images")
    key = models.CharField(max_length=32, unique=True, default=image_key)
    what = models.CharField(max_length=10, choices=What)
    stored = models.FileField(upload_to="posts", max_length=120)
    kind = models.CharField(max_length=20)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    at = models.DateTimeField()

    objects: ClassVar[ProofImageQuerySet] = ProofImageQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["id"]
        # Those that were never handed in, which the nightly job destroys.
        indexes = [models.Index(fields=["at"], condition=Q(proof=None), name="proof_image_waiting")]


class TimeStamp(models.Model):
    """A third party's word on when a seal existed (RFC 3161); the answer as it came."""

    proof = models.OneToOneField(Proof, models.CASCADE, related_name="time_stamp")
    at = models.DateTimeField()
    server = models.CharField(max_length=200)
    reply = models.BinaryField()


class RecheckQuerySet(ProgrammeQuerySet):
    programme_path = f"post__exchange__{OF_EXCHANGE}"


class Recheck(models.Model):
    """A look that is due: at the hand-in (day 0), then 1, 7 and 30 days after the approval."""

    post = models.ForeignKey(Post, models.CASCADE, related_name="rechecks")
    day = models.PositiveSmallIntegerField()
    due_at = models.DateTimeField()
    # How often the server came back without an answer.
    tries = models.PositiveSmallIntegerField(default=0)
    # The server could not see it: somebody of the team looks.
    asks_person = models.BooleanField(default=False)
    done_at = models.DateTimeField(null=True, blank=True)
    proof = models.OneToOneField(
        Proof, models.SET_NULL, null=True, blank=True, related_name="recheck"
    )

    objects: ClassVar[RecheckQuerySet] = RecheckQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["due_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["post", "day"], condition=Q(done_at=None), name="recheck_open_once"
            )
        ]
        indexes = [models.Index(fields=["due_at"], condition=Q(done_at=None), name="recheck_due")]
