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
from gongkai.law.ics import Entry
from gongkai.law.workdays import Calendar

Choices = tuple[tuple[str, str], ...]
# What one question may ask: enough for any real case, and nobody can make it count for ever.
MOST_LETTERS = 200
MOST_SPAN_DAYS = 731
FIRST_YEAR, LAST_YEAR = 1900, 2199


@dataclass(frozen=True, slots=True)
class Field:
    """One thing asked: `kind` is date, number, text or choice.

    `label` stands beside it in a form, `hint` explains; a `positional` field needs no name on the
    command line. `most` is the largest number taken, or the longest text in characters.
    """

    key: str
    label: str
    kind: str = "text"
    hint: str = ""
    choices: Choices = ()
    required: bool = False
    positional: bool = False
    most: int = MOST_LETTERS


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
    """An answer: plain values for programs, lines for people, entries for a calendar.

    The first entry is the day that was asked for, others follow.
    """

    data: dict[str, object]
    lines: tuple[str, ...]
    entries: tuple[Entry, ...] = ()


@dataclass(frozen=True, slots=True)
class Question:
    """A question with its fields; ask it with `ask`."""

    key: str
    label: str
    fields: tuple[Field, ...]
    answer: Callable[[Given], Told] = field(repr=False)
    dated: bool = True

    def ask(
        self, values: Mapping[str, str], *, today: date, calendar: Callable[[], Calendar]
    ) -> Told:
        """The answer to what was typed; `Refusal.fields` names the fields that were wrong.

        Refuses fields it does not have, texts too long and numbers too large before anything
        is counted.
        """
        known = {field.key: field for field in self.fields}
        for key, text in values.items():
            if key not in known:
                raise Refusal(
                    "question.unknown_field",
                    f"没有“{key[:40]}”这一项。可以填写：{'、'.join(known)}。",
                    fields={key[:40]: "没有这一项，请删去。"},
                )
            _bound(known[key], text.strip())
        try:
            return self.answer(Given(values, today, calendar))
        except Refusal as refusal:
            # Parts of the law name their own parameters (confirmed_on), the question its fields.
            refusal.fields = {_own(key, known): said for key, said in refusal.fields.items()}
            raise

    def case(self, values: Mapping[str, str]) -> str:
        """What was asked, in words that are the same whenever the same is asked."""
        given = (f"{key}={text.strip()}" for key, text in sorted(values.items()) if text.strip())
        return "|".join((self.key, *given))


def _own(key: str, known: Mapping[str, Field]) -> str:
    short = key.removesuffix("_on")
    return short if key not in known and short in known else key


def _bound(asked: Field, text: str) -> None:
    if asked.kind == "number":
        if text.isascii() and text.isdigit() and int(text[:10]) > asked.most:
            raise Refusal(
                "question.too_many",
                f"{asked.label.removeprefix('或者：')}最多填{asked.most}，请改小后再算。",
                fields={asked.key: f"最多填{asked.most}。"},
            )
    elif len(text) > asked.most:
        raise Refusal(
            "question.too_long",
            f"{asked.label}最多{asked.most}个字符，现有{len(text)}个，请缩短。",
            fields={asked.key: f"最多{asked.most}个字符。"},
        )


def read_day(text: str, key: str) -> date:
    """A day as people write it: 2026-02-06, 2026/2/6, 2026年2月6日, 20260206."""
    digits = text.replace("年", "-").replace("月", "-").replace("日", "").replace("/", "-")
    digits = digits.replace(".", "-")
    if len(digits) == 8 and digits.isdigit():
        digits = f"{digits[:4]}-{digits[4:6]}-{digits[6:]}"
    try:
        year, month, day = (int(part) for part in digits.split("-"))
        found = date(year, month, day)
    except ValueError:
        raise Refusal(
            "question.not_a_day",
            f"“{text}”不是日期，请写成年-月-日，例如：2026-02-06。",
            fields={key: "请写成年-月-日，例如：2026-02-06。"},
        ) from None
    if FIRST_YEAR <= found.year <= LAST_YEAR:
        return found
    raise Refusal(
        "question.far_day",
        f"“{text}”的年份太远，请填写{FIRST_YEAR}至{LAST_YEAR}年之间的日期。",
        fields={key: "请核对年份。"},
    )


def require_near(first: date, last: date, key: str) -> None:
    """Refuse to count over more than two years at once."""
    if abs((last - first).days) > MOST_SPAN_DAYS:
        raise Refusal(
            "question.far_apart",
            f"{first.isoformat()}和{last.isoformat()}相距超过两年，一次算不了，请核对日期。",
            fields={key: "相距超过两年，请核对。"},
        )
