"""Access tokens, and the triggers that keep them as they were given."""

import uuid

import django.db.models.deletion
from django.apps.registry import Apps
from django.conf import settings
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from gongkai.orgs import token_guards


def lay(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    token_guards.install(schema_editor.connection)


def lift(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    token_guards.remove(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [
        ("orgs", "0002_separation"),
    ]

    operations = [
        migrations.CreateModel(
            name="AccessToken",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("name", models.CharField(max_length=60, verbose_name="名称")),
                (
                    "scope",
                    models.CharField(
                        choices=[("read", "只读"), ("write", "读写")],
                        max_length=8,
                        verbose_name="范围",
                    ),
                ),
                ("digest", models.CharField(editable=False, max_length=64, unique=True)),
                ("ending", models.CharField(max_length=4, verbose_name="末四位")),
                ("created_at", models.DateTimeField(verbose_name="新建时间")),
                ("expires_at", models.DateTimeField(verbose_name="失效时间")),
                (
                    "last_used_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="最近使用"),
                ),
                (
                    "revoked_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="吊销时间"),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="tokens",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "访问令牌",
                "verbose_name_plural": "访问令牌",
                "ordering": ["-id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("expires_at__gt", models.F("created_at"))),
                        name="token_ends_after_start",
                        violation_error_message="失效时间要晚于新建时间。",
                    )
                ],
            },
        ),
        migrations.RunPython(lay, lift),
    ]
