"""What the bank page keeps: views with a name, columns chosen, tags given to many, and the log of
changes by which every process knows that what it holds in memory is out of date."""

import secrets
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from proche.areas.accounts.models import Programme, ProgrammeQuerySet


def new_view_key() -> str:
    return secrets.token_urlsafe(6)


class BankChange(models.Model):
    """Somebody's facts changed. Written by triggers of the database, so that no writer forgets;
    the person may be gone, hence no foreign key."""

    person_id = models.BigIntegerField()
    # Random: the same number in another copy of the database is another change.
    mark = models.BigIntegerField()
    # The transaction that wrote it, on PostgreSQL: numbers are given there before they are seen.
    xact = models.BigIntegerField(default=0, db_index=True)


class BankViewQuerySet(ProgrammeQuerySet):
    def seen_by(self, user: object) -> "BankViewQuerySet":
        """Of this programme's team: one's own views, and those the others share."""
        return self.for_actor(user).filter(Q(owner=user) | Q(shared=True), removed_at=None)


class BankView(models.Model):
    """A question put to the bank with its columns and its order, under a name."""

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="bank_views")
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="bank_views")
    key = models.CharField(max_length=12, unique=True, default=new_view_key)
    name = models.CharField(_("name of the view"), max_length=60)
    shared = models.BooleanField(_("share it with the team"), default=False)
    # The query string, without the page.
    query = models.TextField(blank=True)
    # Codes of the columns; those of the page in their order.
    columns = models.JSONField(default=list)
    opens_first = models.BooleanField(_("open the bank with it"), default=False)
    created_at = models.DateTimeField(auto_now_add=True)
    removed_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[BankViewQuerySet] = BankViewQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["name", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "owner"],
                condition=Q(opens_first=True, removed_at=None),
                name="one_view_opens_first",
            )
        ]

    def __str__(self) -> str:
        return self.name


class BankTable(models.Model):
    """The columns and the length of page somebody chose, kept from one visit to the next."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="bank_table")
    columns = models.JSONField(default=list)
    rows = models.PositiveSmallIntegerField(default=50)


class TagAct(models.Model):
    """One tag given to, or taken from, several people at once: what undoing it needs."""

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="tag_acts")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    name = models.CharField(max_length=40)
    given = models.BooleanField()
    # Only those it changed: who had the tag before keeps it.
    people = models.JSONField(default=list)
    undone_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[ProgrammeQuerySet] = ProgrammeQuerySet.as_manager()  # type: ignore[assignment]
