"""Destroy every hour what time destroys: late nominations, marks of addresses."""

from datetime import timedelta

from django.db import migrations
from django.utils import timezone

JOB = "recruitment: forget what time destroys"


def schedule(apps, schema_editor):
    apps.get_model("django_q", "Schedule").objects.update_or_create(
        name=JOB,
        defaults={
            "func": "proche.areas.recruitment.tasks.forget_what_time_destroys",
            "schedule_type": "H",
            "repeats": -1,
            "next_run": timezone.now() + timedelta(minutes=20),
        },
    )


def unschedule(apps, schema_editor):
    apps.get_model("django_q", "Schedule").objects.filter(name=JOB).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("recruitment", "0002_calls_with_partners_and_accounts"),
        ("django_q", "0019_alter_task_options_alter_ormq_key_alter_ormq_lock_and_more"),
    ]
    operations = [migrations.RunPython(schedule, unschedule)]
