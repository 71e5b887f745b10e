"""What is to be taken out of a file: ticked, typed or framed, each group with ground and reason."""

from __future__ import annotations

import re
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError

from gongkai.desk.forms.base import DeskForm, Pick, Words
from gongkai.records.values import Removal
from gongkai.text.redaction import Area

MOST: Final = 6
_NUMBER: Final = r"(\d{1,5}(?:\.\d{1,2})?)"
_FRAME: Final = re.compile(
    r"\s*第?(\d{1,3})页?\s*[:：,，]?\s*" + r"[\s,，]+".join([_NUMBER] * 4) + r"\s*\Z"
)
MM: Final = 72 / 25.4
"""Points to a millimetre."""
FIELDS: Final = ("words", "frames", "what", "ground", "reason")


class Found(forms.MultipleChoiceField):
    """What the program found in the file, as boxes to tick."""

    widget = forms.CheckboxSelectMultiple


class Redact(DeskForm):
    """Groups of things to take out; the first also takes what was ticked."""

    found = Found(
        label="程序找到的",
        required=False,
        help_text="勾选的在全文里遮去，归入第1处。程序只是提示，没有列出的也要自己看。",
        error_messages={"invalid_choice": "列出的内容已有变化，请重新勾选。"},
    )
    as_image = forms.BooleanField(
        label="把所有页面转为图片",
        required=False,
        help_text="最稳妥，但副本里的字不能再复制、检索、朗读。不选时只有必须转的页面才转。",
    )

    def __init__(
        self,
        *args: Any,
        grounds: list[tuple[str, str]],
        found: list[tuple[str, str]],
        pages: int,
        scale: float,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.pages, self.scale = pages, scale
        self.rows = range(1, MOST + 1)
        listed = self.fields["found"]
        assert isinstance(listed, forms.MultipleChoiceField)
        listed.choices = found
        for n in self.rows:
            self.fields[f"words_{n}"] = Words(
                "遮去的文字", most=6000, rows=3,
                hint="每行一个，全文出现的都遮去；空格、换行、全半角不影响。",
            )  # fmt: skip
            if pages and scale:
                unit = "毫米" if scale != 1 else "像素"
                self.fields[f"frames_{n}"] = Words(
                    "遮去的方框", most=6000, rows=2,
                    hint=f"每行一个：页码 左 上 右 下（{unit}，从左上角量起），如“1 20 40 90 52”。"
                    "在页面图上拖动鼠标会自动填在这里。",
                )  # fmt: skip
            self.fields[f"what_{n}"] = Words(
                "是什么内容", most=200, hint="不写出内容本身，如“供应商的银行账号”；会写进答复书。"
            )
            self.fields[f"ground_{n}"] = Pick("法定理由", grounds, blank="（请选择）")
            self.fields[f"reason_{n}"] = Words("具体理由", most=2000, rows=2)

    @property
    def groups(self) -> list[tuple[int, list[forms.BoundField], bool]]:
        """Number, fields, and whether it is open, of each group."""
        return [(n, self._row(n), n == 1 or self._typed(n)) for n in self.rows]

    def _row(self, n: int) -> list[forms.BoundField]:
        return [self[f"{name}_{n}"] for name in FIELDS if f"{name}_{n}" in self.fields]

    def _typed(self, n: int) -> bool:
        return any(bound.value() for bound in self._row(n))

    def mark_of(self, bound: forms.BoundField) -> str:
        """What each group has to say is not marked as optional."""
        said = bound.name.rsplit("_", 1)[0] in ("what", "ground", "reason")
        return "" if said or bound.name == "found" else super().mark_of(bound)

    def clean(self) -> dict[str, Any]:
        """Frames are five numbers within the file."""
        data = super().clean() or {}
        for n in self.rows:
            try:
                data[f"areas_{n}"] = self._areas(str(data.get(f"frames_{n}") or ""))
            except ValidationError as error:
                self.add_error(f"frames_{n}", error)
        return data

    def _areas(self, typed: str) -> tuple[Area, ...]:
        found = []
        for line in filter(None, map(str.strip, typed.splitlines())):
            match = _FRAME.match(line)
            if match is None:
                raise ValidationError(
                    f"“{line[:40]}”看不懂，请写成“页码 左 上 右 下”，如“1 20 40 90 52”。"
                )
            page, *edges = match.groups()
            if not 1 <= int(page) <= self.pages:
                raise ValidationError(f"文件只有{self.pages}页，没有第{page}页。")
            found.append(Area(int(page), *(float(edge) * self.scale for edge in edges)))
        return tuple(found)

    def removals(self) -> list[Removal]:
        """The groups in which something is said."""
        data = self.cleaned_data
        made = []
        for n in self.rows:
            words = [line.strip() for line in data[f"words_{n}"].splitlines() if line.strip()]
            if n == 1:
                words = [*data["found"], *words]
            said = {name: data[f"{name}_{n}"].strip() for name in ("what", "reason")}
            areas = data[f"areas_{n}"]
            if words or areas or any(said.values()):
                made.append(
                    Removal(
                        words=tuple(dict.fromkeys(words)),
                        areas=areas,
                        ground=data[f"ground_{n}"],
                        **said,
                    )
                )
        return made
