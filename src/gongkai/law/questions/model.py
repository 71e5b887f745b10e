"""Questions people ask the law, as values: their fields, and a function from answers to answers.

The command line, the public calculator and the API make their arguments, forms and parameters
from the same fields, so that a question is asked and answered everywhere alike. What people type
comes in as text and is read here, with one clear sentence for what cannot be read.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date

from gongkai.kit.refusal import Refusal
from gongkai.law.workdays import Calendar

Choices = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Field:
    """One thing asked: `kind` is date, number, text or choice.

    `label` stands beside it in a form, `hint` explains; a `positional` field needs no name on the
    command line.
    """

    key: str
    label: str
    kind: str = "text"
    hint: str = ""
    choices: Choices = ()
    required: bool = False
    positional: bool = False


@dataclass(frozen=True, slots=True)
class Given:
    """The answers given, as text, with the day of asking and the calendar to count on."""

    values: Mapping[str, str]
    today: date
    calendar: Callable[[], Calendar]

    def text(self, key: str) -> str:
        """The text given, without blanks around it; empty when none."""
        return (self.values.get(key) or "").strip()

    def day(self, key: str) -> date | None:
        """The day given; refuse what is no day."""
        text = self.text(key)
        if not text:
            return None
        return read_day(text, key)

    def number(self, key: str) -> int | None:
        """The whole number given; refuse anything else and negative ones."""
        text = self.text(key)
        if not text:
            return None
        if not (text.isascii() and text.isdigit()) or len(text) > 9:
            raise Refusal(
                "question.not_a_number",
                f"“{text}”不是数目，请填写0或正整数，例如：31。",
                fields={key: "请填写0或正整数。"},
            )
        return int(text)

    def needed_day(self, key: str, label: str) -> date:
        """A day that must be given."""
        found = self.day(key)
        if found is None:
            raise Refusal(
                "question.missing", f"请填写{label}，例如：2026-02-06。", fields={key: "请填写。"}
            )
        return found

    def choice(self, key: str, choices: Choices, default: str = "") -> str:
        """One of the choices; refuse others, naming those that are possible."""
        text = self.text(key) or default
        if text in dict(choices):
            return text
        words = "、".join(f"{value}（{label}）" for value, label in choices)
        asked = f"没有“{text}”这个选项" if text else "请选择"
        raise Refusal(
            "question.no_such_choice",
            f"{asked}。可选：{words}。",
            fields={key: "请从列表中选择。"},
        )


@dataclass(frozen=True, slots=True)
class Told:
    """An answer: plain values for programs, lines for people, and the entry for a calendar."""

    data: dict[str, object]
    lines: tuple[str, ...]
    entry: tuple[str, date] | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """A question with its fields; `answer` may raise `Refusal`."""

    key: str
    label: str
    fields: tuple[Field, ...]
    answer: Callable[[Given], Told] = field(repr=False)
    dated: bool = True


def read_day(text: str, key: str) -> date:
    """A day as people write it: 2026-02-06, 2026/2/6, 2026年2月6日, 20260206."""
    digits = text.replace("年", "-").replace("月", "-").replace("日", "").replace("/", "-")
    digits = digits.replace(".", "-")
    if len(digits) == 8 and digits.isdigit():
        digits = f"{digits[:4]}-{digits[4:6]}-{digits[6:]}"
    try:
        year, month, day = (int(part) for part in digits.split("-"))
        return date(year, month, day)
    except ValueError:
        raise Refusal(
            "question.not_a_day",
            f"“{text}”不是日期，请写成年-月-日，例如：2026-02-06。",
            fields={key: "请写成年-月-日，例如：2026-02-06。"},
        ) from None
