"""The mailbox a body announces, and every mail that came into it."""

from __future__ import annotations

import uuid as uuidlib

from django.db import models
from django.db.models import Q

from gongkai.disclosure.fields import SealedTextField
from gongkai.disclosure.models.correspondence import Sending
from gongkai.disclosure.models.requests import DisclosureRequest
from gongkai.orgs.models import Body, Person


class MailSecurity(models.TextChoices):
    SSL = "ssl", "SSL/TLS（常用端口993）"
    STARTTLS = "starttls", "STARTTLS（常用端口143）"
    PLAIN = "plain", "不加密（只限本机）"


class AfterFetch(models.TextChoices):
    KEEP = "keep", "不动"
    SEEN = "seen", "标为已读"
    MOVE = "move", "移到另一个文件夹"


class Mailbox(models.Model):
    """How to read the announced mailbox of a body, and how far it has been read.

    `last_uid` moves in the transaction that keeps the mail: nothing is lost or taken twice,
    whatever crashes. It counts only while the server's UIDVALIDITY is `uid_validity`.
    """

    body = models.OneToOneField(Body, on_delete=models.PROTECT, related_name="mailbox")
    is_on = models.BooleanField("定时收取", default=True)
    host = models.CharField("服务器", max_length=200)
    port = models.PositiveIntegerField("端口", default=993)
    security = models.CharField(
        "加密", max_length=8, choices=MailSecurity, default=MailSecurity.SSL
    )
    username = models.CharField("账号", max_length=200)
    password = SealedTextField("密码或者授权码")
    folder = models.CharField("文件夹", max_length=100, default="INBOX")
    after = models.CharField("收取以后", max_length=8, choices=AfterFetch, default=AfterFetch.KEEP)
    move_to = models.CharField("移到", max_length=100, blank=True)
    from_on = models.DateField("从哪一天的来信收起")
    acknowledge = models.BooleanField("自动告知来信已收到", default=True)
    # Letters go out from this address, so that a report of what did not arrive comes back here.
    sends_letters = models.BooleanField("文书用这个地址发出", default=False)

    uid_validity = models.PositiveBigIntegerField(null=True, blank=True)
    last_uid = models.PositiveBigIntegerField(default=0)
    fetched_at = models.DateTimeField("最近收取", null=True, blank=True)
    failure = models.CharField("收取失败", max_length=200, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "收件邮箱"
        constraints = [
            models.CheckConstraint(
                condition=Q(port__gte=1, port__lte=65535),
                name="mailbox_port",
                violation_error_message="端口应在1至65535之间。",
            ),
            models.CheckConstraint(
                condition=~Q(after="move") | ~Q(move_to=""),
                name="mailbox_moves_somewhere",
                violation_error_message="请填写要移到的文件夹。",
            ),
        ]


class MailKind(models.TextChoices):
    """What a mail is by its own marks (`mailbox.sorting`)."""

    REQUEST = "request", "来信"
    BOUNCE = "bounce", "退信"
    AUTO_REPLY = "auto_reply", "自动回复"
    MAILING_LIST = "mailing_list", "群发邮件"
    OTHER = "other", "其他来信"


class MailState(models.TextChoices):
    WAITING = "waiting", "待处理"
    TAKEN = "taken", "已归入申请"
    SET_ASIDE = "set_aside", "不是申请"


class IncomingMail(models.Model):
    """A mail from the announced mailbox. Its bytes lie sealed on disk exactly as they came.

    `message_index` tells the same mail again (HMAC of Message-ID and what was written);
    `content_index` is the address of its bytes, `digest` their SHA-256. `note` is the program's
    own remark, `reason` a person's.
    """

    uuid = models.UUIDField(default=uuidlib.uuid4, unique=True, editable=False)
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="mails")
    message_index = models.CharField(max_length=64)
    content_index = models.CharField(max_length=64, blank=True)
    digest = SealedTextField("摘要", blank=True)
    size = models.PositiveBigIntegerField("字节数", default=0)
    is_whole = models.BooleanField("完整取回", default=True)
    uid_validity = models.PositiveBigIntegerField(null=True, blank=True)
    uid = models.PositiveBigIntegerField(null=True, blank=True)

    kind = models.CharField("类别", max_length=12, choices=MailKind)
    state = models.CharField("状态", max_length=12, choices=MailState, default=MailState.WAITING)
    note = models.CharField("说明", max_length=200, blank=True)
    sender = SealedTextField("发件人", blank=True)
    sender_name = SealedTextField("发件人姓名", blank=True)
    # HMAC of the address: so that one sender is told at most once a day that a mail came in.
    sender_index = models.CharField(max_length=64, blank=True)
    subject = SealedTextField("标题", blank=True)
    text = SealedTextField("正文", blank=True)

    # The case it was put into; before that, the one it seems to belong to.
    request = models.ForeignKey(
        DisclosureRequest, null=True, blank=True, on_delete=models.CASCADE, related_name="mails"
    )
    suggested = models.ForeignKey(
        DisclosureRequest, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    # The mailed letter that this mail reports as not delivered.
    sending = models.ForeignKey(
        Sending, null=True, blank=True, on_delete=models.SET_NULL, related_name="mails"
    )
    reason = SealedTextField("理由", blank=True)
    by = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    handled_at = models.DateTimeField("处理时间", null=True, blank=True)
    arrived_at = models.DateTimeField("到达时间")
    kept_at = models.DateTimeField("收取时间", null=True, blank=True)
    acknowledged_at = models.DateTimeField("告知时间", null=True, blank=True)

    class Meta:
        ordering = ["-id"]
        verbose_name = verbose_name_plural = "来信"
        indexes = [
            models.Index(fields=["body", "state", "kind", "-id"], name="mail_intake"),
            models.Index(fields=["body", "sender_index", "acknowledged_at"], name="mail_told"),
        ]
        constraints = [models.UniqueConstraint(fields=["body", "message_index"], name="mail_once")]
