"""Yearly reports: entries by hand, words, approvals."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("orgs", "0003_access_token"),
        ("records", "0002_guards"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="AnnualReport",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("year", models.PositiveSmallIntegerField(verbose_name="统计年度")),
                ("edition", models.CharField(max_length=8, verbose_name="表样")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("drafted", "编制中"),
                            ("checked", "已核对，待批准"),
                            ("approved", "已批准，待发布"),
                            ("published", "已发布"),
                            ("sent", "已报送"),
                            ("receipted", "上级已签收"),
                        ],
                        default="drafted",
                        max_length=12,
                        verbose_name="状态",
                    ),
                ),
                ("figures", models.JSONField(default=dict, verbose_name="数据")),
                ("undecided", models.JSONField(blank=True, default=list, verbose_name="无法判定")),
                ("findings", models.JSONField(blank=True, default=list, verbose_name="核对结果")),
                ("computed_at", models.DateTimeField(verbose_name="计算时间")),
                ("record_digest", models.CharField(blank=True, max_length=64)),
                ("record_files", models.JSONField(blank=True, default=list)),
                (
                    "published_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="发布时间"),
                ),
                ("sent_at", models.DateTimeField(blank=True, null=True, verbose_name="报送时间")),
                (
                    "package_digest",
                    models.CharField(blank=True, max_length=64, verbose_name="报送文件摘要"),
                ),
                (
                    "receipted_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="签收时间"),
                ),
                (
                    "receipt_note",
                    models.CharField(blank=True, max_length=300, verbose_name="签收意见"),
                ),
                (
                    "body",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="annual_reports",
                        to="orgs.body",
                    ),
                ),
                (
                    "receipted_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "record",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="annual_reports",
                        to="records.record",
                    ),
                ),
            ],
            options={
                "verbose_name": "年度报告",
                "verbose_name_plural": "年度报告",
                "ordering": ["body_id", "-year"],
            },
        ),
        migrations.CreateModel(
            name="Approval",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveIntegerField(verbose_name="次数")),
                ("figures", models.JSONField(verbose_name="数据")),
                ("sections", models.JSONField(verbose_name="文字")),
                ("carried", models.JSONField(default=list, verbose_name="结转申请")),
                ("digest", models.CharField(max_length=64, verbose_name="摘要")),
                ("remark", models.CharField(blank=True, max_length=500, verbose_name="说明")),
                ("approved_at", models.DateTimeField(verbose_name="批准时间")),
                (
                    "approved_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "report",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="approvals",
                        to="reporting.annualreport",
                    ),
                ),
            ],
            options={
                "verbose_name": "批准",
                "verbose_name_plural": "批准",
                "ordering": ["report_id", "-number"],
            },
        ),
        migrations.CreateModel(
            name="HandEntry",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("cell", models.CharField(max_length=80, verbose_name="表格单元")),
                (
                    "value",
                    models.DecimalField(
                        blank=True, decimal_places=6, max_digits=18, null=True, verbose_name="数值"
                    ),
                ),
                ("source", models.CharField(max_length=300, verbose_name="数据来源")),
                ("at", models.DateTimeField(verbose_name="填写时间")),
                (
                    "by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "report",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="entries",
                        to="reporting.annualreport",
                    ),
                ),
            ],
            options={
                "verbose_name": "手工填写",
                "verbose_name_plural": "手工填写",
                "ordering": ["-id"],
            },
        ),
        migrations.CreateModel(
            name="NarrativeVersion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveIntegerField(verbose_name="版本号")),
                ("sections", models.JSONField(verbose_name="文字")),
                ("drafted", models.BooleanField(default=False, verbose_name="由数据起草")),
                ("at", models.DateTimeField(verbose_name="保存时间")),
                (
                    "by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "report",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="narratives",
                        to="reporting.annualreport",
                    ),
                ),
            ],
            options={
                "verbose_name": "文字版本",
                "verbose_name_plural": "文字版本",
                "ordering": ["report_id", "-number"],
            },
        ),
        migrations.AddConstraint(
            model_name="annualreport",
            constraint=models.UniqueConstraint(
                fields=("body", "year"),
                name="one_report_a_year",
                violation_error_message="这个机关这一年的年度报告已经开始编制。",
            ),
        ),
        migrations.AddConstraint(
            model_name="annualreport",
            constraint=models.CheckConstraint(
                condition=models.Q(("year__gte", 2008), ("year__lte", 2200)),
                name="report_year_bounded",
                violation_error_message="年度报告从2008年开始。请核对年份。",
            ),
        ),
        migrations.AddConstraint(
            model_name="annualreport",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ["sent", "receipted"]), _negated=True),
                    models.Q(
                        ("sent_at__isnull", False), models.Q(("package_digest", ""), _negated=True)
                    ),
                    _connector="OR",
                ),
                name="sent_report_has_package",
            ),
        ),
        migrations.AddConstraint(
            model_name="approval",
            constraint=models.UniqueConstraint(fields=("report", "number"), name="approval_once"),
        ),
        migrations.AddIndex(
            model_name="handentry",
            index=models.Index(fields=["report", "cell", "-id"], name="report_entry_newest"),
        ),
        migrations.AddConstraint(
            model_name="handentry",
            constraint=models.CheckConstraint(
                condition=models.Q(("source", ""), _negated=True), name="entry_names_its_source"
            ),
        ),
        migrations.AddConstraint(
            model_name="narrativeversion",
            constraint=models.UniqueConstraint(
                fields=("report", "number"), name="narrative_version_once"
            ),
        ),
    ]
