"""Where a rule stands: instrument and article, with a Chinese label for people.

Article codes: `33` an article, `33.2` its second paragraph (款), `20(15)` an item (项),
`36.1(3)` an item of a paragraph. An empty code cites the instrument as a whole.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

# Short key → name people know it by. Keys of decrees are the keys of `law.versions`.
INSTRUMENTS: dict[str, str] = {
    "decree_492_2007": "《政府信息公开条例》（2007年国务院令第492号）",
    "decree_711_2019": "《政府信息公开条例》（2019年国务院令第711号）",
    "beijing_257_2014": "《北京市政府信息公开规定》（北京市人民政府令第257号）",
    "guobanfa_2010_5": "国办发〔2010〕5号",
    "guobanhan_2020_109": "《政府信息公开信息处理费管理办法》（国办函〔2020〕109号）",
    "caishui_2017_20": "财税〔2017〕20号",
    "reply_2015_207": "国办公开办函〔2015〕207号",
    "service_2016_235": "国办公开办函〔2016〕235号",
    "channels_2017_19": "国办公开办函〔2017〕19号",
    "report_form_2021_30": "国办公开办函〔2021〕30号",
    "report_form_2019_60": "国办公开办函〔2019〕60号",
    "metadata_2009_6": "国办秘函〔2009〕6号",
    "reconsideration_1999": "《行政复议法》（1999）",
    "reconsideration_2023": "《行政复议法》（2023）",
    "litigation_1989": "《行政诉讼法》（1989）",
    "litigation_2014": "《行政诉讼法》（2014、2017）",
    "civil_procedure": "《民事诉讼法》",
    "secrets_2024": "《保守国家秘密法》（2024）",
    "secrets_rules_2024": "《保守国家秘密法实施条例》（2024）",
    "archives_rules_2024": "《档案法实施条例》（2024）",
    "holidays": "《全国年节及纪念日放假办法》",
    "beijing_34_2008": "京政办发〔2008〕34号",
    "beijing_transfer": "北京市政府信息移送办法",
    "practice_80_2016": "国办发〔2016〕80号",
    "spc_2025": "最高人民法院关于审理政府信息公开行政案件适用法律若干问题的解释（2025）",
    "spc_2011": "最高人民法院关于审理政府信息公开行政案件若干问题的规定（2011）",
    "gbt_9704": "GB/T 9704-2012",
    "gb_11714": "GB 11714-1997",
    "gb_32100": "GB 32100-2015",
    "site_check_2019_19": "国办秘函〔2019〕19号",
    "local_practice": "地方做法",
}

_DIGITS = "零一二三四五六七八九"
_CODE = re.compile(r"^(\d+)?(?:\.(\d+))?(?:\((\d+)\))?$")


def chinese_number(value: int) -> str:
    """Write 1–99 the way articles are numbered: 33 → 三十三."""
    if not 0 < value < 100:
        raise ValueError(f"articles run from 1 to 99, not {value}")
    tens, ones = divmod(value, 10)
    head = "" if tens == 0 else ("十" if tens == 1 else f"{_DIGITS[tens]}十")
    return head + (_DIGITS[ones] if ones else "")


@dataclass(frozen=True, slots=True)
class Cite:
    """An instrument of `INSTRUMENTS` and an article code in it; `str()` is the Chinese label.

    `note` says where the wording was not seen in the source: `memory` or `inference`.
    """

    law: str
    article: str = ""
    note: str = ""

    def __post_init__(self) -> None:
        if self.law not in INSTRUMENTS:
            raise ValueError(f"unknown instrument: {self.law}")
        if not _CODE.match(self.article):
            raise ValueError(f"not an article code: {self.article}")

    def __str__(self) -> str:
        found = _CODE.match(self.article)
        article, paragraph, item = found.groups() if found else (None, None, None)
        label = INSTRUMENTS[self.law]
        if article:
            label += f"第{chinese_number(int(article))}条"
        if paragraph:
            label += f"第{chinese_number(int(paragraph))}款"
        if item:
            label += f"第（{chinese_number(int(item))}）项"
        return label
