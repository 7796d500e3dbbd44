"""Where limits wait that were written before there was a consent to keep them."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("people", "0007_say_what_an_interface_gave")]
    operations = [
        migrations.AddField(
            "person",
            "limits_to_ask",
            models.CharField(
                "limits to ask again", blank=True, default="", editable=False, max_length=250
            ),
            preserve_default=False,
        ),
    ]
