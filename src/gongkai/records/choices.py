"""The closed lists of words that a record is described with; labels are the Chinese terms."""

from __future__ import annotations

from django.db import models


class Attribute(models.TextChoices):
    """Disclosure attribute 公开属性 (Art. 13, 19, 27)."""

    PROACTIVE = "proactive", "主动公开"
    ON_REQUEST = "on_request", "依申请公开"
    WITHHELD = "withheld", "不予公开"


class Validity(models.TextChoices):
    """信息有效性; `none` where the question has no sense (news, notices)."""

    IN_FORCE = "in_force", "有效"
    LAPSED = "lapsed", "失效"
    REPEALED = "repealed", "废止"
    SUPERSEDED = "superseded", "被替代"
    UNKNOWN = "unknown", "未标明"


class Origin(models.TextChoices):
    """How the body came to hold it (Art. 10)."""

    MADE = "made", "本机关制作"
    OBTAINED = "obtained", "从公民、法人和其他组织获取"
    OTHER_BODY = "other_body", "从其他机关获取"
    JOINT = "joint", "联合制作"


class Carrier(models.TextChoices):
    """载体形式."""

    ELECTRONIC = "electronic", "电子"
    PAPER = "paper", "纸质"
    BOTH = "both", "纸质和电子"
    AUDIOVISUAL = "audiovisual", "音像"


class Column(models.TextChoices):
    """Which part of the column 政府信息公开 the record stands in (国办公开办函〔2019〕61号)."""

    CATALOG = "catalog", "法定主动公开内容"
    MEASURES = "measures", "政府信息公开制度"
    ANNUAL_REPORT = "annual_report", "政府信息公开年报"


class RelationKind(models.TextChoices):
    INTERPRETS = "interprets", "解读"
    AMENDS = "amends", "修改"
    REPEALS = "repeals", "废止"
    REPLACES = "replaces", "替代"


class RecordState(models.TextChoices):
    """States of the working copy; what the public sees is the catalog entry, a thing apart."""

    DRAFT = "draft", "草稿"
    PROPOSED = "proposed", "已提出，待审查小组核实"
    VERIFIED = "verified", "已核实，待主管领导确定"
    DECIDED = "decided", "已确定属性"
    PUBLISHED = "published", "已发布"
    WITHDRAWN = "withdrawn", "已撤下"
