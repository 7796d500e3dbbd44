"""Every night: end breaks, ask who was not asked for a year, erase who left, forget what is old."""

from datetime import timedelta

from django.db import migrations
from django.utils import timezone

JOBS = [
    ("content: end the breaks", "proche.areas.content.tasks.wake", 4, 0),
    ("content: ask if it is still true", "proche.areas.content.tasks.ask_if_still_true", 9, 0),
    ("content: erase who left", "proche.areas.content.tasks.erase_departed", 2, 30),
    ("people: forget what is old", "proche.areas.people.tasks.forget_what_is_old", 3, 30),
]


def schedule(apps, schema_editor):
    tomorrow = timezone.localtime() + timedelta(days=1)
    for name, func, hour, minute in JOBS:
        apps.get_model("django_q", "Schedule").objects.update_or_create(
            name=name,
            defaults={
                "func": func,
                "schedule_type": "D",
                "repeats": -1,
                "next_run": tomorrow.replace(hour=hour, minute=minute, second=0, microsecond=0),
            },
        )


def unschedule(apps, schema_editor):
    names = [name for name, *_rest in JOBS]
    apps.get_model("django_q", "Schedule").objects.filter(name__in=names).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("content", "0003_words_on_screen"),
        ("people", "0006_who_said_notes_files_looks_breaks"),
        ("django_q", "0019_alter_task_options_alter_ormq_key_alter_ormq_lock_and_more"),
    ]
    operations = [migrations.RunPython(schedule, unschedule)]
