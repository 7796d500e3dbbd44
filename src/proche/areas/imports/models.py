"""Lists that an agency brings with it: each import as one batch, and what undoing it needs."""

from datetime import datetime, timedelta
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from proche.areas.accounts.models import Programme, ProgrammeQuerySet
from proche.areas.people.models import Person, new_key

# The file of a batch is destroyed so many days after it came.
FILE_DAYS = 30
# A job that said nothing for so long was cut, or waits for a worker that does not run.
SILENT = timedelta(minutes=5)


class Basis(models.TextChoices):
    """Why the agency holds somebody, as it declares it. None of these is a consent given here."""

    CONSENT = "consent", _("they agreed, in writing or out loud, to be written to")
    RELATION = "relation", _("gift, contract or purchase with the agency")
    APPLICATION = "application", _("they asked to take part, or for information")
    NONE = "none", _("none that we can show")


class ImportBatch(models.Model):
    """One file of people: from its columns to its undoing, with who, when and how many."""

    class State(models.TextChoices):
        MAPPING = "mapping", _("columns to name")
        CHECKING = "checking", _("being checked")
        CHECKED = "checked", _("ready to import")
        IMPORTING = "importing", _("being imported")
        IMPORTED = "imported", _("imported")
        UNDOING = "undoing", _("being undone")
        UNDONE = "undone", _("undone")

    UNDER_WAY = (State.CHECKING, State.IMPORTING, State.UNDOING)

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="import_batches")
    key = models.CharField(max_length=16, unique=True, default=new_key)
    state = models.CharField(max_length=10, choices=State, default=State.MAPPING)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    file_name = models.CharField(_("file"), max_length=120)
    sheets = models.JSONField(default=list)
    sheet = models.CharField(_("sheet"), max_length=120, blank=True)
    # The headings as written, three values of each column, and the number of rows below them.
    header = models.JSONField(default=list)
    examples = models.JSONField(default=list)
    total = models.PositiveIntegerField(default=0)
    # What each column is, in their order ("" is left out); then what columns.Choices asks.
    mapping = models.JSONField(default=list)
    choices = models.JSONField(default=dict)
    # How far the job of the state is: rows gone through, and where the next stands in the file.
    done = models.PositiveIntegerField(default=0)
    place = models.PositiveBigIntegerField(default=0)
    moved_at = models.DateTimeField(null=True, blank=True)
    failed_at = models.DateTimeField(null=True, blank=True)
    # By outcome of deciding.Outcome: what the check foresaw, and what the import did.
    foreseen = models.JSONField(default=dict)
    counts = models.JSONField(default=dict)
    # By code of problems.Problem, and the first people as they will become.
    problems = models.JSONField(default=dict)
    preview = models.JSONField(default=list)
    imported_at = models.DateTimeField(null=True, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    files_gone_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[ProgrammeQuerySet] = ProgrammeQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["-created_at", "-id"]

    def __str__(self) -> str:
        return self.file_name

    @property
    def under_way(self) -> bool:
        return self.state in self.UNDER_WAY

    @property
    def files_go_on(self) -> datetime:
        return self.created_at + timedelta(days=FILE_DAYS)

    def is_stuck(self) -> bool:
        """Whether somebody must ask again for the job to go on."""
        heard = self.moved_at or self.created_at
        return self.under_way and (self.failed_at is not None or timezone.now() - heard > SILENT)


class ImportedRow(models.Model):
    """What one row of a file did to one person: never what was written, only keyed marks of it."""

    batch = models.ForeignKey(ImportBatch, models.CASCADE, related_name="rows")
    person = models.ForeignKey(Person, models.CASCADE, related_name="imported_rows")
    row = models.PositiveIntegerField()
    created = models.BooleanField()
    # Field of the person → mark of the value written; an undo restores what still bears it.
    marks = models.JSONField(default=dict)
    # Primary key of an account → what was done to it and its mark; tags given, by primary key.
    accounts = models.JSONField(default=dict)
    tags = models.JSONField(default=list)
    # Set by the undo: somebody did something with this person since, so they stay.
    kept = models.BooleanField(default=False)

    class Meta:
        ordering = ["row"]
        # A row delivered twice is written once.
        constraints = [models.UniqueConstraint(fields=["batch", "row"], name="imported_row_once")]


class Origin(models.Model):
    """Where an imported person comes from, and the basis the agency declares for holding them.
    Without `confirmed_at` they agreed to nothing here: no offer, no letter, no shortlist."""

    person = models.OneToOneField(Person, models.CASCADE, related_name="origin")
    batch = models.ForeignKey(ImportBatch, models.SET_NULL, null=True, related_name="origins")
    basis = models.CharField(max_length=12, choices=Basis)
    dated_on = models.DateField(null=True, blank=True)
    source = models.CharField(max_length=200, blank=True)
    note = models.TextField(max_length=1000, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    invited_at = models.DateTimeField(null=True, blank=True)
    confirmed_at = models.DateTimeField(null=True, blank=True)


class ColumnMemory(models.Model):
    """How the columns of a file were named, offered again for a file with the same headings."""

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="column_memories")
    signature = models.CharField(max_length=64)
    mapping = models.JSONField(default=list)
    choices = models.JSONField(default=dict)
    used_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["programme", "signature"], name="columns_once")
        ]
