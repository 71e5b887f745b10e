"""Index numbers (索引号): every grammar met, parsed to parts, never refused for its shape.

A number once given never changes (国办秘函〔2009〕6号), so the text stays as it is and the parts
are only read out of it. Check digits warn. How a body writes new ones is a row of its profile.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from gongkai.kit.refusal import Refusal
from gongkai.law.beijing import district_of, organ_of
from gongkai.law.check_digits import org_code_valid, uscc_valid
from gongkai.law.cite import Cite
from gongkai.law.clean_number import clean

BASIS = str(Cite("metadata_2009_6"))


@dataclass(frozen=True, slots=True)
class Grammar:
    """A shape of index numbers: its named groups are the parts (body, class, year, serial …)."""

    key: str
    label: str
    pattern: re.Pattern[str]
    example: str


@dataclass(frozen=True, slots=True)
class IndexNumber:
    """An index number as found.

    `text` is what was given without invisible characters, `grammar` the key of the shape
    (`opaque` when none fits), `parts` what could be read, `warnings` sentences for the clerk.
    """

    raw: str
    text: str
    grammar: str
    parts: Mapping[str, str] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()

    @property
    def body(self) -> str:
        """The publisher's code, or nothing."""
        return self.parts.get("body", "")

    @property
    def series(self) -> str:
        """The series or class code, or nothing."""
        return self.parts.get("series", "")

    @property
    def year(self) -> int | None:
        """The year in the number, or `None`."""
        return int(self.parts["year"]) if self.parts.get("year") else None

    @property
    def serial(self) -> int | None:
        """The running number, or `None`."""
        return int(self.parts["serial"]) if self.parts.get("serial") else None

    @property
    def following(self) -> str | None:
        """The number with the next serial, as wide as this one; `None` where there is no serial."""
        serial = self.parts.get("serial")
        if serial is None:
            return None
        return self.text.removesuffix(serial) + str(int(serial) + 1).zfill(len(serial))

    @property
    def canonical(self) -> str:
        """The form by which two spellings of one number are found to be the same."""
        return self.text.upper()

    def as_dict(self) -> dict[str, object]:
        """Plain values for JSON."""
        return {
            "text": self.text,
            "grammar": self.grammar,
            "label": LABELS.get(self.grammar, ""),
            "parts": dict(self.parts),
            "year": self.year,
            "serial": self.serial,
            "warnings": list(self.warnings),
        }


def _grammar(key: str, label: str, pattern: str, example: str) -> Grammar:
    return Grammar(key, label, re.compile(pattern, re.IGNORECASE), example)


_YEAR = r"(?P<year>(?:19|20)\d\d)"
_DAY = r"(?P<month>0[1-9]|1[0-2])(?P<day>0[1-9]|[12]\d|3[01])"
_SERIAL = r"(?P<serial>\d+)"
# Tried in this order: the narrower shape stands before the wider one that would also fit.
GRAMMARS: tuple[Grammar, ...] = (
    _grammar(
        "beijing",
        "北京市：机构代码/系列-年-流水号",
        rf"(?P<body>(?P<region>11)(?P<district>[0-9A-Z])(?P<organ>\d{{3}}))/"
        rf"(?P<series>[A-Z]{{2}})-{_YEAR}-(?P<serial>\d{{6}})",
        "11J025/ZK-2008-000368",
    ),
    _grammar(
        "org9",
        "组织机构代码/年-流水号（国办秘函〔2009〕6号）",
        rf"(?P<body>[0-9A-Z]{{9}})/{_YEAR}-{_SERIAL}",
        "000014349/2017-00110",
    ),
    _grammar(
        "org_hyphen",
        "带连字符的组织机构代码/年-流水号",
        rf"(?P<body>[0-9A-Z]{{7,8}}-[0-9A-Z])/{_YEAR}-{_SERIAL}",
        "0142768-8/2022-00185",
    ),
    _grammar(
        "uscc_month",
        "统一社会信用代码/年月-流水号",
        rf"(?P<body>[0-9A-Z]{{18}})/{_YEAR}(?P<month>0[1-9]|1[0-2])-{_SERIAL}",
        "11341702486344515H/202110-00013",
    ),
    _grammar(
        "uscc",
        "统一社会信用代码/年-流水号",
        rf"(?P<body>[0-9A-Z]{{18}})/{_YEAR}-{_SERIAL}",
        "11120000MB1671711Y/2021-00159",
    ),
    _grammar(
        "region10",
        "十位区划机构码/年-流水号",
        rf"(?P<body>\d{{10}})/{_YEAR}-{_SERIAL}",
        "6107280000/2024-001005",
    ),
    _grammar(
        "front_year",
        "前段码/年-流水号",
        rf"(?P<body>[0-9A-Z]+)/{_YEAR}-{_SERIAL}",
        "000/2021-00475",
    ),
    _grammar(
        "six_parts",
        "区划-部门-类-组-日期-流水号",
        rf"(?P<region>[0-9A-Z]+)-(?P<body>[0-9A-Z]+)-(?P<series>[0-9A-Z]+)-(?P<group>[0-9A-Z]+)-"
        rf"{_YEAR}{_DAY}-{_SERIAL}",
        "330200-012-03-01-20100315-0007",
    ),
    _grammar(
        "body_class_year",
        "机构码-类-年-流水号",
        rf"(?P<body>[A-Z][0-9A-Z]*\d{{3,}})-(?P<series>[0-9A-Z]+)-{_YEAR}-{_SERIAL}",
        "FJ00100-0201-2018-00262",
    ),
    _grammar(
        "date_serial",
        "日期-流水号",
        rf"{_YEAR}{_DAY}-{_SERIAL}",
        "20191202-189769",
    ),
)
LABELS = {g.key: g.label for g in GRAMMARS} | {"opaque": "未识别的形式，原样保存"}


def parse(raw: str) -> IndexNumber:
    """Read an index number; an unknown shape comes back as `opaque`, an empty one is refused."""
    text = clean(raw)
    if not text:
        raise Refusal(
            "index_number.empty", "没有索引号，请填写。", BASIS, {"index_number": "请填写索引号。"}
        )
    for grammar in GRAMMARS:
        found = grammar.pattern.fullmatch(text)
        if found:
            parts = {k: v for k, v in found.groupdict().items() if v is not None}
            return IndexNumber(raw, text, grammar.key, parts, _warnings(grammar.key, text, parts))
    return IndexNumber(raw, text, "opaque", {}, ("索引号的形式未识别，按原样保存。",))


def _warnings(grammar: str, text: str, parts: Mapping[str, str]) -> tuple[str, ...]:
    body = parts.get("body", "").upper()
    warnings = []
    if grammar in ("org9", "org_hyphen") and not org_code_valid(body.replace("-", "")):
        warnings.append(f"前段码{body}不符合组织机构代码校验（GB 11714），请核对；不影响使用。")
    if grammar in ("uscc", "uscc_month"):
        if not uscc_valid(body):
            warnings.append(
                f"前段码{body}不符合统一社会信用代码校验（GB 32100），请核对；不影响使用。"
            )
        elif not org_code_valid(body[8:17]):
            warnings.append(f"信用代码内的组织机构代码{body[8:17]}校验不符，请核对；不影响使用。")
    if grammar == "beijing" and organ_of(body) is None and district_of(body) is None:
        warnings.append(f"机构代码{body}不在已知的北京市机构代码表中，请核对；不影响使用。")
    if text != text.upper():
        warnings.append("索引号含小写字母，按原样保存，查找时不分大小写。")
    return tuple(warnings)
