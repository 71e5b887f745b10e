"""An index for a body's own documents under one legal item."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("catalog", "0002_guards"),
        ("orgs", "0002_separation"),
        ("records", "0002_guards"),
        ("review", "0002_guards"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="catalogentry",
            index=models.Index(
                fields=["body", "legal_item", "created_on"], name="entry_body_legal_item"
            ),
        ),
    ]
