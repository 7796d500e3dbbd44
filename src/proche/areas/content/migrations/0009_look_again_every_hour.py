"""Every hour: the posts to look at again. Every night: forget the proof that is old."""

from datetime import timedelta

from django.db import migrations
from django.utils import timezone

HOURLY = ("content: look at the posts again", "proche.areas.content.tasks.look_again")
NIGHTLY = ("content: forget old proof", "proche.areas.content.tasks.forget_old_proof")


def schedule(apps, schema_editor):
    now = timezone.localtime()
    tomorrow = (now + timedelta(days=1)).replace(hour=3, minute=50, second=0, microsecond=0)
    rows = apps.get_model("django_q", "Schedule").objects
    for (name, func), kind, first in (
        (HOURLY, "H", now + timedelta(hours=1)),
        (NIGHTLY, "D", tomorrow),
    ):
        rows.update_or_create(
            name=name,
            defaults={"func": func, "schedule_type": kind, "repeats": -1, "next_run": first},
        )


def unschedule(apps, schema_editor):
    names = [name for name, _func in (HOURLY, NIGHTLY)]
    apps.get_model("django_q", "Schedule").objects.filter(name__in=names).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("content", "0008_keep_proof_of_posts"),
        ("django_q", "0019_alter_task_options_alter_ormq_key_alter_ormq_lock_and_more"),
    ]
    operations = [migrations.RunPython(schedule, unschedule)]
