"""Destroy every hour the files that time destroys."""

from datetime import timedelta

from django.db import migrations
from django.utils import timezone

JOB = "imports: destroy old files"


def schedule(apps, schema_editor):
    apps.get_model("django_q", "Schedule").objects.update_or_create(
        name=JOB,
        defaults={
            "func": "proche.areas.imports.tasks.destroy_old_files",
            "schedule_type": "H",
            "repeats": -1,
            "next_run": timezone.now() + timedelta(minutes=30),
        },
    )


def unschedule(apps, schema_editor):
    apps.get_model("django_q", "Schedule").objects.filter(name=JOB).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("imports", "0001_first_tables"),
        ("django_q", "0019_alter_task_options_alter_ormq_key_alter_ormq_lock_and_more"),
    ]
    operations = [migrations.RunPython(schedule, unschedule)]
