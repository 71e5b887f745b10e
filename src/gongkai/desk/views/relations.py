"""Relations of a record: interprets, amends, repeals, replaces."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from gongkai.desk.forms.files import Relate
from gongkai.desk.navigation import EDITORS
from gongkai.desk.page import FormPage
from gongkai.desk.record_page import RecordPage
from gongkai.kit.refusal import Refusal
from gongkai.records import actions
from gongkai.records import queries as records
from gongkai.records.models import Record
from gongkai.records.values import Link


class Relations(RecordPage, FormPage[Relate]):
    """What this record does to others, and others to it."""

    tab = "relations"
    template = "desk/record_relations.html"
    form_class = Relate
    submit = "关联"

    def context(self) -> dict[str, Any]:
        self.title = f"关联：{self.record.title}"
        return {
            "relations": self.record.relations.select_related("target"),
            "related_from": self.record.related_from.select_related("record"),
            "may_change": self.seat.holds(*EDITORS),
        }

    def act(self, form: Relate) -> HttpResponse:
        number = form.cleaned_data["number"]
        actions.relate(
            record=self.record,
            link=Link(
                kind=form.cleaned_data["kind"],
                target=self._target(number) if number else None,
                cited=form.cleaned_data["cited"],
            ),
            by=self.seat.person,
            now=self.seat.now,
        )
        return self.done(self.url("record_relations"), "已关联。")

    def _target(self, number: str) -> Record:
        """The one record of ours with this index or document number."""
        ours = records.visible_to(self.seat.person, self.seat.today).exclude(pk=self.record.pk)
        found = list(ours.filter(Q(index_number=number) | Q(document_number=number))[:2])
        if len(found) == 1:
            return found[0]
        sentence = (
            f"有不止一条信息用“{number}”，请改填索引号。"
            if found
            else f"没有找到“{number}”。本机关的请核对索引号或文号；外单位的请填在“所指文件名称”里。"
        )
        raise Refusal("relation.target", sentence, fields={"number": sentence})


class DropRelation(RecordPage):
    """Taking a relation off."""

    def post(self, request: HttpRequest, uuid: UUID, pk: int) -> HttpResponse:
        """Remove it and go back to the list."""
        relation = get_object_or_404(self.record.relations, pk=pk)
        actions.unrelate(relation=relation, by=self.seat.person, now=self.seat.now)
        return self.done(self.url("record_relations"), "已取消关联。")
