"""Reminders of due dates, and to whom each went."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("disclosure", "0004_remedy_end"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Reminder",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("due", "到期提醒"),
                            ("moved", "期限变动"),
                            ("undelivered", "邮件退回"),
                        ],
                        max_length=12,
                        verbose_name="类别",
                    ),
                ),
                ("due_on", models.DateField(blank=True, null=True, verbose_name="答复期限")),
                (
                    "distance",
                    models.SmallIntegerField(blank=True, null=True, verbose_name="提前工作日"),
                ),
                ("from_on", models.DateField(blank=True, null=True, verbose_name="原期限")),
                ("reason", models.CharField(blank=True, max_length=200, verbose_name="缘由")),
                ("made_at", models.DateTimeField(verbose_name="时间")),
                (
                    "request",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="reminders",
                        to="disclosure.disclosurerequest",
                    ),
                ),
            ],
            options={
                "verbose_name": "期限提醒",
                "verbose_name_plural": "期限提醒",
                "ordering": ["-id"],
            },
        ),
        migrations.CreateModel(
            name="ReminderCopy",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("mailed_at", models.DateTimeField(blank=True, null=True, verbose_name="发信时间")),
                ("seen_at", models.DateTimeField(blank=True, null=True, verbose_name="阅知时间")),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "reminder",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="copies",
                        to="disclosure.reminder",
                    ),
                ),
            ],
            options={
                "verbose_name": "提醒对象",
                "verbose_name_plural": "提醒对象",
                "ordering": ["-id"],
            },
        ),
        migrations.AddConstraint(
            model_name="reminder",
            constraint=models.UniqueConstraint(
                condition=models.Q(("kind", "due")),
                fields=("request", "due_on", "distance"),
                name="reminded_once_per_distance",
            ),
        ),
        migrations.AddIndex(
            model_name="remindercopy",
            index=models.Index(fields=["person", "seen_at", "-id"], name="reminder_unseen"),
        ),
        migrations.AddConstraint(
            model_name="remindercopy",
            constraint=models.UniqueConstraint(
                fields=("reminder", "person"), name="reminder_copy_once"
            ),
        ),
    ]
