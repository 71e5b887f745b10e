"""A reconsideration or suit with a result has the day on which it ended."""

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def reopen_undated(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """A result without its day cannot be counted in any year: pending until somebody tells it."""
    cases = apps.get_model("disclosure", "RemedyCase")
    cases.objects.exclude(outcome="pending").filter(ended_on__isnull=True).update(outcome="pending")


class Migration(migrations.Migration):
    dependencies = [("disclosure", "0003_sent_once")]
    operations = [
        migrations.RunPython(reopen_undated, migrations.RunPython.noop),
        migrations.RemoveConstraint(
            model_name="remedycase",
            name="ended_remedy_has_a_day",
        ),
        migrations.AddConstraint(
            model_name="remedycase",
            constraint=models.CheckConstraint(
                condition=models.Q(outcome="pending", ended_on__isnull=True)
                | (
                    ~models.Q(outcome="pending")
                    & models.Q(ended_on__isnull=False, ended_on__gte=models.F("filed_on"))
                ),
                name="ended_remedy_has_a_day",
                violation_error_message="审结的要填审结日期，且不早于受理日期。",
            ),
        ),
    ]
