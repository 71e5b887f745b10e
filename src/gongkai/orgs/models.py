"""Tables of bodies, sections, persons, roles, duties, groups and yearly holiday notices."""

from __future__ import annotations

import uuid as uuidlib

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models import Q


class Role(models.TextChoices):
    """What a person may do; one word per role, see the glossary."""

    CASE_OFFICER = "case_officer", "经办人"
    SECTION_HEAD = "section_head", "科室负责人"
    DISCLOSURE_OFFICE = "disclosure_office", "政府信息公开工作机构"
    REVIEW_GROUP = "review_group", "审查小组"
    RESPONSIBLE_LEADER = "responsible_leader", "主管领导"
    SUPERVISOR = "supervisor", "主管部门"
    AUDITOR = "auditor", "审计员"
    SYSTEM_ADMIN = "system_admin", "系统管理员"
    SECURITY_ADMIN = "security_admin", "安全管理员"
    AUDIT_ADMIN = "audit_admin", "审计管理员"


# GB/T 22239-2019 8.1.5: system, security and audit administration are three different people.
ADMINISTRATORS = (Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDIT_ADMIN)
# Signing in with one of these needs a second factor: they can put something before the public
# or change who can.
SECOND_FACTOR_ROLES = (
    Role.DISCLOSURE_OFFICE,
    Role.REVIEW_GROUP,
    Role.RESPONSIBLE_LEADER,
    *ADMINISTRATORS,
)


class BodyLevel(models.TextChoices):
    CITY = "city", "市级"
    DISTRICT = "district", "区县级"
    TOWNSHIP = "township", "乡镇街道"
    BUREAU = "bureau", "部门"


class Body(models.Model):
    """An administrative body 行政机关 that discloses information, in a tree of supervision."""

    uuid = models.UUIDField(default=uuidlib.uuid4, unique=True, editable=False)
    code = models.CharField("机构代码", max_length=40, unique=True)
    name = models.CharField("名称", max_length=120)
    short_name = models.CharField("简称", max_length=40, blank=True)
    level = models.CharField("层级", max_length=12, choices=BodyLevel, default=BodyLevel.BUREAU)
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="children"
    )
    region = models.CharField("行政区划", max_length=40, blank=True, help_text="如 beijing")
    place_name = models.CharField("地名", max_length=40, blank=True, help_text="如 门头沟区")
    credit_code = models.CharField("统一社会信用代码", max_length=18, blank=True)
    # Which index-number grammar the body uses and with what values; read by law.index_number.
    profile = models.JSONField("配置", default=dict, blank=True)
    site_name = models.CharField("网站名称", max_length=120, blank=True)
    site_code = models.CharField("网站标识码", max_length=10, blank=True)
    address = models.CharField("办公地址", max_length=200, blank=True)
    office_hours = models.CharField("办公时间", max_length=120, blank=True)
    phone = models.CharField("联系电话", max_length=60, blank=True)
    fax = models.CharField("传真号码", max_length=60, blank=True)
    email = models.EmailField("电子邮箱", blank=True)
    is_active = models.BooleanField("在用", default=True)
    is_demo = models.BooleanField("演示数据", default=False)

    class Meta:
        ordering = ["code"]
        verbose_name = verbose_name_plural = "行政机关"

    def __str__(self) -> str:
        return self.name


class Section(models.Model):
    """An internal section 科室 of a body; debtor of the publishing deadline of its records."""

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="sections")
    code = models.CharField("代码", max_length=20)
    name = models.CharField("名称", max_length=60)
    ordinal = models.PositiveSmallIntegerField("排序", default=0)
    is_active = models.BooleanField("在用", default=True)

    class Meta:
        ordering = ["body_id", "ordinal", "code"]
        verbose_name = verbose_name_plural = "科室"
        constraints = [
            models.UniqueConstraint(
                fields=["body", "code"],
                name="section_code_once",
                violation_error_message="这个机关里已有同代码的科室，请换一个代码。",
            )
        ]

    def __str__(self) -> str:
        return self.name


class Person(AbstractUser):
    """A member of staff with an account. Readers and applicants never have one."""

    first_name = None  # type: ignore[assignment]
    last_name = None  # type: ignore[assignment]
    uuid = models.UUIDField(default=uuidlib.uuid4, unique=True, editable=False)
    name = models.CharField("姓名", max_length=40)
    body = models.ForeignKey(
        Body, null=True, blank=True, on_delete=models.PROTECT, related_name="people"
    )
    section = models.ForeignKey(
        Section, null=True, blank=True, on_delete=models.PROTECT, related_name="people"
    )
    office_phone = models.CharField("办公电话", max_length=40, blank=True)
    # Set with a temporary password: its owner changes it before anything else.
    must_change_password = models.BooleanField("须改密码", default=False)

    REQUIRED_FIELDS = ["name"]

    class Meta:
        ordering = ["body_id", "username"]
        verbose_name = verbose_name_plural = "工作人员"

    def __str__(self) -> str:
        return self.name or self.username

    def get_full_name(self) -> str:
        return self.name or self.username

    def get_short_name(self) -> str:
        return self.name or self.username


class RoleGrant(models.Model):
    """A role held by a person in a body (or one section of it) from a day until a day."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="grants")
    role = models.CharField("角色", max_length=24, choices=Role)
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="grants")
    section = models.ForeignKey(Section, null=True, blank=True, on_delete=models.PROTECT)
    from_on = models.DateField("自")
    until = models.DateField("至（不含）", null=True, blank=True)
    granted_by = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["person_id", "role"]
        verbose_name = verbose_name_plural = "角色授予"
        constraints = [
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(role__in=[r.value for r in ADMINISTRATORS], until__isnull=True),
                name="one_administrator_role_per_person",
                violation_error_message="系统、安全、审计三个管理员必须是三个人：此人已是其中之一。",
            ),
            models.UniqueConstraint(
                fields=["person", "role", "body"],
                condition=Q(until__isnull=True),
                name="role_granted_once",
                violation_error_message="此人已有这个角色。",
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=models.F("from_on")),
                name="grant_ends_after_start",
                violation_error_message="“至”不能早于“自”，请改正日期。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} {Role(self.role).label}"


class TokenScope(models.TextChoices):
    READ = "read", "只读"
    WRITE = "write", "读写"


class AccessToken(models.Model):
    """A secret with which a program calls the staff API in the name of one person.

    Only the digest is kept. What it may do is what the person may do at that moment; triggers
    (`token_guards`) keep its owner, reach and end as they were given, and a revoked one revoked.
    """

    uuid = models.UUIDField(default=uuidlib.uuid4, unique=True, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="tokens")
    name = models.CharField("名称", max_length=60)
    scope = models.CharField("范围", max_length=8, choices=TokenScope)
    digest = models.CharField(max_length=64, unique=True, editable=False)
    # The last letters, by which the owner knows it again in a list.
    ending = models.CharField("末四位", max_length=4)
    created_at = models.DateTimeField("新建时间")
    expires_at = models.DateTimeField("失效时间")
    last_used_at = models.DateTimeField("最近使用", null=True, blank=True)
    revoked_at = models.DateTimeField("吊销时间", null=True, blank=True)

    class Meta:
        ordering = ["-id"]
        verbose_name = verbose_name_plural = "访问令牌"
        constraints = [
            models.CheckConstraint(
                condition=Q(expires_at__gt=models.F("created_at")),
                name="token_ends_after_start",
                violation_error_message="失效时间要晚于新建时间。",
            )
        ]

    def __str__(self) -> str:
        return self.name


class GroupKind(models.TextChoices):
    STEERING = "steering_group", "领导小组"
    OFFICE = "office", "领导小组办公室"
    REVIEW = "review_group", "审查小组"
    RECEPTION = "reception", "接待人员"


class GroupSeat(models.Model):
    """A seat in the steering group, its office, the review group or the reception."""

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="seats")
    group = models.CharField("组别", max_length=16, choices=GroupKind)
    person = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="seats"
    )
    title = models.CharField("职务", max_length=40, help_text="如 组长、成员、协调人、接待员")
    ordinal = models.PositiveSmallIntegerField("排序", default=0)
    from_on = models.DateField("自")
    until = models.DateField("至（不含）", null=True, blank=True)

    class Meta:
        ordering = ["body_id", "group", "ordinal"]
        verbose_name = verbose_name_plural = "小组成员"

    def __str__(self) -> str:
        return f"{GroupKind(self.group).label} {self.title}"


class Duty(models.Model):
    """A named duty 工作职责 of a section or a person, as it stands in the body's own paper."""

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="duties")
    section = models.ForeignKey(
        Section, null=True, blank=True, on_delete=models.PROTECT, related_name="duties"
    )
    person = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="duties"
    )
    title = models.CharField("职责", max_length=80)
    text = models.TextField("内容", blank=True, max_length=2000)
    ordinal = models.PositiveSmallIntegerField("排序", default=0)

    class Meta:
        ordering = ["body_id", "ordinal", "id"]
        verbose_name = verbose_name_plural = "工作职责"

    def __str__(self) -> str:
        return self.title


class HolidayNotice(models.Model):
    """A State Council holiday notice of one year; several may exist, later ones amend."""

    year = models.PositiveSmallIntegerField("年份")
    document_number = models.CharField("文号", max_length=60)
    issued_on = models.DateField("印发日期", null=True, blank=True)
    off_days = models.JSONField("放假日", default=list)
    makeup_days = models.JSONField("上班的周末", default=list, blank=True)
    source = models.CharField("来源", max_length=200, blank=True)
    loaded_at = models.DateTimeField("录入时间")

    class Meta:
        ordering = ["year", "issued_on", "id"]
        verbose_name = verbose_name_plural = "节假日安排通知"
        constraints = [
            models.CheckConstraint(
                condition=Q(year__gte=1999, year__lte=2100), name="notice_year_bounded"
            ),
            models.UniqueConstraint(
                fields=["year", "document_number"],
                name="notice_once",
                violation_error_message="这一年的这份通知已经录入过。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.year} {self.document_number}"
