"""Bodies, sections, classes, groups, duties, people, roles, holiday notices as they are typed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet

from gongkai.desk.forms.base import Day, DeskForm, Pick, PickRow, Tick, Words, read_day
from gongkai.orgs.models import Body, BodyLevel, GroupKind, Person, Role, Section
from gongkai.orgs.values import DayOff
from gongkai.records.models import CatalogClass


def choose(form: forms.Form, name: str, rows: QuerySet[Any]) -> None:
    """Give a field the rows it may choose from."""
    field = form.fields[name]
    assert isinstance(field, forms.ModelChoiceField)
    field.queryset = rows


class BodyForm(DeskForm):
    """A body; the index-number grammar is two fields of its profile."""

    code = Words("机构代码", most=40, required=True)
    name = Words("名称", most=120, required=True)
    short_name = Words("简称", most=40)
    level = Pick("层级", BodyLevel.choices, required=True)
    parent = PickRow("上级机关", Body.objects.none(), blank="（没有）")
    region = Words("行政区划", most=40, hint="GB/T 2260 代码，如 110109；决定适用哪里的规定。")
    place_name = Words("地名", most=40)
    credit_code = Words("统一社会信用代码", most=18)
    pattern = Words(
        "索引号格式", most=80, hint="如 11Y025/ZK-{year}-{serial:06d}；开始编号后不要改。"
    )
    restarts_yearly = Tick("流水号每年从 1 开始")
    site_name = Words("网站名称", most=120)
    site_code = Words("网站标识码", most=10)
    address = Words("办公地址", most=200)
    office_hours = Words("办公时间", most=120)
    phone = Words("联系电话", most=60)
    fax = Words("传真号码", most=60)
    email = forms.EmailField(
        label="电子邮箱",
        required=False,
        error_messages={"invalid": "“电子邮箱”写得不对，应像 xxgk@example.gov.cn。"},
    )

    def __init__(self, *args: Any, bodies: QuerySet[Body], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "parent", bodies)

    def values(self, profile: dict[str, Any]) -> dict[str, object]:
        """The fields for the action; the rest of the profile stays as it is."""
        data = dict(self.cleaned_data)
        pattern, restarts = data.pop("pattern"), data.pop("restarts_yearly")
        kept = {key: value for key, value in profile.items() if key != "index_number"}
        if pattern:
            kept["index_number"] = {"pattern": pattern, "restarts_yearly": restarts}
        return {**data, "profile": kept}


class SectionForm(DeskForm):
    """A section of a body."""

    code = Words("代码", most=20, required=True)
    name = Words("名称", most=60, required=True)
    ordinal = forms.IntegerField(
        label="排序", required=False, min_value=0, max_value=999, help_text="小的在前。"
    )

    def values(self) -> dict[str, object]:
        """The fields for the action."""
        return {**self.cleaned_data, "ordinal": self.cleaned_data["ordinal"] or 0}


class ClassForm(SectionForm):
    """A class or sub-class of the catalog, with the section that answers for it."""

    code = Words("代码", most=40, required=True)
    parent = PickRow("上级分类", CatalogClass.objects.none(), blank="（这是一级分类）")
    responsible_section = PickRow("责任科室", Section.objects.none(), blank="（各科室）")
    is_active = Tick("在用")

    def __init__(self, *args: Any, body: Body, row: CatalogClass | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        tops = CatalogClass.objects.filter(body=body, parent__isnull=True)
        choose(self, "parent", tops.exclude(pk=row.pk) if row is not None else tops)
        choose(self, "responsible_section", Section.objects.filter(body=body, is_active=True))


class ReasonForm(DeskForm):
    """Why."""

    reason = Words("理由", most=300, required=True)


class SeatForm(DeskForm):
    """A seat in one of the groups."""

    group = Pick("组别", GroupKind.choices, required=True)
    person = PickRow("人员", Person.objects.none(), blank="（空缺）")
    title = Words("职务", most=40, required=True, hint="如 组长、成员、协调人、接待员。")
    ordinal = forms.IntegerField(label="排序", required=False, min_value=0, max_value=999)
    from_on = Day("自", hint="空着就是今天。")

    def __init__(self, *args: Any, body: Body, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "person", Person.objects.filter(body=body, is_active=True))


class DutyForm(DeskForm):
    """A named duty of a section or of a person."""

    title = Words("职责", most=80, required=True)
    text = Words("内容", most=2000, rows=4)
    section = PickRow("科室", Section.objects.none(), blank="（不限）")
    person = PickRow("人员", Person.objects.none(), blank="（不限）")
    ordinal = forms.IntegerField(label="排序", required=False, min_value=0, max_value=999)

    def __init__(self, *args: Any, body: Body, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "section", Section.objects.filter(body=body, is_active=True))
        choose(self, "person", Person.objects.filter(body=body, is_active=True))


class PersonForm(DeskForm):
    """An account."""

    username = Words("登录名", most=150, required=True, hint="字母、数字和 . _ -；开立后少改。")
    name = Words("姓名", most=40, required=True)
    body = PickRow("机关", Body.objects.none(), required=True)
    section = PickRow("科室", Section.objects.none(), blank="（不在科室）")
    office_phone = Words("办公电话", most=40)
    email = forms.EmailField(
        label="电子邮箱",
        required=False,
        error_messages={"invalid": "“电子邮箱”写得不对，应像 zhang@example.gov.cn。"},
    )

    def __init__(self, *args: Any, bodies: QuerySet[Body], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "body", bodies)
        sections = Section.objects.filter(body__in=bodies, is_active=True)
        choose(self, "section", sections.select_related("body"))


class GrantForm(DeskForm):
    """A role for a person."""

    role = Pick("角色", Role.choices, required=True)
    body = PickRow("机关", Body.objects.none(), required=True)
    section = PickRow("只在这个科室", Section.objects.none(), blank="（全机关）")
    until = Day("到哪一天为止", hint="这一天起不再有效；空着就是长期。")

    def __init__(self, *args: Any, bodies: QuerySet[Body], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "body", bodies)
        sections = Section.objects.filter(body__in=bodies, is_active=True)
        choose(self, "section", sections.select_related("body"))


_SPAN = re.compile(r"(.+?)(?:至|到|~|—|--)(\S+)(.*)\Z")
_ONE = re.compile(r"(\S+?日|\S+)(.*)\Z")
LONGEST_SPAN = 15


class Days(Words):
    """Days, one a line: `2027-01-01 元旦`, or a span `2027-02-06至2027-02-12 春节`."""

    def __init__(self, label: str, **kwargs: Any) -> None:
        super().__init__(label, most=5000, rows=8, **kwargs)

    def clean(self, value: Any) -> tuple[DayOff, ...]:
        """The days, in the order typed."""
        text = str(super().clean(value))
        return tuple(day for line in text.splitlines() if line.strip() for day in self._line(line))

    def _line(self, line: str) -> Iterator[DayOff]:
        span = _SPAN.match(line.strip())
        one = _ONE.match(line.strip())
        try:
            if span is not None:
                yield from _days(read_day(span[1]), read_day(span[2]), span[3].strip())
            elif one is not None:
                yield DayOff(read_day(one[1]), one[2].strip())
        except ValueError:
            raise ValidationError(
                f"“{line.strip()}”这一行看不懂，"
                "请写成 2027-01-01 元旦，或 2027-02-06至2027-02-12 春节。"
            ) from None


def _days(first: date, last: date, name: str) -> Iterator[DayOff]:
    if not 0 <= (last - first).days <= LONGEST_SPAN:
        raise ValueError(first)
    for n in range((last - first).days + 1):
        yield DayOff(first + timedelta(days=n), name)


class NoticeForm(DeskForm):
    """A yearly holiday notice."""

    year = forms.IntegerField(
        label="年份",
        min_value=1999,
        max_value=2100,
        error_messages={
            "required": "请填写年份，如 2027。",
            "invalid": "年份应是四位数字，如 2027。",
            "min_value": "年份应在1999至2100之间。",
            "max_value": "年份应在1999至2100之间。",
        },
    )
    document_number = Words("文号", most=60, required=True, hint="如 国办发明电〔2026〕×号")
    issued_on = Day("印发日期")
    off = Days("放假日", required=True, hint="一行一天或一段：2027-02-06至2027-02-12 春节")
    makeup = Days("上班的周末", hint="一行一天：2027-02-20 春节")
    source = Words("来源", most=200, hint="从哪里看到的，如网址。")
