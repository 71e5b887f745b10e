"""The mailbox of a body, and its mails as they are kept from now on."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import gongkai.disclosure.fields


class Migration(migrations.Migration):
    dependencies = [
        ("disclosure", "0006_ended_index"),
        ("orgs", "0003_access_token"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        # Nothing has ever written a mail into the first table.
        migrations.DeleteModel("IncomingMail"),
        migrations.CreateModel(
            name="IncomingMail",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("message_index", models.CharField(max_length=64)),
                ("content_index", models.CharField(blank=True, max_length=64)),
                (
                    "digest",
                    gongkai.disclosure.fields.SealedTextField(blank=True, verbose_name="摘要"),
                ),
                ("size", models.PositiveBigIntegerField(default=0, verbose_name="字节数")),
                ("is_whole", models.BooleanField(default=True, verbose_name="完整取回")),
                ("uid_validity", models.PositiveBigIntegerField(blank=True, null=True)),
                ("uid", models.PositiveBigIntegerField(blank=True, null=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("request", "来信"),
                            ("bounce", "退信"),
                            ("auto_reply", "自动回复"),
                            ("mailing_list", "群发邮件"),
                            ("other", "其他来信"),
                        ],
                        max_length=12,
                        verbose_name="类别",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "待处理"),
                            ("taken", "已归入申请"),
                            ("set_aside", "不是申请"),
                        ],
                        default="waiting",
                        max_length=12,
                        verbose_name="状态",
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=200, verbose_name="说明")),
                (
                    "sender",
                    gongkai.disclosure.fields.SealedTextField(blank=True, verbose_name="发件人"),
                ),
                (
                    "sender_name",
                    gongkai.disclosure.fields.SealedTextField(
                        blank=True, verbose_name="发件人姓名"
                    ),
                ),
                ("sender_index", models.CharField(blank=True, max_length=64)),
                (
                    "subject",
                    gongkai.disclosure.fields.SealedTextField(blank=True, verbose_name="标题"),
                ),
                (
                    "text",
                    gongkai.disclosure.fields.SealedTextField(blank=True, verbose_name="正文"),
                ),
                (
                    "reason",
                    gongkai.disclosure.fields.SealedTextField(blank=True, verbose_name="理由"),
                ),
                (
                    "handled_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="处理时间"),
                ),
                ("arrived_at", models.DateTimeField(verbose_name="到达时间")),
                ("kept_at", models.DateTimeField(blank=True, null=True, verbose_name="收取时间")),
                (
                    "acknowledged_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="告知时间"),
                ),
                (
                    "body",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="mails",
                        to="orgs.body",
                    ),
                ),
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
                    "request",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="mails",
                        to="disclosure.disclosurerequest",
                    ),
                ),
                (
                    "sending",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="mails",
                        to="disclosure.sending",
                    ),
                ),
                (
                    "suggested",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="disclosure.disclosurerequest",
                    ),
                ),
            ],
            options={
                "verbose_name": "来信",
                "verbose_name_plural": "来信",
                "ordering": ["-id"],
                "indexes": [
                    models.Index(fields=["body", "state", "kind", "-id"], name="mail_intake"),
                    models.Index(
                        fields=["body", "sender_index", "acknowledged_at"], name="mail_told"
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("body", "message_index"), name="mail_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Mailbox",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("is_on", models.BooleanField(default=True, verbose_name="定时收取")),
                ("host", models.CharField(max_length=200, verbose_name="服务器")),
                ("port", models.PositiveIntegerField(default=993, verbose_name="端口")),
                (
                    "security",
                    models.CharField(
                        choices=[
                            ("ssl", "SSL/TLS（常用端口993）"),
                            ("starttls", "STARTTLS（常用端口143）"),
                            ("plain", "不加密（只限本机）"),
                        ],
                        default="ssl",
                        max_length=8,
                        verbose_name="加密",
                    ),
                ),
                ("username", models.CharField(max_length=200, verbose_name="账号")),
                (
                    "password",
                    gongkai.disclosure.fields.SealedTextField(verbose_name="密码或者授权码"),
                ),
                (
                    "folder",
                    models.CharField(default="INBOX", max_length=100, verbose_name="文件夹"),
                ),
                (
                    "after",
                    models.CharField(
                        choices=[
                            ("keep", "不动"),
                            ("seen", "标为已读"),
                            ("move", "移到另一个文件夹"),
                        ],
                        default="keep",
                        max_length=8,
                        verbose_name="收取以后",
                    ),
                ),
                ("move_to", models.CharField(blank=True, max_length=100, verbose_name="移到")),
                ("from_on", models.DateField(verbose_name="从哪一天的来信收起")),
                (
                    "acknowledge",
                    models.BooleanField(default=True, verbose_name="自动告知来信已收到"),
                ),
                (
                    "sends_letters",
                    models.BooleanField(default=False, verbose_name="文书用这个地址发出"),
                ),
                ("uid_validity", models.PositiveBigIntegerField(blank=True, null=True)),
                ("last_uid", models.PositiveBigIntegerField(default=0)),
                (
                    "fetched_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="最近收取"),
                ),
                ("failure", models.CharField(blank=True, max_length=200, verbose_name="收取失败")),
                (
                    "body",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="mailbox",
                        to="orgs.body",
                    ),
                ),
            ],
            options={
                "verbose_name": "收件邮箱",
                "verbose_name_plural": "收件邮箱",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("port__gte", 1), ("port__lte", 65535)),
                        name="mailbox_port",
                        violation_error_message="端口应在1至65535之间。",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("after", "move"), _negated=True),
                            models.Q(("move_to", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="mailbox_moves_somewhere",
                        violation_error_message="请填写要移到的文件夹。",
                    ),
                ],
            },
        ),
    ]
