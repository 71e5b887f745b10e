"""One sending of a form makes one request, however often the browser sends it."""

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("disclosure", "0002_guards")]

    operations = [
        migrations.AddField(
            model_name="disclosurerequest",
            name="sending_index",
            field=models.CharField(blank=True, editable=False, max_length=64, null=True),
        ),
        migrations.AddConstraint(
            model_name="disclosurerequest",
            constraint=models.UniqueConstraint(
                condition=Q(sending_index__isnull=False),
                fields=("sending_index",),
                name="request_sent_once",
            ),
        ),
    ]
