"""The fingerprints of the records that have any, reckoned anew: stretches are chosen otherwise."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from gongkai.text.fingerprints import fingerprints

AT_ONCE = 200


def anew(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    marks = apps.get_model("inventory", "Fingerprint").objects
    texts = apps.get_model("records", "RecordText").objects
    ids = list(marks.order_by("record_id").values_list("record_id", flat=True).distinct())
    for begin in range(0, len(ids), AT_ONCE):
        some = ids[begin : begin + AT_ONCE]
        bodies = dict(marks.filter(record__in=some).values_list("record_id", "body_id"))
        marks.filter(record__in=some).delete()
        marks.bulk_create(
            marks.model(body_id=bodies[row.record_id], record_id=row.record_id, value=value)
            for row in texts.filter(record__in=some)
            for value in fingerprints(row.text)
        )


class Migration(migrations.Migration):
    dependencies = [("inventory", "0008_no_kept_readings")]
    operations = [migrations.RunPython(anew, migrations.RunPython.noop)]
