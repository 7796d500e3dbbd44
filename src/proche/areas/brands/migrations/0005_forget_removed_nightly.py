"""Contacts and drafts removed a month ago go, every night."""

from datetime import timedelta

from django.db import migrations
from django.utils import timezone

JOB = "brands: forget what was removed"


def schedule(apps, schema_editor):
    tomorrow = timezone.localtime() + timedelta(days=1)
    apps.get_model("django_q", "Schedule").objects.update_or_create(
        name=JOB,
        defaults={
            "func": "proche.areas.brands.tasks.forget_removed",
            "schedule_type": "D",
            "repeats": -1,
            "next_run": tomorrow.replace(hour=3, minute=50, second=0, microsecond=0),
        },
    )


def unschedule(apps, schema_editor):
    apps.get_model("django_q", "Schedule").objects.filter(name=JOB).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("brands", "0004_let_the_one_category_go"),
        ("django_q", "0019_alter_task_options_alter_ormq_key_alter_ormq_lock_and_more"),
    ]
    operations = [migrations.RunPython(schedule, unschedule)]
