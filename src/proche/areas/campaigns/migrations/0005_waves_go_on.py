"""Look every ten minutes whether a wave has ended, and prepare or send the next one."""

from datetime import timedelta

from django.db import migrations
from django.utils import timezone

JOB = "campaigns: go on with the waves"


def schedule(apps, schema_editor):
    apps.get_model("django_q", "Schedule").objects.update_or_create(
        name=JOB,
        defaults={
            "func": "proche.areas.campaigns.tasks.go_on_with_waves",
            "schedule_type": "I",
            "minutes": 10,
            "repeats": -1,
            "next_run": timezone.now() + timedelta(minutes=5),
        },
    )


def unschedule(apps, schema_editor):
    apps.get_model("django_q", "Schedule").objects.filter(name=JOB).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("campaigns", "0004_waves"),
        ("django_q", "0019_alter_task_options_alter_ormq_key_alter_ormq_lock_and_more"),
    ]
    operations = [migrations.RunPython(schedule, unschedule)]
