"""Limits written so far came with no consent of their own: none is made up, and nothing is lost.

They wait, unused, until the person agrees; so do those of people who are leaving, or of records that
were merged, should either come back."""

from django.db import migrations
from django.db.models import F


def set_aside(apps, schema_editor):
    Person = apps.get_model("people", "Person")
    Person.objects.exclude(limits="").update(limits_to_ask=F("limits"), limits="")
    for departure in apps.get_model("people", "Departure").objects.iterator():
        _wait(departure.sealed)
        departure.save(update_fields=["sealed"])
    for merge in apps.get_model("people", "Merge").objects.filter(undone_at=None).iterator():
        for change in merge.changes:
            if change["model"] == "people.Person" and change["field"] == "limits":
                change["field"] = "limits_to_ask"
        for row in merge.removed:
            if row["model"] == "people.person":
                _wait(row["fields"])
        merge.save(update_fields=["changes", "removed"])


def _wait(values):
    values["limits_to_ask"], values["limits"] = values.get("limits", ""), ""


class Migration(migrations.Migration):
    dependencies = [("people", "0008_limits_to_ask_again")]
    operations = [migrations.RunPython(set_aside, migrations.RunPython.noop)]
