"""The words of a person now hold the names of their topics in both languages."""

from django.db import migrations

from proche.areas.people.actions import searchable


def renew(apps, schema_editor):
    people = apps.get_model("people", "Person").objects
    for person in people.prefetch_related("accounts").iterator(chunk_size=500):
        people.filter(pk=person.pk).update(search_text=searchable(person))


class Migration(migrations.Migration):
    dependencies = [("people", "0002_views_tags_and_changes_of_the_bank")]
    operations = [migrations.RunPython(renew, migrations.RunPython.noop)]
