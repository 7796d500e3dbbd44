"""Close the offers whose last day has passed, every night."""

from datetime import timedelta

from django.db import migrations
from django.utils import timezone

JOB = "campaigns: close late offers"


def schedule(apps, schema_editor):
    tomorrow = timezone.localtime() + timedelta(days=1)
    apps.get_model("django_q", "Schedule").objects.update_or_create(
        name=JOB,
        defaults={
            "func": "proche.areas.campaigns.tasks.expire_offers",
            "schedule_type": "D",
            "repeats": -1,
            "next_run": tomorrow.replace(hour=0, minute=10, second=0, microsecond=0),
        },
    )


def unschedule(apps, schema_editor):
    apps.get_model("django_q", "Schedule").objects.filter(name=JOB).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("campaigns", "0002_first_in_line"),
        ("django_q", "0019_alter_task_options_alter_ormq_key_alter_ormq_lock_and_more"),
    ]
    operations = [migrations.RunPython(schedule, unschedule)]
