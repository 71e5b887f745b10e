"""What the pages about one record share: finding it, its tabs, what can be done next."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any, ClassVar

from django.shortcuts import get_object_or_404
from django.urls import reverse

from gongkai.desk.navigation import AT_WORK, EDITORS
from gongkai.desk.page import DeskView
from gongkai.desk.seat import Seat
from gongkai.orgs.models import Role
from gongkai.records import queries as records
from gongkai.records.choices import Attribute, RecordState
from gongkai.records.models import Record, RecordText
from gongkai.review import queries as review
from gongkai.review.models import ReviewSheet, SheetState


@dataclass(frozen=True, slots=True)
class Step:
    """Something that can be done with a record now; the first one is the main one."""

    label: str
    url_name: str
    grave: bool = False


@dataclass(frozen=True, slots=True)
class Next:
    """Whose turn it is, in a sentence, and what this person can do."""

    sentence: str
    steps: tuple[Step, ...] = ()


class RecordPage(DeskView):
    """A page about one record the person may see; anybody else's is simply not found."""

    roles: ClassVar[tuple[Role, ...]] = AT_WORK
    task = "records"
    tab = ""

    @cached_property
    def record(self) -> Record:
        """The record of the address."""
        visible = records.visible_to(self.seat.person, self.seat.today)
        return get_object_or_404(
            visible.select_related("body", "section", "catalog_class__parent"),
            uuid=self.kwargs["uuid"],
        )

    @cached_property
    def text(self) -> str:
        """Body text of the working copy."""
        return text_of(self.record)

    @cached_property
    def open_sheet(self) -> ReviewSheet | None:
        """The review sheet under way."""
        return self.record.sheets.filter(
            state__in=(SheetState.PROPOSED, SheetState.VERIFIED)
        ).first()

    def url(self, name: str = "record") -> str:
        """A page of this record."""
        return reverse(f"desk:{name}", kwargs={"uuid": self.record.uuid})

    def frame(self) -> dict[str, Any]:
        """The frame, with the record and its tabs."""
        if "record" not in self.__dict__:
            return super().frame()
        record = self.record
        open_findings = review.open_findings(record).count()
        return {
            **super().frame(),
            "record": record,
            "tab": self.tab,
            "back_url": self.url(),
            "back_label": "回到这条信息",
            "open_findings": open_findings,
            "next": next_for(record, self.seat, open_findings),
            "tabs": self._tabs(open_findings),
        }

    def _tabs(self, open_findings: int) -> list[tuple[str, str, str, int | None]]:
        record = self.record
        counted = [
            ("overview", "概况", "record", None),
            ("findings", "核查发现", "record_findings", open_findings),
            ("files", "附件", "record_files", record.files.count()),
            ("relations", "关联", "record_relations", record.relations.count()),
            ("versions", "版本", "record_versions", record.versions.count()),
            ("sheets", "审查单", "record_sheets", record.sheets.count()),
            ("history", "经过", "record_history", None),
        ]
        return [(tab, label, self.url(name), count) for tab, label, name, count in counted]


def text_of(record: Record) -> str:
    """Body text of a record's working copy; empty where none was typed."""
    return RecordText.objects.filter(record=record).values_list("text", flat=True).first() or ""


_EDIT = Step("修改", "record_edit")


def next_for(record: Record, seat: Seat, open_findings: int) -> Next:
    """What comes next for this record and what this person can do about it."""
    if record.state == RecordState.DRAFT:
        return _draft(seat, open_findings)
    if record.state == RecordState.PROPOSED:
        steps = (Step("去核实", "record_verify"),) if seat.holds(Role.REVIEW_GROUP) else ()
        return Next("科室已提出属性，等审查小组核实。", steps)
    if record.state == RecordState.VERIFIED:
        leader = seat.holds(Role.RESPONSIBLE_LEADER)
        return Next(
            "审查小组已核实，等主管领导确定属性。",
            (Step("去确定属性", "record_decide"),) if leader else (),
        )
    if record.state == RecordState.DECIDED:
        return _decided(record, seat)
    return _public(record, seat)


def _draft(seat: Seat, open_findings: int) -> Next:
    if not seat.holds(*EDITORS):
        return Next("还是草稿，等责任科室提出审查。")
    rest = (_EDIT, Step("废弃草稿", "record_discard", grave=True))
    if open_findings:
        return Next(
            f"有{open_findings}处核查发现还没有答复；逐条答复后才能提出审查。",
            (Step("答复核查发现", "record_findings"), *rest),
        )
    return Next("核对内容后提出属性，送审查小组核实。", (Step("提出审查", "record_propose"), *rest))


def _decided(record: Record, seat: Seat) -> Next:
    office = seat.holds(Role.DISCLOSURE_OFFICE)
    again = Step("重新评估", "record_rereview")
    if record.attribute == Attribute.PROACTIVE:
        return Next(
            "已确定主动公开，等公开工作机构发布。",
            (Step("发布", "record_publish"), Step("发现问题，重新审查", "record_rereview"))
            if office
            else (),
        )
    label = record.get_attribute_display()
    until = f"，下次评估日期 {record.rereview_on:%Y-%m-%d}" if record.rereview_on else ""
    steps = (again,) if office or seat.holds(*EDITORS) else ()
    return Next(f"已确定{label}，不发布{until}。", steps)


def _public(record: Record, seat: Seat) -> Next:
    office = seat.holds(Role.DISCLOSURE_OFFICE)
    if record.state == RecordState.WITHDRAWN:
        again = (Step("修订后重新发布", "record_revise"),) if office else ()
        return Next("已从网站撤下，页面只留索引号和原因。", again)
    steps = (
        Step("变更有效性", "record_validity"),
        Step("修订", "record_revise"),
        Step("撤下", "record_withdraw", grave=True),
    )
    return Next("已在网站公开。", steps if office else ())
