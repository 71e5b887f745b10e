"""What the pages for redaction share, whether the file is a record's or a case's."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Any, Final

from django.http import HttpRequest, HttpResponse

from gongkai import plug
from gongkai.desk.forms.redaction import MM, WHAT, Given, Redact
from gongkai.desk.page import FormPage
from gongkai.kit.refusal import Refusal
from gongkai.law.grounds import grounds
from gongkai.law.model import Law
from gongkai.orgs.models import Body
from gongkai.ports import Known
from gongkai.records import redaction
from gongkai.review import queries as review
from gongkai.text.redaction import Look

# Kinds of findings that are mostly taken out, with what they are called in a list.
KINDS: Final = {
    "identity_card": "身份证号", "bank_card": "银行卡号", "mobile": "手机号码", "email": "电子邮箱",
    "person_name": "姓名", "home_address": "住址", "passport": "护照号码", "number_plate": "车牌号",
    "minor": "未成年人信息", "health": "病情", "listed_word": "词表中的词",
}  # fmt: skip
_MOST_FOUND: Final = 100
SHOWN_PAGES: Final = 40


class Marking(FormPage[Redact]):
    """A form page about the file that `paper()` gives; its buttons may also only list places."""

    form_class = Redact
    submit = "遮盖并复查"

    def paper(self) -> redaction.Paper:
        """The file."""
        raise NotImplementedError

    def law(self) -> Law:
        """The law its grounds are of."""
        raise NotImplementedError

    def owner(self) -> Body:
        """The body whose word lists are used."""
        raise NotImplementedError

    @cached_property
    def seen(self) -> Look:
        """Pages and text of the file."""
        return redaction.look(self.paper())

    @property
    def paged(self) -> bool:
        """Whether there are pages to be shown and framed."""
        return self.seen.sheets[0].width > 0

    def form_kwargs(self) -> dict[str, Any]:
        """Grounds of the law, what the scanners found, and how frames are measured."""
        given = Given(
            grounds=[(g.key, f"{g.label}（{g.cite}）") for g in grounds(self.law())],
            found=self._found(),
            find=lambda words: redaction.find(self.paper(), words),
            pages=len(self.seen.sheets) if self.paged else 0,
            scale=float(self._unit()),
        )
        return {"given": given}

    def initial(self) -> dict[str, Any]:
        """Most that is taken out is somebody's."""
        return {"ground_1": "privacy", "what_1": WHAT}

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Redact; or show the form again with places listed or all found words ticked."""
        if not request.POST.keys() & {"find", "tick"}:
            return super().post(request, *args, **kwargs)
        form = self.form_class(data=request.POST, **self.form_kwargs())
        if "tick" in request.POST:
            data = request.POST.copy()
            data.setlist("found", [words for words, _ in form.given.found])
            form.data = data
        return self.page(form)

    def context(self) -> dict[str, Any]:
        """The pages to be shown beside the form."""
        sheets = self.seen.sheets
        shown = range(1, min(len(sheets), SHOWN_PAGES) + 1) if self.paged else ()
        return {
            "paper_name": self.paper().name,
            "warnings": self.seen.warnings,
            "pages": [(n, sheets[n - 1].width, sheets[n - 1].height) for n in shown],
            "more_pages": max(0, len(sheets) - SHOWN_PAGES) if self.paged else 0,
            "plain_text": "" if self.paged else sheets[0].text[:20_000],
            "unit": self._unit(),
        }

    def _unit(self) -> str:
        """Points to a unit of the frames, as the script reads it."""
        picture = self.paper().name.lower().endswith((".png", ".jpg", ".jpeg"))
        return "1" if picture else f"{MM:.6f}"

    def _found(self) -> list[tuple[str, str]]:
        """Words a scanner named and what they are, each once, in the order of the pages."""
        found: dict[str, str] = {}
        known = Known(lists=review.lists_of(self.owner()))
        for sheet in self.seen.sheets:
            for scanner in plug.scanners():
                for each in scanner.scan({"text": sheet.text}, known=known):
                    words = " ".join(each.evidence.split())
                    if each.kind in KINDS and 2 <= len(words) <= 80:
                        found.setdefault(words, KINDS[each.kind])
        return list(found.items())[:_MOST_FOUND]


def words_of(removal: Mapping[str, Any]) -> list[str]:
    """The words of a kept removal; of those taken out in some places only, which."""
    only = dict(removal.get("only", ()))
    return [
        f"{words}（第{'、'.join(map(str, only[words]))}处）" if words in only else words
        for words in removal["words"]
    ]


def png(content: bytes) -> HttpResponse:
    """A picture of a page; never stored on the way, like all of the desk."""
    response = HttpResponse(content, content_type="image/png")
    response.headers["Cache-Control"] = "no-store"
    return response


def page_number(given: object) -> int:
    """A page of an address."""
    number = int(str(given))
    if not 1 <= number <= 500:
        raise Refusal("redaction.no_page", "没有这一页，请回到遮盖页面重新选择。")
    return number


__all__ = ["Marking", "Redact", "page_number", "png", "words_of"]
