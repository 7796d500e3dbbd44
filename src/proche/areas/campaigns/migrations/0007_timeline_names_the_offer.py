"""The contact log reads the timeline: what was written before says of which offer it tells."""

from django.db import migrations

VERBS = [
    "offer_sent",
    "offer_reminded",
    "offer_place_opened",
    "offer_accepted",
    "offer_in_line",
    "offer_declined",
    "offer_reconsidered",
    "yes_taken_back",
    "offer_withdrawn",
    "offer_waits_again",
    "offer_expired",
]


def name_the_offer(apps, schema_editor):
    offers = apps.get_model("campaigns", "Offer").objects.exclude(state="draft")
    found = {
        (person, title, brand): (offer, wave)
        for offer, person, title, brand, wave in offers.values_list(
            "pk",
            "person",
            "campaign__brief__title_fr",
            "campaign__brief__brand__name",
            "wave__number",
        )
    }
    entries = apps.get_model("people", "TimelineEntry").objects
    for entry in entries.filter(verb__in=VERBS).iterator(chunk_size=1000):
        told = entry.details
        key = (entry.person_id, told.get("campaign"), told.get("brand"))
        if "offer" in told or key not in found:
            continue
        told["offer"], wave = found[key]
        if entry.verb == "offer_sent" and wave is not None:
            told["wave"] = wave
        entry.save(update_fields=["details"])


class Migration(migrations.Migration):
    dependencies = [
        ("campaigns", "0006_stopped_offers"),
        ("people", "0006_who_said_notes_files_looks_breaks"),
    ]
    operations = [migrations.RunPython(name_the_offer, migrations.RunPython.noop)]
