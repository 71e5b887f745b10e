"""A mapping made beside the file it is for: each field of the source with where it goes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms

from gongkai.desk.forms.base import DeskForm, Pick, Words
from gongkai.desk.forms.mappings import NAME, UNITS
from gongkai.inventory.amending import NOT_WANTED, Choice
from gongkai.inventory.labels import DATES, FIELD_LABELS

GOES_TO = ((NOT_WANTED, "不要"), *FIELD_LABELS.items())


@dataclass(frozen=True, slots=True)
class Line:
    """A field of the source as the form shows it; `may_be_days` asks how they are written."""

    path: str
    samples: Sequence[str]
    choice: Choice
    reason: str = ""
    may_be_days: bool = False


@dataclass(frozen=True, slots=True)
class Asked:
    """A line with its inputs."""

    line: Line
    ours: forms.BoundField
    unit: forms.BoundField | None


class RunMappingForm(DeskForm):
    """Name and words of the mapping, and for each field of the source one of ours."""

    optional_mark = ""
    name = Words(
        "代号", most=60, required=True, hint="如 old_site。用原来的代号就是修改它，换一个就是新的。"
    )
    label = Words("说明", most=120, required=True, hint="如 区政府旧网站导出表。")

    def __init__(self, *args: Any, lines: Sequence[Line], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._lines = lines
        self.fields["name"].validators.append(NAME)
        for place, line in enumerate(lines):
            self.fields[f"to_{place}"] = Pick(
                f"{line.path} 对应到", GOES_TO, blank="（先不管）", initial=line.choice.ours
            )
            if line.may_be_days:
                initial = line.choice.unit or "text"
                self.fields[f"unit_{place}"] = Pick(
                    f"{line.path} 日期的写法", UNITS, initial=initial
                )

    @property
    def asked(self) -> list[Asked]:
        """Every line with its inputs, in the order of the file."""
        return [
            Asked(line, self[f"to_{place}"], self[f"unit_{place}"] if line.may_be_days else None)
            for place, line in enumerate(self._lines)
        ]

    def choices(self) -> dict[str, Choice]:
        """By the path of each field of the source."""
        data = self.cleaned_data
        made = {}
        for place, line in enumerate(self._lines):
            ours = data[f"to_{place}"]
            unit = data.get(f"unit_{place}", "") if ours in DATES else ""
            made[line.path] = Choice(ours, unit)
        return made

    def place_of(self, sentences: Mapping[str, str]) -> dict[str, str]:
        """Sentences about fields of the source, by the inputs of this form."""
        names = {line.path: f"to_{place}" for place, line in enumerate(self._lines)}
        return {names.get(path, path): sentence for path, sentence in sentences.items()}
