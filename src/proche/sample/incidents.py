"""One small incident of the past, so that the register shows what it asks for."""

from datetime import timedelta

from proche.areas.accounts.models import Programme, User
from proche.areas.incidents.actions import write_incident
from proche.areas.incidents.models import FACTS, IncidentVersion
from proche.sample.calendar import Calendar
from proche.sample.draw import table


def make_incidents(programme: Programme, calendar: Calendar, *, by: User) -> None:
    for told in table("incidents")["incident"]:
        known = calendar.at(told["known"], 9, 20)
        facts = dict.fromkeys(FACTS) | {"estimated": False, "public_notice": ""} | told
        facts |= {"happened_on": (known - timedelta(days=1)).date(), "known_on": known.date()}
        version = write_incident(programme, facts, by=by)
        IncidentVersion.objects.filter(pk=version.pk).update(at=known)
