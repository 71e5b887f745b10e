"""The tables of the journal."""

from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Entry",
            fields=[
                (
                    "seq",
                    models.PositiveBigIntegerField(
                        primary_key=True, serialize=False, verbose_name="序号"
                    ),
                ),
                ("act", models.UUIDField(verbose_name="操作编号")),
                ("at", models.DateTimeField(verbose_name="时间")),
                ("actor_id", models.BigIntegerField(null=True, verbose_name="操作人编号")),
                ("actor_name", models.CharField(max_length=200, verbose_name="操作人")),
                ("role", models.CharField(max_length=100, verbose_name="身份")),
                ("body_id", models.BigIntegerField(null=True, verbose_name="单位编号")),
                ("event", models.CharField(max_length=100, verbose_name="事件")),
                (
                    "subject_kind",
                    models.CharField(blank=True, max_length=50, verbose_name="对象种类"),
                ),
                ("subject_id", models.BigIntegerField(null=True, verbose_name="对象编号")),
                ("subject_uuid", models.UUIDField(null=True, verbose_name="对象通用编号")),
                ("from_state", models.CharField(blank=True, max_length=50, verbose_name="原状态")),
                ("to_state", models.CharField(blank=True, max_length=50, verbose_name="新状态")),
                ("basis", models.TextField(blank=True, verbose_name="依据")),
                ("reason", models.TextField(blank=True, verbose_name="理由")),
                ("data", models.JSONField(default=dict, verbose_name="其他内容")),
                ("key_id", models.CharField(max_length=16, verbose_name="密钥编号")),
                ("prev_hash", models.CharField(max_length=64, verbose_name="前一条校验值")),
                ("hash", models.CharField(max_length=64, verbose_name="校验值")),
                ("mac", models.CharField(max_length=64, verbose_name="鉴别码")),
            ],
            options={
                "verbose_name": "留痕记录",
                "verbose_name_plural": "留痕记录",
                "ordering": ["seq"],
                "indexes": [
                    models.Index(fields=["act"], name="journal_entry_act"),
                    models.Index(fields=["at"], name="journal_entry_at"),
                    models.Index(fields=["actor_id", "seq"], name="journal_entry_actor"),
                    models.Index(fields=["body_id", "seq"], name="journal_entry_body"),
                    models.Index(fields=["event", "seq"], name="journal_entry_event"),
                    models.Index(
                        fields=["subject_kind", "subject_id", "seq"], name="journal_entry_subject"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Head",
            fields=[
                (
                    "id",
                    models.PositiveSmallIntegerField(default=1, primary_key=True, serialize=False),
                ),
                ("seq", models.PositiveBigIntegerField(default=0, verbose_name="最新序号")),
                (
                    "hash",
                    models.CharField(
                        default="0000000000000000000000000000000000000000000000000000000000000000",
                        max_length=64,
                        verbose_name="最新校验值",
                    ),
                ),
                ("key_id", models.CharField(blank=True, max_length=16, verbose_name="密钥编号")),
                ("mac", models.CharField(blank=True, max_length=64, verbose_name="鉴别码")),
            ],
            options={
                "verbose_name": "留痕链头",
                "verbose_name_plural": "留痕链头",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("id", 1)), name="journal_head_single"
                    )
                ],
            },
        ),
    ]
