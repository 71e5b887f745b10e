"""How a source names its fields, typed without code: our field, the source's names for it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator

from gongkai.desk.forms.base import DeskForm, Pick, Words
from gongkai.inventory.labels import DATES
from gongkai.inventory.labels import FIELD_LABELS as LABELS
from gongkai.text import date_units

UNITS = tuple(date_units.UNITS.items())
# Fields that sources write as codes of their own, and what such a line looks like.
CODED = ("validity", "attribute", "genre", "class_name", "section", "legal_item")
_MEANT = re.compile(r"([^=＝]+?)\s*[=＝]\s*(\S.*)")
_BETWEEN = re.compile(r"[、，,;；\n]+")
NAME = RegexValidator(r"^[a-z0-9_]{1,60}\Z", "“代号”只用小写字母、数字和下划线，如 old_site。")


class Codes(Words):
    """What a source's codes mean: 0=有效、1=失效."""

    def __init__(self, label: str, *, most: int) -> None:
        super().__init__(label, most=most)

    def validate(self, value: str) -> None:
        super().validate(value)
        wrong = [part for part in names(value) if not _MEANT.fullmatch(part)]
        if wrong:
            raise ValidationError(
                f"“{self.label}”里的“{wrong[0]}”没有写明意思，请写成 0=有效、1=失效 的样子。"
            )


class MappingForm(DeskForm):
    """One line per field of ours; several names of the source in order, the first with a value
    counts. What the form does not show of a mapping (parts, other value lists) is kept as it is."""

    optional_mark = ""
    name = Words("代号", most=60, required=True, hint="如 old_site；保存后不改。")
    label = Words("说明", most=120, required=True, hint="如 区政府旧网站导出表。")

    def __init__(self, *args: Any, is_new: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if is_new:
            self.fields["name"].validators.append(NAME)
        else:
            del self.fields["name"]
        for key, label in LABELS.items():
            self.fields[f"from_{key}"] = Words(label, most=500)
            if key in DATES:
                self.fields[f"unit_{key}"] = Pick(f"{label}的写法", UNITS, initial="text")
            if key in CODED:
                self.fields[f"codes_{key}"] = Codes(f"{label}的代码", most=1000)
        self.fields["tables"] = Words("只读这些表", most=500, hint="空着就全读。")
        self.fields["ignored"] = Words("不用管的字段", most=2000, rows=2)

    @property
    def lines(self) -> list[tuple[forms.BoundField, forms.BoundField | None]]:
        """Each of our fields, with how its days are written or what its codes mean."""
        return [(self[f"from_{key}"], self._beside(key)) for key in LABELS]

    def _beside(self, key: str) -> forms.BoundField | None:
        name = next((n for n in (f"unit_{key}", f"codes_{key}") if n in self.fields), "")
        return self[name] if name else None

    def content(self, before: Mapping[str, Any]) -> dict[str, Any]:
        """The mapping as data, what the form does not show taken over from `before`."""
        old = dict(before.get("fields", {}))
        fields = {key: self._rule(key, old.get(key)) for key in LABELS}
        made: dict[str, Any] = {
            "source": self.cleaned_data["label"],
            "fields": {key: rule for key, rule in fields.items() if rule},
        }
        for name in ("tables", "ignored"):
            if listed := names(self.cleaned_data[name]):
                made[name] = listed
        return made

    def _rule(self, key: str, before: Any) -> Any:
        paths = names(self.cleaned_data[f"from_{key}"])
        rule = dict(before) if isinstance(before, Mapping) else {}
        rule.pop("path", None)
        if key in DATES and paths:
            rule["date"] = self.cleaned_data[f"unit_{key}"] or "text"
        if key in CODED:
            rule.pop("values", None)
            if paths and (codes := self.cleaned_data[f"codes_{key}"]):
                rule["values"] = _meanings(codes)
        if not paths:
            return rule if "constant" in rule else None
        return {**rule, "path": paths} if rule else paths


def _meanings(text: str) -> dict[str, str]:
    """0=有效、1=失效."""
    found = (_MEANT.fullmatch(part) for part in names(text))
    return {match[1]: match[2] for match in found if match is not None}


def names(text: str) -> list[str]:
    """The source's names in a line."""
    return [name.strip() for name in _BETWEEN.split(text) if name.strip()]


def shown(content: Mapping[str, Any]) -> dict[str, str]:
    """A mapping as the form's first values."""
    values: dict[str, str] = {}
    for key, rule in dict(content.get("fields", {})).items():
        given = rule.get("path", ()) if isinstance(rule, Mapping) else rule
        paths = [given] if isinstance(given, str) else list(given)
        values[f"from_{key}"] = "、".join(paths)
        if key in DATES and isinstance(rule, Mapping):
            values[f"unit_{key}"] = str(rule.get("date") or "text")
        if key in CODED and isinstance(rule, Mapping):
            codes = dict(rule.get("values", {}))
            values[f"codes_{key}"] = "、".join(f"{code}={means}" for code, means in codes.items())
    for name in ("tables", "ignored"):
        values[name] = "、".join(content.get(name, ()))
    return values
