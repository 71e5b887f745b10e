"""Word lists of the body: where the scanners stop besides the rules for everybody."""

from __future__ import annotations

from functools import cached_property
from typing import Any, ClassVar

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from gongkai.desk import paging
from gongkai.desk.forms.word_lists import WordListForm
from gongkai.desk.page import DeskView, FormPage
from gongkai.orgs.models import Role
from gongkai.review import actions
from gongkai.review.models import WordList

KEEPERS = (Role.DISCLOSURE_OFFICE, Role.REVIEW_GROUP)


class WordLists(DeskView):
    """All lists of the body; the words themselves are behind each."""

    roles: ClassVar[tuple[Role, ...]] = KEEPERS
    task = "word_lists"
    title = "核查词表"

    def get(self, request: HttpRequest) -> HttpResponse:
        """The lists, those in use first."""
        rows = WordList.objects.filter(body=self.body()).defer("words").select_related("saved_by")
        page = paging.page_of(rows.order_by("-is_active", "label"), request.GET.get("page"))
        return self.show("desk/word_lists.html", page=page)


class EditWordList(FormPage[WordListForm]):
    """A new list, or a change of one."""

    roles: ClassVar[tuple[Role, ...]] = KEEPERS
    task = "word_lists"
    form_class = WordListForm

    @cached_property
    def row(self) -> WordList | None:
        """The list of the address; None for a new one."""
        uuid = self.kwargs.get("uuid")
        return get_object_or_404(WordList, uuid=uuid, body=self.body()) if uuid else None

    def form_kwargs(self) -> dict[str, Any]:
        self.title = f"核查词表：{self.row.label}" if self.row else "建立核查词表"
        return {}

    def initial(self) -> dict[str, Any]:
        if self.row is None:
            return {"is_active": True}
        names = ("label", "severity", "sentence", "words", "is_active")
        return {name: getattr(self.row, name) for name in names}

    def context(self) -> dict[str, Any]:
        return {"back_url": reverse("desk:word_lists"), "back_label": "核查词表"}

    def act(self, form: WordListForm) -> HttpResponse:
        saved = actions.save_word_list(
            body=self.body(),
            text=form.text(),
            by=self.seat.person,
            now=self.seat.now,
            row=self.row,
        )
        sentence = (
            f"“{saved.label}”已保存，共{saved.count}个词。草稿在下次保存或提出审查时按它核查。"
        )
        return self.done(reverse("desk:word_lists"), sentence)
