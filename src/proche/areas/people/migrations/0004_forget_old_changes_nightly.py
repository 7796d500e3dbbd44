"""Throw old notes of changes away, every night."""

from datetime import timedelta

from django.db import migrations
from django.utils import timezone

JOB = "people: forget old changes"


def schedule(apps, schema_editor):
    tomorrow = timezone.localtime() + timedelta(days=1)
    apps.get_model("django_q", "Schedule").objects.update_or_create(
        name=JOB,
        defaults={
            "func": "proche.areas.people.tasks.forget_old_changes",
            "schedule_type": "D",
            "repeats": -1,
            "next_run": tomorrow.replace(hour=3, minute=20, second=0, microsecond=0),
        },
    )


def unschedule(apps, schema_editor):
    apps.get_model("django_q", "Schedule").objects.filter(name=JOB).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0003_renew_the_words_searched"),
        ("django_q", "0019_alter_task_options_alter_ormq_key_alter_ormq_lock_and_more"),
    ]
    operations = [migrations.RunPython(schedule, unschedule)]
