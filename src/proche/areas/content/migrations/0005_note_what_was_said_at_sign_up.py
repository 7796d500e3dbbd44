"""Who signed up before acts were noted said everything about themselves, that day."""

from django.db import migrations

FACTS = (
    "given_name family_name email language region city archetype occupation seeks_living "
    "own_words topics content_languages tries_products attends_events refused_brands limits "
    "accepts_alcohol adult"
).split()
A_TIME = 2_000


def note(apps, schema_editor):
    Said = apps.get_model("people", "Said")
    signed_up = apps.get_model("recruitment", "Application").objects.exclude(person__state="left")
    rows = (
        Said(person_id=person, fields=FACTS, before={}, source="sign_up", at=at)
        for person, at in signed_up.values_list("person_id", "submitted_at").iterator()
    )
    Said.objects.bulk_create(rows, batch_size=A_TIME)


class Migration(migrations.Migration):
    dependencies = [
        ("content", "0004_wake_ask_and_erase_nightly"),
        ("people", "0006_who_said_notes_files_looks_breaks"),
        ("recruitment", "0003_hourly_forgetting"),
    ]
    operations = [migrations.RunPython(note, migrations.RunPython.noop)]
