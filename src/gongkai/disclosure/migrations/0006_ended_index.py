"""An index for what ended in a year and what was open at its ends."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("disclosure", "0005_reminders"),
        ("orgs", "0003_access_token"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddIndex(
            model_name="disclosurerequest",
            index=models.Index(fields=["body", "replied_on", "received_on"], name="request_ended"),
        ),
    ]
