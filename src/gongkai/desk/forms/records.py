"""Filters of the record list, and the record as it is typed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.db.models import QuerySet

from gongkai.desk.forms.base import Day, DeskForm, Moment, Pick, PickRow, Tick, Words
from gongkai.law import in_force
from gongkai.law.catalog import GENRES
from gongkai.law.legal_items import legal_items
from gongkai.orgs.models import Body, Section
from gongkai.records.choices import Attribute, Carrier, Column, Origin, RecordState, Validity
from gongkai.records.models import CatalogClass, Record

__all__ = ["DUE", "HEAD", "MORE", "Discard", "Filters", "Moment", "RecordForm"]

DUE = (("overdue", "已超期"), ("soon", "快到期"), ("rereview", "该重新评估"))
# The eight header fields in Beijing's order, as far as a person types them.
HEAD = ("title", "document_number", "responsible_unit", "created_on", "validity", "abstract")
PLACE = ("section", "catalog_class", "column", "legal_item", "genre", "keywords")
MORE = (
    "changed_on", "effective_from", "expires_on", "origin", "carrier", "made_by", "held_by",
    "lead_body", "first_published_on", "carried_from",
)  # fmt: skip


def classes_of(body: Body | None) -> QuerySet[CatalogClass]:
    """The classes of a body that are in use, each sub-class behind its class."""
    rows = CatalogClass.objects.filter(body=body, is_active=True)
    return rows.select_related("parent").order_by("parent__ordinal", "ordinal", "code")


def sections_of(body: Body | None) -> QuerySet[Section]:
    """The sections of a body that are in use."""
    return Section.objects.filter(body=body, is_active=True)


class Filters(DeskForm):
    """What the record list is narrowed by; sent by GET, so that a list can be kept as a link."""

    q = Words("名称、文号或索引号", most=100)
    state = Pick("状态", RecordState.choices, blank="全部状态")
    attribute = Pick("公开属性", Attribute.choices, blank="全部属性")
    section = PickRow("责任科室", Section.objects.none(), blank="全部科室")
    catalog_class = PickRow("分类", CatalogClass.objects.none(), blank="全部分类")
    due = Pick("期限", DUE, blank="不限")
    body = PickRow("机关", Body.objects.none(), blank="全部机关")

    def __init__(
        self, *args: Any, body: Body | None, supervised: Sequence[Body] = (), **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        if supervised:
            keys = [b.pk for b in (body, *supervised) if b is not None]
            _rows(self, "body", Body.objects.filter(pk__in=keys))
        else:
            del self.fields["body"]
        _rows(self, "section", sections_of(body))
        _rows(self, "catalog_class", classes_of(body))


def _rows(form: forms.Form, name: str, rows: QuerySet[Any]) -> None:
    field = form.fields[name]
    assert isinstance(field, forms.ModelChoiceField)
    field.queryset = rows


class RecordForm(DeskForm):
    """A record as the section types it. Everything may stay empty while it is a draft but the
    title; what is missing for the catalog is told before publication."""

    title = Words("信息名称", most=300, required=True)
    document_number = Words("文号", most=120, hint="如 ×商字〔2026〕12号；没有文号的留空。")
    responsible_unit = Words("公开责任部门", most=120)
    created_on = Day("生成日期", hint="文件成文的那一天；公开期限从次日起算。可写 20261123。")
    validity = Pick("信息有效性", Validity.choices)
    abstract = Words("内容概述", most=2000, rows=3, hint="一两句话说清内容，宜在100字以内。")
    text = Words("正文", most=1_000_000, rows=18, hint="一段一行；附件请在“附件”页上传。")
    section = PickRow("责任科室", Section.objects.none())
    catalog_class = PickRow("信息分类", CatalogClass.objects.none())
    column = Pick("栏目", Column.choices)
    legal_item = Pick("法定公开事项", ())
    genre = Pick("体裁", GENRES, blank="（未定）")
    keywords = Words("主题词", most=200, hint="用空格隔开。")
    changed_on = Day("变更日期", hint="内容有变更时填写，公开期限从变更重新起算。")
    effective_from = Day("施行日期")
    expires_on = Day("有效期至")
    origin = Pick("来源", Origin.choices)
    carrier = Pick("载体形式", Carrier.choices)
    made_by = Words("制作机关", most=120)
    held_by = Words("保存机关", most=120)
    lead_body = Words("牵头机关", most=120, hint="联合制作的填写。")
    first_published_on = Day("原发布日期", hint="从旧平台转来的，写当时真实的发布日期。")
    carried_from = Words("原发布平台", most=200, hint="写了原发布日期就要写明当时发布在哪里。")
    optional_mark = ""
    marks = dict.fromkeys(
        ("created_on", "abstract", "section", "catalog_class"), "（提出审查前填好）"
    )
    read_count = forms.IntegerField(
        required=False, min_value=0, max_value=10**9, widget=forms.HiddenInput
    )

    def __init__(
        self,
        *args: Any,
        body: Body,
        today: date,
        record: Record | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        _rows(self, "section", sections_of(body))
        _rows(self, "catalog_class", classes_of(body))
        chosen = self.fields["legal_item"]
        assert isinstance(chosen, forms.ChoiceField)
        chosen.choices = _items(record, today)

    def typed(self) -> dict[str, object]:
        """The values for the action, without the lock."""
        return {name: v for name, v in self.cleaned_data.items() if name != "read_count"}

    @property
    def head(self) -> list[forms.BoundField]:
        """The header fields."""
        return [self[name] for name in HEAD]

    @property
    def place(self) -> list[forms.BoundField]:
        """Where it belongs."""
        return [self[name] for name in PLACE]

    @property
    def more(self) -> list[forms.BoundField]:
        """What is seldom needed, folded."""
        return [self[name] for name in MORE]

    @property
    def more_in_use(self) -> bool:
        """Whether the folded group holds an error or something unusual, and must stand open."""
        usual = {"origin": "made", "carrier": "electronic"}
        return any(
            self[n].errors
            or (n != "made_by" and str(self[n].value() or "") not in ("", usual.get(n, "")))
            for n in MORE
        )


def _items(record: Record | None, today: date) -> list[tuple[str, str]]:
    """The listed items of the law in force, and the record's own code where it is an older one."""
    listed = [(i.code, f"{_short(i.code)} {i.label}") for i in legal_items(in_force(today))]
    code = record.legal_item if record is not None else ""
    if code and code not in dict(listed):
        listed.append((code, f"（旧）{code}"))
    return [("", "（未定）"), *listed]


def _short(code: str) -> str:
    """`2019-20-05` as 第二十条(5), without the year everyone knows."""
    _, article, number = code.split("-")
    return f"第{article}条({int(number)})"


class Discard(DeskForm):
    """Throwing a draft away."""

    reason = Words("理由", most=300, required=True)


class ValidityForm(DeskForm):
    """Validity changes with its cause and its day."""

    validity = Pick("信息有效性", Validity.choices, required=True)
    cause = Words("原因", most=200, required=True, hint="如 被×商字〔2026〕8号废止；有效期届满。")
    on = Day("自哪一天起", required=True)


class SureForm(DeskForm):
    """Nothing but the button."""

    sure = Tick("我已核对")
