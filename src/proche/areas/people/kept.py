"""What is kept beside a person: who said what, notes and files of the team, who looked, breaks,
the yearly question, and a departure under way. All of it is erased with the person."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from proche.areas.accounts.models import ProgrammeQuerySet
from proche.areas.people.models import new_key


class OfPersonQuerySet(ProgrammeQuerySet):
    programme_path = "person__programme"


class Said(models.Model):
    """One act that gave facts of a person, or of one of their accounts, their present value.

    `before` holds what the facts were, to show and to put back: nowhere else is an old value kept,
    and it is thrown away after a year."""

    class Source(models.TextChoices):
        SIGN_UP = "sign_up", _("declared at sign-up")
        MEMBER = "member", _("changed by the person")
        TEAM = "team", _("corrected by the team")
        ARCHIVE = "archive", _("from the export of the account")
        SPREADSHEET = "spreadsheet", _("from the agency’s spreadsheet")
        INTERFACE = "interface", _("read from the interface of the network")

    person = models.ForeignKey("people.Person", models.CASCADE, related_name="said")
    account = models.ForeignKey(
        "people.Account", models.CASCADE, null=True, blank=True, related_name="said"
    )
    fields = models.JSONField(default=list)
    before = models.JSONField(default=dict)
    source = models.CharField(max_length=12, choices=Source)
    # Nobody where the person themselves said it.
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    at = models.DateTimeField()
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)
    # Nobody where the person objected.
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    objects: ClassVar[OfPersonQuerySet] = OfPersonQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["-at", "-id"]
        indexes = [models.Index(fields=["person", "-at"], name="said_of_person")]


class Note(models.Model):
    """The team's own words about a person, who may read them."""

    person = models.ForeignKey("people.Person", models.CASCADE, related_name="notes")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    text = models.TextField(_("note"), max_length=2000)
    written_at = models.DateTimeField()
    edited_at = models.DateTimeField(null=True, blank=True)
    # Destroyed thirty days later, by the nightly job.
    removed_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[OfPersonQuerySet] = OfPersonQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["-written_at", "-id"]


def file_key() -> str:
    return new_key(16)


class PersonFile(models.Model):
    """An image or a PDF that the team keeps about a person; the bytes lie outside static files."""

    person = models.ForeignKey("people.Person", models.CASCADE, related_name="files")
    key = models.CharField(max_length=32, unique=True, default=file_key)
    name = models.CharField(_("name"), max_length=120)
    kind = models.CharField(max_length=20)
    size = models.PositiveIntegerField()
    stored = models.FileField(upload_to="people", max_length=120)
    why = models.CharField(_("why it is kept"), max_length=200)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[OfPersonQuerySet] = OfPersonQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["-at", "-id"]

    def __str__(self) -> str:
        return self.name


class Look(models.Model):
    """Somebody of the team saw a person's page, a file or a row of an export, on a day."""

    class What(models.TextChoices):
        PAGE = "page", _("their page")
        FILE = "file", _("a file")
        EXPORT = "export", _("an exported list")

    person = models.ForeignKey("people.Person", models.CASCADE, related_name="looks")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    what = models.CharField(max_length=6, choices=What)
    # Found again by the nightly job, which destroys what is two years old.
    day = models.DateField(db_index=True)

    class Meta:
        ordering = ["-day", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["person", "user", "day", "what"], name="look_once")
        ]


class Break(models.Model):
    """A break of a member, open or until a day; at most one has not ended."""

    person = models.ForeignKey("people.Person", models.CASCADE, related_name="breaks")
    began_at = models.DateTimeField()
    # The morning they are back; none where they come back by themselves.
    until = models.DateField(_("until"), null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-began_at", "-id"]
        constraints = [
            models.UniqueConstraint("person", condition=Q(ended_at=None), name="break_open_once")
        ]
        # Who wakes this morning.
        indexes = [models.Index(fields=["until"], condition=Q(ended_at=None), name="break_ends")]


class StillTrue(models.Model):
    """“Is this still you?”, asked once a year; at most one waits for its answer."""

    class Answer(models.TextChoices):
        TRUE = "true", _("all still true")
        CHANGED = "changed", _("answers changed")
        ASLEEP = "asleep", _("takes a break")

    person = models.ForeignKey("people.Person", models.CASCADE, related_name="still_true")
    asked_at = models.DateTimeField()
    reminded_at = models.DateTimeField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answer = models.CharField(max_length=8, choices=Answer, blank=True)
    # Who of the team heard the answer; nobody where the person gave it.
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    objects: ClassVar[OfPersonQuerySet] = OfPersonQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["-asked_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                "person", condition=Q(answered_at=None), name="still_true_open_once"
            )
        ]


class Departure(models.Model):
    """Somebody asked to leave: who they were is sealed here until they are erased, or stay."""

    person = models.OneToOneField("people.Person", models.CASCADE, related_name="departure")
    asked_at = models.DateTimeField()
    # The nightly job erases from this day on.
    erase_on = models.DateField(db_index=True)
    sealed = models.JSONField()
