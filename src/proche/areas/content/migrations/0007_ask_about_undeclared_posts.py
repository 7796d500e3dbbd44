"""Every night: ask the members who agreed about the posts they handed in that name another brand."""

from datetime import timedelta

from django.db import migrations
from django.utils import timezone

NAME = "content: ask about undeclared posts"


def schedule(apps, schema_editor):
    tomorrow = timezone.localtime() + timedelta(days=1)
    apps.get_model("django_q", "Schedule").objects.update_or_create(
        name=NAME,
        defaults={
            "func": "proche.areas.content.tasks.ask_about_undeclared",
            "schedule_type": "D",
            "repeats": -1,
            "next_run": tomorrow.replace(hour=4, minute=30, second=0, microsecond=0),
        },
    )


def unschedule(apps, schema_editor):
    apps.get_model("django_q", "Schedule").objects.filter(name=NAME).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("content", "0006_posts_nobody_declared"),
        ("django_q", "0019_alter_task_options_alter_ormq_key_alter_ormq_lock_and_more"),
    ]
    operations = [migrations.RunPython(schedule, unschedule)]
