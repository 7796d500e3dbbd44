"""The first wording of each purpose. A new wording is a new version, never an edit."""

from datetime import date

from django.db import migrations

TEXTS = [
    (
        "bank",
        "Faire partie de la banque",
        "Be in the bank",
        "L’agence garde mes réponses tant que je suis membre. Nécessaire.",
        "The agency keeps my answers for as long as I am a member. Required.",
    ),
    (
        "offers",
        "Recevoir des propositions par courriel",
        "Receive offers by email",
        "Deux par trimestre au plus. Je peux décliner sans donner de raison.",
        "Two per quarter at most. I can decline without giving a reason.",
    ),
    (
        "shortlists",
        "Entrer dans les présélections",
        "Be considered for shortlists",
        "Mes sujets et ma région servent à choisir. Une personne décide.",
        "My topics and my region are used to choose. A person decides.",
    ),
    (
        "brands",
        "Montrer mon prénom et ma région aux marques",
        "Show my given name and region to brands",
        "Jamais mon nom ni mes comptes avant que j’accepte.",
        "Never my family name or my accounts before I accept.",
    ),
    (
        "image",
        "Publier mon image",
        "Publish my image",
        "L’agence peut montrer mes publications sur ses pages, avec mon nom.",
        "The agency may show my posts on its pages, with my name.",
    ),
]


def write_texts(apps, schema_editor):
    ConsentText = apps.get_model("consent", "ConsentText")
    for purpose, title_fr, title_en, consequence_fr, consequence_en in TEXTS:
        ConsentText.objects.create(
            purpose=purpose,
            version=1,
            title_fr=title_fr,
            title_en=title_en,
            consequence_fr=consequence_fr,
            consequence_en=consequence_en,
            since=date(2026, 11, 1),
        )


class Migration(migrations.Migration):
    dependencies = [("consent", "0001_first_tables")]
    operations = [migrations.RunPython(write_texts, migrations.RunPython.noop)]
