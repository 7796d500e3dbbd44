"""What a brand last said of a roster begins the conversation about it."""

from django.db import migrations


def keep(apps, schema_editor):
    words = apps.get_model("matching", "ReviewWord")
    said = apps.get_model("matching", "BrandReview").objects.exclude(comment="")
    words.objects.bulk_create(
        words(review=review, state=review.state, text=review.comment, at=review.answered_at)
        for review in said.exclude(answered_at=None)
    )


class Migration(migrations.Migration):
    dependencies = [("matching", "0004_review_links_and_words")]
    operations = [migrations.RunPython(keep, migrations.RunPython.noop)]
