"""What became of an applicant's suggestion to publish, where it was not followed (Art. 44)."""

from django.db import migrations, models

import gongkai.disclosure.fields


class Migration(migrations.Migration):
    dependencies = [("disclosure", "0007_mailbox")]

    operations = [
        migrations.AddField(
            model_name="disclosurerequest",
            name="declined_on",
            field=models.DateField(blank=True, null=True, verbose_name="建议审核日期"),
        ),
        migrations.AddField(
            model_name="disclosurerequest",
            name="declined_reason",
            field=gongkai.disclosure.fields.SealedTextField(
                blank=True, null=True, verbose_name="不主动公开的理由"
            ),
        ),
    ]
