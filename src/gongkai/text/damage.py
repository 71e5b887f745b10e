"""Everything that looks damaged in a text, in one pass: names, dates, signs, sums."""

from gongkai.text.damaged_dates import damaged_dates, impossible_dates
from gongkai.text.finding import Finding
from gongkai.text.garbling import garbled
from gongkai.text.replaced_names import replaced_names
from gongkai.text.spans import Taken
from gongkai.text.sums import sum_findings

KINDS = {
    "replaced_name": "名称被替换",
    "inserted_ad": "插入广告",
    "damaged_date": "日期缺字",
    "impossible_date": "日期不存在",
    "epoch_date": "空日期",
    "mojibake": "乱码",
    "lost_characters": "文字丢失",
    "inserted_reading": "插入读音",
    "traditional_script": "繁体转换",
    "invisible_character": "隐藏字符",
    "private_character": "自造字",
    "html_entity": "网页代码",
    "sum_mismatch": "合计不符",
    "share_mismatch": "占比不符",
}
"""Kind -> label for people."""

WHOLE = "traditional_script"
"""Spans most of the text and takes no place from others."""


def find_damage(text: str, *, place: str | None = None) -> list[Finding]:
    """All findings in order of place; of overlapping ones of different detectors the first
    in this order stays: names, damaged dates, impossible dates, signs, sums.

    ``place`` is the name that replaced ones should be, where the caller knows it.
    """
    kept: list[Finding] = []
    for found in (
        replaced_names(text, place),
        damaged_dates(text),
        impossible_dates(text),
        garbled(text),
        sum_findings(text),
    ):
        taken = Taken((other.start, other.end) for other in kept if other.kind != WHOLE)
        kept.extend(f for f in found if f.kind == WHOLE or not taken.meets(f.start, f.end))
    return sorted(kept, key=lambda finding: (finding.start, finding.end))
