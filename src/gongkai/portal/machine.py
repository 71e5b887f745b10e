"""Tags for machines: the page tags of 政府网站发展指引 (国办发〔2017〕47号) and schema.org data."""

from __future__ import annotations

import json
import re
from datetime import datetime
from html import escape

from markupsafe import Markup

from gongkai.catalog.directory import BodyLine
from gongkai.catalog.reading import Shown
from gongkai.kit.dates import CHINA
from gongkai.portal import links
from gongkai.portal.page import Visit, site_name

_JSON_ESCAPES = (("<", "\\u003c"), (">", "\\u003e"), ("&", "\\u0026"))
DESCRIPTION_LENGTH = 200


def site_tags(visit: Visit) -> list[tuple[str, str]]:
    """The three tags that every page carries; a code that was never given is left out."""
    site = visit.site
    found = [("SiteName", site_name(site)), ("SiteDomain", visit.host)]
    if site and site.site_code:
        found.append(("SiteIDCode", site.site_code))
    return found


def column_tags(visit: Visit, name: str, kind: str, description: str = "") -> Markup:
    """Tags of a column page; `kind` is a word of the annex (信息公开目录, 政策文件, …)."""
    return _html(
        [
            *site_tags(visit),
            ("ColumnName", name),
            ("ColumnType", kind),
            ("ColumnDescription", description or f"{site_name(visit.site)}{name}"),
            ("ColumnKeywords", f"政府信息公开,{name}"),
        ]
    )


def article_tags(visit: Visit, entry: Shown, column: str) -> Markup:
    """Tags of a record page. `PubDate` is the true date: see `publication_date`."""
    body = visit.names.bodies.get(entry.body_id)
    return _html(
        [
            *site_tags(visit),
            ("ColumnName", column),
            ("ColumnType", "信息公开目录"),
            ("ArticleTitle", entry.title),
            ("PubDate", publication_date(entry)),
            ("ContentSource", source_of(entry, body)),
            ("Keywords", entry.keywords or f"政府信息公开,{column}"),
            ("Author", entry.responsible_unit or (body.name if body else "")),
            ("Description", (entry.abstract or entry.title)[:DESCRIPTION_LENGTH]),
            ("Url", visit.absolute(links.record(entry.uuid))),
        ]
    )


def publication_date(entry: Shown) -> str:
    """`YYYY-MM-DD HH:MM`: the moment of publication here, or the earlier day elsewhere at 00:00."""
    if entry.carried_from:
        return f"{entry.published_on.isoformat()} 00:00"
    return local(entry.published_at).strftime("%Y-%m-%d %H:%M")


def source_of(entry: Shown, body: BodyLine | None) -> str:
    """Who stands behind the content: maker, else responsible unit, else the body."""
    return entry.made_by or entry.responsible_unit or (body.name if body else "")


def local(moment: datetime) -> datetime:
    """The moment on China's clocks."""
    return moment.astimezone(CHINA)


def _html(pairs: list[tuple[str, str]]) -> Markup:
    lines = [f'<meta name="{name}" content="{escape(content)}">' for name, content in pairs]
    return Markup("\n".join(lines))  # noqa: S704 # names are ours, contents are escaped


def record_data(visit: Visit, entry: Shown, files: list[dict[str, object]]) -> Markup:
    """The record as schema.org `DigitalDocument` in JSON-LD, a block of data and no script."""
    body = visit.names.bodies.get(entry.body_id)
    document: dict[str, object] = {
        "@context": "https://schema.org",
        "@type": "DigitalDocument",
        "@id": visit.absolute(links.record(entry.uuid)),
        "identifier": entry.index_number,
        "name": entry.title,
        "inLanguage": "zh-CN",
        "dateCreated": entry.created_on.isoformat(),
        "datePublished": entry.published_on.isoformat(),
        "dateModified": local(entry.updated_at).isoformat(timespec="seconds"),
        "description": entry.abstract or None,
        "keywords": entry.keywords or None,
        "alternateName": entry.document_number or None,
        "isAccessibleForFree": True,
        "publisher": {
            "@type": "GovernmentOrganization",
            "name": body.name if body else entry.responsible_unit,
        },
        "encoding": files or None,
    }
    return data_block({key: value for key, value in document.items() if value is not None})


def data_block(value: dict[str, object]) -> Markup:
    """A JSON-LD block whose content can never close its element."""
    text = json.dumps(value, ensure_ascii=False)
    for sign, code in _JSON_ESCAPES:
        text = text.replace(sign, code)
    return Markup(f'<script type="application/ld+json">{text}</script>')  # noqa: S704


def paragraphs(text: str) -> Markup:
    """Plain text as paragraphs: one per line, headings 一、二、… and the signature marked.

    Everything is escaped here.
    """
    lines = [bare for line in escape(text).splitlines() if (bare := line.strip())]
    signed = _signature(lines)
    parts = []
    for place, line in enumerate(lines):
        kind = ' class="section"' if line[0] in _NUMERALS and _is_heading(line) else ""
        if place in signed:
            kind = ' class="sign"'
        parts.append(f"<p{kind}>{line}</p>")
    return Markup("\n".join(parts))  # noqa: S704 # the whole text was escaped


def _signature(lines: list[str]) -> set[int]:
    """The line of the date at the end (成文日期) and the name above it, set to the right."""
    for place in range(len(lines) - 1, max(len(lines) - 4, 0), -1):
        if _DATE.fullmatch(lines[place]):
            above = lines[place - 1]
            is_name = len(above) <= 24 and not set(above) & set("，。；：、！？")
            return {place, place - 1} if is_name else {place}
    return set()


def _is_heading(line: str) -> bool:
    head, mark, _rest = line.partition("、")
    return bool(mark) and len(line) <= 40 and 0 < len(head) <= 3 and set(head) <= set(_NUMERALS)


_NUMERALS = "一二三四五六七八九十"
_DIGITS = r"[〇零一二三四五六七八九十\d]"
_DATE = re.compile(rf"{_DIGITS}{{4}} ?年 ?{_DIGITS}{{1,3}} ?月 ?{_DIGITS}{{1,3}} ?日")
