"""An express consent of its own for allergies and diets, which tell of health or belief (Law 25,
s. 12), with its first wording."""

from datetime import date

from django.db import migrations, models

CHOICES = [
    ("bank", "Be in the bank"),
    ("offers", "Receive offers by email"),
    ("shortlists", "Be considered for shortlists"),
    ("brands", "Show my given name and region to brands"),
    ("image", "Publish my image"),
    ("posts", "Read my other posts for a link with a brand"),
    ("limits", "Keep my allergies, diets and other limits"),
]


def write_text(apps, schema_editor):
    apps.get_model("consent", "ConsentText").objects.update_or_create(
        purpose="limits",
        version=1,
        defaults={
            "title_fr": "Garder mes allergies, régimes et autres limites",
            "title_en": "Keep my allergies, diets and other limits",
            "consequence_fr": "Ces mots peuvent parler de ma santé ou de mes croyances. Ils ne "
            "servent qu’à ne rien m’envoyer qui me nuise. Seule l’équipe les voit. Retirer cet "
            "accord les efface.",
            "consequence_en": "These words may tell of my health or my beliefs. They only serve "
            "to send me nothing that harms me. Only the team sees them. Taking this back erases "
            "them.",
            "since": date(2026, 11, 26),
        },
    )


class Migration(migrations.Migration):
    dependencies = [("consent", "0003_read_my_other_posts")]
    operations = [
        migrations.AlterField(
            "consent", "purpose", models.CharField(choices=CHOICES, max_length=12)
        ),
        migrations.AlterField(
            "consenttext", "purpose", models.CharField(choices=CHOICES, max_length=12)
        ),
        migrations.RunPython(write_text, migrations.RunPython.noop),
    ]
