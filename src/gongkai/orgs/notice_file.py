"""A holiday notice as a JSON file: `{"year": 2027, "days": [{"date", "name", "isOffDay"}]}`.

The layout of the public `holiday-cn` lists; `document_number`, `issued_on` and `source` may be
added, `papers` (addresses of the notices) is taken as the source.
"""

from __future__ import annotations

import json
from datetime import date

from gongkai.kit.refusal import Refusal
from gongkai.orgs.values import DayOff, NoticeText


def read_notice(content: bytes) -> NoticeText:
    """Read the file; raises `Refusal` with a sentence naming what is wrong."""
    try:
        data = json.loads(content.decode("utf-8-sig"))
    except (UnicodeDecodeError, ValueError) as error:
        raise _wrong(f"不是 JSON 文件（{error}）") from error
    if not isinstance(data, dict) or not isinstance(data.get("days"), list):
        raise _wrong("没有 days 列表")
    year = data.get("year")
    if not isinstance(year, int) or isinstance(year, bool):
        raise _wrong("year 应是年份数字")
    off: list[DayOff] = []
    makeup: list[DayOff] = []
    for row in data["days"]:
        (off if _is_off(row) else makeup).append(_day(row))
    issued = data.get("issued_on")
    papers = data.get("papers")
    last_paper = papers[-1] if isinstance(papers, list) and papers else ""
    return NoticeText(
        year=year,
        document_number=str(data.get("document_number") or ""),
        off=tuple(off),
        makeup=tuple(makeup),
        issued_on=_date(issued) if issued else None,
        source=str(data.get("source") or last_paper),
    )


def _is_off(row: object) -> bool:
    if not isinstance(row, dict) or not isinstance(row.get("isOffDay"), bool):
        raise _wrong("每一天要写明 isOffDay 是 true 还是 false")
    return bool(row["isOffDay"])


def _day(row: dict[str, object]) -> DayOff:
    return DayOff(_date(row.get("date")), str(row.get("name") or ""))


def _date(value: object) -> date:
    try:
        return date.fromisoformat(str(value))
    except ValueError as error:
        raise _wrong(f"“{value}”不是日期，应写成 2027-01-01") from error


def _wrong(what: str) -> Refusal:
    return Refusal("notice.bad_file", f"放假安排文件读不了：{what}。请改正后再录入。")
