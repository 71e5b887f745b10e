from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("review", "0003_word_lists_and_readings")]

    operations = [
        migrations.AddField(
            model_name="filereading",
            name="concealed",
            field=models.JSONField(blank=True, default=list, verbose_name="藏有的内容"),
        ),
    ]
