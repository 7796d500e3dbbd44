"""Every hour: erase those refused, or silent since a list, whose time is over. The first hour comes
in a month: whoever is over already stands in the list of the team until then."""

from datetime import timedelta

from django.db import migrations
from django.utils import timezone

NAME = "content: erase in time"


def schedule(apps, schema_editor):
    apps.get_model("django_q", "Schedule").objects.update_or_create(
        name=NAME,
        defaults={
            "func": "proche.areas.content.tasks.erase_in_time",
            "schedule_type": "H",
            "repeats": -1,
            "next_run": timezone.now() + timedelta(days=30),
        },
    )


def unschedule(apps, schema_editor):
    apps.get_model("django_q", "Schedule").objects.filter(name=NAME).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("content", "0015_how_long_they_are_kept"),
        ("django_q", "0019_alter_task_options_alter_ormq_key_alter_ormq_lock_and_more"),
    ]
    operations = [migrations.RunPython(schedule, unschedule)]
