from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("brands", "0003_carry_the_categories")]
    operations = [migrations.RemoveField("brand", "category")]
