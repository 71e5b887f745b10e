"""A holiday notice as a file, JSON or CSV.

JSON is the layout of the public `holiday-cn` lists, `{"year": 2027, "days": [{"date", "name",
"isOffDay"}]}`; `document_number`, `issued_on` and `source` may be added, `papers` (addresses of the
notices) is taken as the source. CSV has a line per day with the columns date, name and isOffDay
(or 日期, 名称, 安排 with 放假 or 上班); the year is that of most of its days.
"""

from __future__ import annotations

import csv
import json
from collections import Counter
from datetime import date
from typing import Any

from gongkai.kit.refusal import Refusal
from gongkai.orgs.values import DayOff, NoticeText


def read_notice(content: bytes) -> NoticeText:
    """Read the file; raises `Refusal` with a sentence naming what is wrong."""
    try:
        text = content.decode("utf-8-sig")
        data: Any = json.loads(text) if text.lstrip().startswith(("{", "[")) else _table(text)
    except (UnicodeDecodeError, ValueError) as error:
        raise _wrong(f"不是 JSON 或 CSV 文件（{error}）") from error
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


_COLUMNS = {"日期": "date", "名称": "name", "安排": "isOffDay"}
_WORDS = {"true": True, "1": True, "放假": True, "false": False, "0": False, "上班": False}


def _table(text: str) -> dict[str, object]:
    """A CSV as the JSON would be; a word that is neither off nor work stays and is refused."""
    reader = csv.DictReader(text.splitlines())
    names = [_COLUMNS.get(name.strip(), name.strip()) for name in reader.fieldnames or []]
    if not {"date", "isOffDay"} <= set(names):
        raise _wrong("CSV 要有 date、name、isOffDay 三列（或日期、名称、安排）")
    reader.fieldnames = names
    days: list[dict[str, object]] = []
    for row in reader:
        word = (row.get("isOffDay") or "").strip()
        off = _WORDS.get(word.lower(), word)
        day = (row.get("date") or "").strip()
        days.append({"date": day, "name": (row.get("name") or "").strip(), "isOffDay": off})
    years = Counter(_date(day["date"]).year for day in days)
    return {"year": years.most_common(1)[0][0] if years else 0, "days": days}


def _is_off(row: object) -> bool:
    if not isinstance(row, dict) or not isinstance(row.get("isOffDay"), bool):
        raise _wrong("每一天要写明 isOffDay 是 true 还是 false（放假还是上班）")
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
