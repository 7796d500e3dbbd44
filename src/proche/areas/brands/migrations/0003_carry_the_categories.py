"""The one category of a brand becomes the first of several; brands that shared it were rivals."""

from django.db import migrations

from proche.core.topics import named


def carry(apps, schema_editor):
    brand_of = apps.get_model("brands", "Brand")
    alike = {}
    for brand in brand_of.objects.exclude(category="").order_by("pk"):
        words = [part.strip() for part in brand.category.replace(";", ",").split(",")]
        codes = [code for word in words if word for code in named(word) or (word,)]
        brand.categories = list(dict.fromkeys(codes))
        brand.save(update_fields=["categories"])
        alike.setdefault((brand.programme_id, brand.category.strip().lower()), []).append(brand)
    for brands in alike.values():
        for brand in brands:
            brand.rivals.add(*(other for other in brands if other.pk != brand.pk))


def give_back(apps, schema_editor):
    for brand in apps.get_model("brands", "Brand").objects.all():
        brand.category = ", ".join(brand.categories)[:80]
        brand.save(update_fields=["category"])


class Migration(migrations.Migration):
    dependencies = [("brands", "0002_rivals_logos_limits_and_drafts")]
    operations = [migrations.RunPython(carry, give_back)]
