"""Files and rows read into papers. Reads no database; nothing is repaired on the way."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import urlsplit

from gongkai import plug
from gongkai.inventory.listing import LIST_PAGE, listing
from gongkai.inventory.makers import foreign_makers
from gongkai.inventory.numbers import number_findings, place_of
from gongkai.inventory.paper import Paper, Span, digest_of, row_bytes
from gongkai.inventory.rows import read_row
from gongkai.inventory.suspicions import suspicions
from gongkai.inventory.unseen import link_findings
from gongkai.kit.refusal import Refusal
from gongkai.ports import CONCEALED, QUIET, Extracted
from gongkai.text.damage import find_damage
from gongkai.text.finding import Finding
from gongkai.text.foreign_names import NOBODY, Own
from gongkai.text.header import FIELD_OF, Header, named_pairs, plain_label, read_header
from gongkai.text.mapping import Rule, SourceMapping

# Machine tags of government pages (国办发〔2017〕47号 附件), by our names.
TAGS = {
    "ArticleTitle": "title",
    "PubDate": "published_on",
    "ContentSource": "responsible_unit",
    "Keywords": "keywords",
    "Description": "abstract",
}
# Fields whose places findings are counted in; a longer one first would swallow the others.
PLACED = ("title", "responsible_unit", "document_number", "abstract", "keywords")

NEVER_EMPTY = ("title", "index_number", "responsible_unit", "created_on", "published_on")

# Labels of lists that no header of a paper has.
OF_LISTS = {
    "正文": "text", "内容": "text", "责任科室": "section", "法定公开事项": "legal_item",
    "制作机关": "made_by", "有效期至": "expires_on", "附件": "attachments", "网址": "url",
    "链接": "url", "访问地址": "url", "附件链接": "attachments",
}  # fmt: skip
TABLES = frozenset(
    {
        ".csv", ".tsv", ".xlsx", ".xls", ".et", ".ods", ".json", ".jsonl", ".ndjson", ".xml",
        ".rss", ".atom",
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Input:
    """One row of a file, or the whole file (`row` 0), with what tells it apart."""

    row: int
    raw: dict[str, Any]
    digest: str


def extracted(name: str, content: bytes) -> Extracted:
    """Read bytes by the suffix of their name; `ExtractionError` with a sentence when it cannot."""
    with tempfile.TemporaryDirectory(prefix="gongkai-") as folder:
        path = Path(folder) / (PurePosixPath(name).name or "file")
        path.write_bytes(content)
        return plug.extract(path)


def holds_rows(name: str) -> bool:
    """Whether the file is a table, by its suffix; any other is one paper and not opened yet."""
    return PurePosixPath(name).suffix.lower() in TABLES


def whole(content: bytes) -> Input:
    """The file as one paper."""
    return Input(0, {}, digest_of(content))


def inputs(name: str, found: Extracted, mapping: SourceMapping | None) -> list[Input]:
    """The rows of a table file that the mapping wants; refused when there are none."""
    rows = []
    for table in found.tables:
        if mapping is None or mapping.wants(table.name):
            rows += [dict(row) for row in table.rows]
    if not rows:
        tables = "、".join(t.name or "（顶层）" for t in found.tables[:8])
        raise Refusal(
            "inventory.no_rows",
            f"“{name}”里没有所选字段对照要的数据（文件里有：{tables}）。请换一个字段对照。",
        )
    if mapping is None:
        mapping_of_labels(rows[0], name)
    return [Input(n, row, digest_of(row_bytes(row))) for n, row in enumerate(rows, 1)]


def mapping_of_labels(row: Mapping[str, object], name: str) -> SourceMapping:
    """A mapping made of columns that bear our own Chinese labels; refused without a title."""
    rules: dict[str, Rule] = {}
    for column in row:
        ours = FIELD_OF.get(plain_label(column)) or OF_LISTS.get(plain_label(column))
        if ours and ours not in rules and ours != "scope":
            rules[ours] = Rule((column,))
    if "title" not in rules:
        columns = "、".join(list(row)[:12])
        raise Refusal(
            "inventory.no_title_column",
            f"“{name}”的列（{columns}）里没有“信息名称”。请把表头改成信息名称、文号、生成日期等，"
            "或选择一个字段对照。",
            fields={"mapping": "请选择字段对照，或改正表头。"},
        )
    return SourceMapping(source="", rules=rules)


def row_paper(
    name: str, row: Mapping[str, Any], mapping: SourceMapping | None, *, own: Own = NOBODY
) -> Paper:
    """One row by a mapping, or by its own Chinese column labels; a repeated header is refused."""
    if is_header(row):
        raise Refusal("inventory.header_row", "这一行是重复的表头，不是信息，没有录入。")
    return read_row(row, mapping or mapping_of_labels(row, name), own=own)


def is_header(row: Mapping[str, Any]) -> bool:
    """Whether a row only repeats the names of its columns, as lists pasted together have it."""
    filled = {name: str(value).strip() for name, value in row.items() if str(value or "").strip()}
    said = [plain_label(value) == plain_label(str(name)) for name, value in filled.items()]
    return len(said) >= 2 and all(said)


def paper(
    found: Extracted, mapping: SourceMapping | None, *, own: Own = NOBODY, name: str = ""
) -> Paper:
    """One whole document: header, machine tags and body; findings placed in its text.

    A page that only lists others is refused under a code of its own (`LIST_PAGE`). `own.place` is
    the name that a replaced one may have been. What the paper's own index number says of its
    district counts before it: the paper may come from elsewhere.
    """
    if why := listing(found, name) if found.links else "":
        raise Refusal(LIST_PAGE, why)
    source = found.text
    if found.unread and not source.strip():
        raise Refusal("inventory.unreadable", found.unread[0])
    header = read_header(source)
    fields = _document_fields(found, header)
    if mapping is not None:
        fields |= _mapped(found, mapping, own)
    body = _body(source, header)
    fields["text"] = source[body.start : body.end]
    spans = _spans(source, header, fields) | {"text": body}
    findings = [
        *find_damage(source, place=place_of(fields.get("index_number", "")) or own.place or None),
        *foreign_makers(source, fields, spans, own, found.meta.get("SiteName", "")),
        *number_findings(fields, spans),
        *suspicions(fields, spans),
        *_emptied(header, fields),
        *_about_reading(found),
        *link_findings(found),
    ]
    return Paper(source, fields, spans, tuple(findings), _published_where(found, mapping))


def _document_fields(found: Extracted, header: Header) -> dict[str, str]:
    """Tags first, then the header table, then what stands in the text itself."""
    lower = {tag.lower(): value for tag, value in found.meta.items()}
    fields = {ours: lower[tag.lower()] for tag, ours in TAGS.items() if lower.get(tag.lower())}
    fields |= named_pairs(found.header)
    fields |= {name: held.raw for name, held in header.fields.items() if held.raw}
    fields.setdefault("title", found.title)
    return fields


def _mapped(found: Extracted, mapping: SourceMapping, own: Own) -> dict[str, str]:
    """A page read by a mapping: its tags and header labels are the foreign names."""
    row = {
        **found.meta,
        **found.header,
        "title": found.title,
        "text": found.text,
        "meta": dict(found.meta),
        "header": dict(found.header),
    }
    read = read_row(row, mapping, own=own).fields
    return {name: value for name, value in read.items() if value and name != "text"}


def _body(source: str, header: Header) -> Span:
    """The text after the header, without empty lines at its ends."""
    start, end = header.body_start, len(source)
    while start < end and source[start] == "\n":
        start += 1
    while end > start and source[end - 1] == "\n":
        end -= 1
    return Span(start, end)


def _spans(source: str, header: Header, fields: Mapping[str, str]) -> dict[str, Span]:
    spans = {
        name: Span(held.start, held.end)
        for name, held in header.fields.items()
        if held.raw and fields.get(name) == held.raw
    }
    for name in PLACED:
        value = fields.get(name, "")
        if value and name not in spans and (at := source.find(value)) >= 0:
            spans[name] = Span(at, at + len(value))
    return spans


def _emptied(header: Header, fields: Mapping[str, str]) -> list[Finding]:
    """Labels of the header with nothing behind them that every paper has something for."""
    return [
        Finding(
            kind="empty_field",
            start=held.start,
            end=held.start,
            evidence="",
            reason=f"著录栏“{held.label}”是空的，请对照原件补上。",
        )
        for name, held in header.fields.items()
        if name in NEVER_EMPTY and not held.raw and not (name != "title" and fields.get(name))
    ]


def _about_reading(found: Extracted) -> list[Finding]:
    """What the extractor could not do, and what readers of the page would not have seen."""
    findings = [
        Finding(kind="reading", start=0, end=0, evidence="", reason=warning)
        for warning in found.warnings
    ]
    findings += [
        Finding(kind="unreadable_file", start=0, end=0, evidence="", reason=sentence)
        for sentence in found.unread
    ]
    kinds = dict.fromkeys(CONCEALED[c.kind] for c in found.concealed if c.kind not in QUIET)
    if kinds or found.hidden.strip():
        said = "、".join(kinds) or "批注、隐藏文字"
        sentence = f"文件里有读者看不见的内容（{said}），没有录入，请核对是否需要。"
        findings.append(Finding(kind="hidden_text", start=0, end=0, evidence="", reason=sentence))
    return findings


def _published_where(found: Extracted, mapping: SourceMapping | None) -> str:
    if mapping is not None and mapping.source:
        return mapping.source
    lower = {tag.lower(): value for tag, value in found.meta.items()}
    return lower.get("sitename", "") or urlsplit(lower.get("url", "")).netloc
