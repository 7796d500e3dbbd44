"""A purpose of its own for the posts that nobody declared, with its first wording."""

from datetime import date

from django.db import migrations, models

CHOICES = [
    ("bank", "Be in the bank"),
    ("offers", "Receive offers by email"),
    ("shortlists", "Be considered for shortlists"),
    ("brands", "Show my given name and region to brands"),
    ("image", "Publish my image"),
    ("posts", "Read my other posts for a link with a brand"),
]


def write_text(apps, schema_editor):
    apps.get_model("consent", "ConsentText").objects.update_or_create(
        purpose="posts",
        version=1,
        defaults={
            "title_fr": "Lire mes autres publications",
            "title_en": "Read my other posts",
            "consequence_fr": "Celles que je remets ou que je colle ici. Si l’une semble "
            "publicitaire, on me demande seulement si elle l’est. Rien n’est gardé des autres.",
            "consequence_en": "Those I hand in or paste here. If one looks commercial, I am only "
            "asked whether it is. Nothing is kept of the others.",
            "since": date(2026, 11, 26),
        },
    )


class Migration(migrations.Migration):
    dependencies = [("consent", "0002_first_texts")]
    operations = [
        migrations.AlterField(
            "consent", "purpose", models.CharField(choices=CHOICES, max_length=12)
        ),
        migrations.AlterField(
            "consenttext", "purpose", models.CharField(choices=CHOICES, max_length=12)
        ),
        migrations.RunPython(write_text, migrations.RunPython.noop),
    ]
