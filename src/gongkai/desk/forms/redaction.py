"""What is to be taken out of a file: ticked, typed or framed, each group with ground and reason."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError

from gongkai.desk.forms.base import DeskForm, Pick, Words
from gongkai.desk.forms.places import (
    Many,
    Places,
    Word,
    boxes_of,
    chosen,
    lines,
    listable,
    pairs,
    searchable,
)
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


WHAT: Final = "个人身份信息、联系方式"
"""Most that is taken out is somebody's."""


@dataclass(frozen=True, slots=True)
class Given:
    """What the form is about: the grounds, what the program found, how frames are measured.

    `found` are words and what they are; `find` tells where words stand; `pages` is 0 and `scale`
    nothing for a file without pages.
    """

    grounds: Sequence[tuple[str, str]]
    found: Sequence[tuple[str, str]]
    find: Callable[[Sequence[str]], Places]
    pages: int
    scale: float


@dataclass(frozen=True, slots=True)
class Group:
    """Things with one ground and reason: the typed words with their places, the other fields."""

    number: int
    fields: list[forms.BoundField]
    words: forms.BoundField
    listed: list[Word]
    is_open: bool


class Redact(DeskForm):
    """Groups of things to take out; what the program found is put into one of them.

    `found` are the ticked words, `into` says `2 words` for the group of each, `listed` which words
    had their places shown, `at` says `3 words` for each place that is ticked.
    """

    found = Many("程序找到的")
    into = Many()
    listed = Many()
    at = Many()
    as_image = forms.BooleanField(
        label="把所有页面转为图片",
        required=False,
        help_text="最稳妥，但副本里的字不能再复制、检索、朗读。不选时只有必须转的页面才转。",
    )

    def __init__(self, *args: Any, given: Given, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.given = given
        self.rows = range(1, MOST + 1)
        for n in self.rows:
            self.fields[f"words_{n}"] = Words(
                "遮去的文字", most=6000, rows=3,
                hint="每行一个，全文出现的都遮去，也可以列出来逐处选；空格、换行、全半角不影响。",
            )  # fmt: skip
            if given.pages and given.scale:
                unit = "毫米" if given.scale != 1 else "像素"
                self.fields[f"frames_{n}"] = Words(
                    "遮去的方框", most=6000, rows=2,
                    hint=f"每行一个：页码 左 上 右 下（{unit}，从左上角量起），如“1 20 40 90 52”。"
                    "在页面图上拖动鼠标会自动填在这里。",
                )  # fmt: skip
            self.fields[f"what_{n}"] = Words(
                "是什么内容", most=200, hint="不写出内容本身，如“供应商的银行账号”；会写进答复书。"
            )
            self.fields[f"ground_{n}"] = Pick("法定理由", given.grounds, blank="（请选择）")
            self.fields[f"reason_{n}"] = Words("具体理由", most=2000, rows=2)

    @property
    def groups(self) -> list[Group]:
        """The groups; open are the first and those with something in them."""
        return [
            Group(
                number=n,
                fields=[bound for bound in self._row(n) if not bound.name.startswith("words_")],
                words=self[f"words_{n}"],
                listed=[self._word(words) for words in lines(self[f"words_{n}"].value())],
                is_open=n == 1 or any(bound.value() for bound in self._row(n)),
            )
            for n in self.rows
        ]

    @property
    def program(self) -> list[Word]:
        """What the program found, with the places of each."""
        into = {words: number for number, words in pairs(self["into"].value() or ())}
        ticked = set(self["found"].value() or ())
        return [
            replace(self._word(words), kind=kind, ticked=words in ticked, into=into.get(words, 1))
            for words, kind in self.given.found
        ]

    @cached_property
    def places(self) -> Places:
        """Where all the words stand, found and typed."""
        typed = (words for n in self.rows for words in lines(self[f"words_{n}"].value()))
        return self.given.find(searchable([*(words for words, _ in self.given.found), *typed]))

    @cached_property
    def _listable(self) -> set[str]:
        return listable(self.places)

    def _word(self, words: str) -> Word:
        there = self.places.get(words, ())
        if words not in self._listable:
            return Word(words, there)
        shown = words in (self["listed"].value() or ())
        at = list(map(str, self["at"].value() or ())) if shown else None
        return Word(words, there, boxes=boxes_of(words, there, at))

    def _row(self, n: int) -> list[forms.BoundField]:
        return [self[f"{name}_{n}"] for name in FIELDS if f"{name}_{n}" in self.fields]

    def mark_of(self, bound: forms.BoundField) -> str:
        """What each group has to say is not marked as optional."""
        said = bound.name.rsplit("_", 1)[0] in ("what", "ground", "reason")
        return "" if said else super().mark_of(bound)

    def clean(self) -> dict[str, Any]:
        """Frames are five numbers within the file; of listed words some place is ticked."""
        data = super().clean() or {}
        data["only"] = {}
        for n in self.rows:
            try:
                data[f"areas_{n}"] = self._areas(str(data.get(f"frames_{n}") or ""))
            except ValidationError as error:
                self.add_error(f"frames_{n}", error)
            self._choose(f"words_{n}", lines(data.get(f"words_{n}")))
        self._choose("found", data.get("found") or ())
        return data

    def _choose(self, name: str, said: Iterable[str]) -> None:
        """Which places of the words of a field were left ticked."""
        for words in said:
            if words in self.cleaned_data.get("listed", ()):
                try:
                    there = self.places.get(words, ())
                    only = chosen(words, there, self.cleaned_data.get("at", ()))
                except ValidationError as error:
                    self.add_error(name, error)
                else:
                    self.cleaned_data["only"][words] = only

    def _areas(self, typed: str) -> tuple[Area, ...]:
        found = []
        for line in filter(None, map(str.strip, typed.splitlines())):
            match = _FRAME.match(line)
            if match is None:
                raise ValidationError(
                    f"“{line[:40]}”看不懂，请写成“页码 左 上 右 下”，如“1 20 40 90 52”。"
                )
            page, *edges = match.groups()
            if not 1 <= int(page) <= self.given.pages:
                raise ValidationError(f"文件只有{self.given.pages}页，没有第{page}页。")
            found.append(Area(int(page), *(float(edge) * self.given.scale for edge in edges)))
        return tuple(found)

    def removals(self) -> list[Removal]:
        """The groups in which something is said."""
        data = self.cleaned_data
        into = {words: number for number, words in pairs(data["into"])}
        made = []
        for n in self.rows:
            found = [words for words in data["found"] if into.get(words, 1) == n]
            words = tuple(dict.fromkeys([*found, *lines(data[f"words_{n}"])]))
            said = {name: data[f"{name}_{n}"].strip() for name in ("what", "reason")}
            areas = data[f"areas_{n}"]
            # What stood there from the start says nothing.
            typed = said["reason"] or said["what"] not in ("", WHAT)
            if words or areas or typed:
                only = ((each, data["only"].get(each, ())) for each in words)
                made.append(
                    Removal(
                        words=words,
                        areas=areas,
                        ground=data[f"ground_{n}"],
                        only=tuple(pair for pair in only if pair[1]),
                        **said,
                    )
                )
        return made
