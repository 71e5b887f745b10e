from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("inventory", "0006_archives")]

    operations = [
        migrations.AddField(
            model_name="inventoryfile",
            name="mapping",
            field=models.CharField(blank=True, default="", max_length=60, verbose_name="字段对照"),
            preserve_default=False,
        ),
    ]
