"""The header of a disclosed paper: 索引号, 公开责任部门, 信息名称, 文号, 有效性, dates, 概述.

Reads it out of plain text as copied from a public page (labels spaced out as in 索 引 号, full or
half width colons, several on one line, cells divided by tabs) and out of label/value pairs of a
header table. Values stay as they stand in the source, each with its place.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

LABELS: Final[dict[str, tuple[str, ...]]] = {
    "index_number": ("索引号", "信息索引号", "索引号码", "索引编号"),
    "responsible_unit": (
        "公开责任部门", "公开责任单位", "责任部门", "公开主体", "发布机构", "发文机关", "发布单位",
        "发文单位", "公开机构", "制发机关", "发文机构", "信息来源", "来源",
    ),
    "title": ("信息名称", "标题", "文件名称", "名称"),
    "document_number": ("文号", "发文字号", "文件编号", "发文文号", "文件文号", "公文字号"),
    "validity": ("信息有效性", "有效性", "效力状态", "时效性", "是否有效", "文件状态"),
    "created_on": (
        "生成日期", "成文日期", "成文时间", "生成时间", "形成日期", "印发日期", "发文日期",
    ),
    "published_on": (
        "发布日期", "公开日期", "发布时间", "公开时间", "公布日期", "信息发布日期", "公开发布日期",
    ),
    "abstract": ("内容概述", "内容摘要", "摘要", "概述", "信息概述"),
    "theme": ("信息分类", "主题分类", "组配分类", "公开类目", "分类", "信息类别", "主题词类"),
    "genre": ("体裁分类", "体裁", "文种"),
    "keywords": ("主题词", "关键词", "关键字"),
    "attribute": ("公开方式", "公开属性", "公开形式"),
    "effective_from": ("施行日期", "实施日期", "生效日期"),
    "repealed_on": ("废止日期", "失效日期"),
    "scope": ("公开范围", "公开时限"),
}  # fmt: skip
"""Our field -> labels that mean it; the first is the usual one."""

FIELD_OF: Final[dict[str, str]] = {
    label: name for name, labels in LABELS.items() for label in labels
}
LOOKED_AT: Final = 6_000
"""Characters in which a header has to begin."""

_SPACE: Final = r"[ \t\u00a0\u2002\u2003\u3000]"
_SPACED: Final = sorted(FIELD_OF, key=len, reverse=True)
_LABEL: Final = re.compile(
    rf"(?:(?<=^)|(?<=\s)|(?<=\|))[【\[]?"
    rf"(?P<label>{'|'.join(f'{_SPACE}*'.join(label) for label in _SPACED)})"
    rf"{_SPACE}*[】\]]?{_SPACE}*(?:[:：|]|(?P<tab>\t))",
    re.MULTILINE,
)
_LINE: Final = re.compile(r"[^\r\n]*")
_EDGE: Final = " \t\r\n\u00a0\u2002\u2003\u3000|"


@dataclass(frozen=True, slots=True)
class HeaderField:
    """One value as it stands in the source: ``text[start:end] == raw``; may be empty."""

    name: str
    label: str
    raw: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Header:
    """The fields found, by our names, and where the body of the paper begins.

    ``lead_end`` is where the header begins: what stands before it is a page's banner.
    """

    fields: Mapping[str, HeaderField] = field(default_factory=dict)
    lead_end: int = 0
    body_start: int = 0

    def raw(self, name: str) -> str:
        """The value as it stands in the source, empty when there is none."""
        found = self.fields.get(name)
        return found.raw if found else ""


def plain_label(label: str) -> str:
    """索 引 号： -> 索引号."""
    return re.sub(r"[\s\u00a0\u3000:：【】\[\]|]", "", label)


def read_header(text: str) -> Header:
    """The header of a text; without at least two different labels there is none.

    Of labels for one field the one first in ``LABELS`` that has a value counts. The body begins
    at the first line with text after the last header line; a text without header is all body.
    """
    matches = _block(text)
    if len({_name(match) for match in matches}) < 2:
        return Header(body_start=_next_line(text, 0))
    fields: dict[str, HeaderField] = {}
    end = 0
    for found in _values(text, matches):
        end = max(end, found.end)
        if found.name not in fields or _rank(found) < _rank(fields[found.name]):
            fields[found.name] = found
    return Header(fields, matches[0].start(), _next_line(text, _line_end(text, end)))


def _rank(found: HeaderField) -> tuple[bool, int]:
    return not found.raw, LABELS[found.name].index(found.label)


def _name(match: re.Match[str]) -> str:
    return FIELD_OF[re.sub(r"\s", "", match["label"])]


def _block(text: str) -> list[re.Match[str]]:
    """Labels that belong together: a new one has to come within four lines of the last."""
    found: list[re.Match[str]] = []
    for match in _LABEL.finditer(text, 0, LOOKED_AT * 4):
        if not found and match.start() > LOOKED_AT:
            break
        if found:
            between = text[found[-1].end() : match.start()]
            gap = [line for line in between.splitlines()[1:] if line.strip()]
            if len(gap) > 3 or _is_body_again(match, found):
                break
        found.append(match)
    return found


def _is_body_again(match: re.Match[str], found: list[re.Match[str]]) -> bool:
    """A label of the table met a second time after the abstract stands in the body."""
    names = [_name(other) for other in found]
    return _name(match) in names and names[-1] == "abstract"


def _values(text: str, matches: list[re.Match[str]]) -> Iterator[HeaderField]:
    for index, match in enumerate(matches):
        limit = _line_end(text, match.end())
        following = matches[index + 1].start() if index + 1 < len(matches) else None
        if following is not None and not text[match.end() : limit].strip():
            limit = _line_below(text, limit, following)
        if following is not None:
            limit = min(limit, following)
        if match["tab"]:
            tab = text.find("\t", match.end(), limit)
            limit = tab if tab >= 0 else limit
        raw = text[match.end() : limit]
        start = match.end() + len(raw) - len(raw.lstrip())
        raw = raw.strip(_EDGE)
        yield HeaderField(_name(match), plain_label(match["label"]), raw, start, start + len(raw))


def _line_below(text: str, at: int, following: int) -> int:
    """A value alone on the next line, as cells come when a table is copied."""
    lines = text[at:following].split("\n")
    filled = [line for line in lines if line.strip(_EDGE)]
    return at + text[at:following].rindex(filled[0]) + len(filled[0]) if len(filled) == 1 else at


def _line_end(text: str, at: int) -> int:
    match = _LINE.match(text, at)
    return match.end() if match else at


def _next_line(text: str, at: int) -> int:
    """Where the first line with text begins, its indent included."""
    match = re.compile(r"\s*").match(text, at)
    first = match.end() if match else at
    if first >= len(text):
        return len(text)
    newline = max(text.rfind("\n", at, first), text.rfind("\r", at, first))
    return newline + 1 if newline >= 0 else at


def named_pairs(pairs: Mapping[str, str]) -> dict[str, str]:
    """Label/value pairs of a header table under our names; unknown labels are left out.

    Of several labels for one field the one that stands first in ``LABELS`` and has a value wins.
    """
    plain = {plain_label(label): value.strip() for label, value in pairs.items()}
    found: dict[str, str] = {}
    for name, labels in LABELS.items():
        values = [plain[label] for label in labels if plain.get(label)]
        if values:
            found[name] = values[0]
    return found


def looks_like_header(labels: Mapping[str, str]) -> bool:
    """Whether pairs of a table are a header: two known labels of different fields."""
    return len({FIELD_OF[p] for label in labels if (p := plain_label(label)) in FIELD_OF}) >= 2
