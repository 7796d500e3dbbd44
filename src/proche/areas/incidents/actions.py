"""Writing an incident in the register, and correcting what was written."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from proche.areas.accounts.models import Programme, User
from proche.areas.incidents.models import FACTS, Incident, IncidentVersion, facts_of
from proche.common.errors import Refusal


@transaction.atomic
def write_incident(programme: Programme, facts: Mapping[str, Any], *, by: User) -> IncidentVersion:
    """A new incident, under the next number of the programme; `facts` by the names of FACTS."""
    Programme.objects.select_for_update().get(pk=programme.pk)
    last = Incident.objects.in_programme(programme).aggregate(last=Max("number"))["last"] or 0
    incident = Incident.objects.create(programme=programme, number=last + 1)
    return _version(incident, 1, facts, by=by, reason="")


@transaction.atomic
def correct_incident(
    incident: Incident, facts: Mapping[str, Any], *, reason: str, read: int, by: User
) -> IncidentVersion:
    """A new version in force; the earlier ones stay. `read` is the version that was corrected.

    Raises Refusal without a reason or a change, or where somebody corrected it meanwhile."""
    Incident.objects.select_for_update().get(pk=incident.pk)
    newest = incident.versions.first()
    assert newest is not None
    if newest.version != read:
        raise Refusal(
            _("Somebody corrected this incident meanwhile: look at it, then write yours again."),
            code="changed_since",
        )
    if not reason.strip():
        raise Refusal(_("Say why it is corrected."), code="reason_needed", field="reason")
    if facts_of(newest) == {name: facts[name] for name in FACTS}:
        raise Refusal(_("It already says so."), code="no_change")
    return _version(incident, read + 1, facts, by=by, reason=reason.strip())


def _version(
    incident: Incident, version: int, facts: Mapping[str, Any], *, by: User, reason: str
) -> IncidentVersion:
    return IncidentVersion.objects.create(
        incident=incident,
        version=version,
        by=by,
        at=timezone.now(),
        reason=reason,
        **{name: facts[name] for name in FACTS},
    )
