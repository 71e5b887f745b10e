"""Triggers: an issued bulletin stays as it was issued."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from gongkai.reporting import bulletin_guards


def lay(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    bulletin_guards.install(schema_editor.connection)


def lift(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    bulletin_guards.remove(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("reporting", "0003_bulletins")]
    operations = [migrations.RunPython(lay, lift)]
