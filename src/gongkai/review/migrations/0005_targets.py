from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("review", "0004_kinds_of_hidden_things")]

    operations = [
        migrations.AddField(
            model_name="finding",
            name="target",
            field=models.CharField(blank=True, default="", max_length=24, verbose_name="建议填入"),
            preserve_default=False,
        ),
    ]
