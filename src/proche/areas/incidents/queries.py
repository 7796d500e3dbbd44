"""Reads of the register: the version in force of each incident."""

from django.db.models import OuterRef, QuerySet, Subquery

from proche.areas.accounts.models import Programme
from proche.areas.incidents.models import IncidentVersion


def register(programme: Programme) -> QuerySet[IncidentVersion]:
    """The newest version of each incident, the last known first."""
    newest = IncidentVersion.objects.filter(incident=OuterRef("incident")).order_by("-version")
    rows = every_version(programme).filter(version=Subquery(newest.values("version")[:1]))
    return rows.order_by("-known_on", "-incident__number")


def every_version(programme: Programme) -> QuerySet[IncidentVersion]:
    rows = IncidentVersion.objects.filter(incident__programme=programme)
    return rows.select_related("incident", "by").order_by("incident__number", "version")
