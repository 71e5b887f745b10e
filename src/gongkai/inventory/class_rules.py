"""Rules by which class, listed item, genre, validity and attribute are proposed: data, in order.

Of the rules for one field the first that fits counts, so the narrower stand before the wider.
`confidence` is how often it was right on papers of ours, rounded down to tens (`bench.classing`);
a person reads it as such.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

TITLE, TEXT = "title", "text"


@dataclass(frozen=True, slots=True)
class Rule:
    """`value` for `field` where `pattern` is found in the title or the text; `reason` says so.

    `{0}` in the reason is what was found. A class is named by the key of the five-part catalog.
    """

    field: str
    value: str
    part: str
    pattern: re.Pattern[str]
    reason: str
    confidence: int


def _title(field: str, value: str, pattern: str, confidence: int, reason: str = "") -> Rule:
    said = reason or "标题有“{0}”"
    return Rule(field, value, TITLE, re.compile(pattern), said, confidence)


def _ending(value: str, words: str, confidence: int = 90) -> Rule:
    # （试行）, （征求意见稿） and what else stands in brackets come after the word.
    pattern = re.compile(rf"(?:{words})(?=(?:[（(〔【][^（()）]{{1,16}}[)）〕】])?$)")
    return Rule("genre", value, TITLE, pattern, "标题以“{0}”结尾", confidence)


GENRES: Final = (
    _title("genre", "interpretation", r"解读|问答", 90),
    _ending("request_for_instructions", "请示"),
    _ending("reply", "批复|复函"),
    _ending("announcement", "公告"),
    _ending("public_notice", "通告"),
    _ending("circular", "通报"),
    _ending("notice", "通知"),
    _ending("decision", "决定"),
    _ending("communique", "公报"),
    _ending("opinion", "意见"),
    _ending("minutes", "纪要|会议记录|讨论记录"),
    _ending("statistics", "统计公报|统计数据|监测情况|运行简况|数据汇总|分户数据|统计表"),
    _ending("summary", "总结"),
    _ending("report", "报告|决算|预算"),
    _ending("list", "名单|清单|目录|公示|办事指南|一览表|登记表?", 80),
    _ending("plan", "规划|计划|方案|要点|工作安排|预案", 80),
    _ending("letter", "的函|公函"),
    _ending("order", "令|命令", 80),
    _ending("notice", "办法|细则|规定", 60),
)
ITEMS: Final = (
    _title("legal_item", "2019-20-12", "应急预案|预警|突发事件", 90),
    _title("legal_item", "2019-20-07", "预算|决算", 90),
    _title("legal_item", "2019-20-09", "政府采购|集中采购|中标|入围", 80),
    _title("legal_item", "2019-20-08", "收费", 80),
    _title("legal_item", "2019-20-06", "行政处罚|处罚决定|行政强制|抽查结果", 80),
    _title("legal_item", "2019-20-14", "公务员.{0,8}(?:招考|录用)|招录", 90),
    _title(
        "legal_item",
        "2019-20-13",
        "(?:安全|质量|环境|卫生|食品|药品|防火).{0,8}检查|安全生产|监督抽检|汛期安全|高温天气",
        80,
    ),
    _title("legal_item", "2019-20-04", "统计|价格监测|运行简况|运行情况", 80),
    _title(
        "legal_item",
        "2019-20-05",
        "办事指南|许可|备案(?!.{0,6}(?:办法|细则))|权责清单|申请材料|办理流程|年检|工作规程",
        70,
    ),
    _title(
        "legal_item",
        "2019-20-01",
        "(?:办法|细则|规定)(?:（[^）]+）)?(?:政策解读|$)|部分条款|法规|规章",
        80,
    ),
    _title("legal_item", "2019-20-03", "规划|计划|要点|工作安排|实施方案", 80),
    _title("legal_item", "2019-20-02", "职责|机构设置|内设机构|领导|办公地址|联系方式", 90),
    _title("legal_item", "2019-20-10", "重大(?:建设)?项目", 80),
    _title("legal_item", "2019-20-11", "扶贫|教育|医疗|社会保障|社保|就业|乡村振兴", 70),
    Rule(
        "legal_item",
        "2019-20-01",
        TEXT,
        re.compile(r"\A.{0,60}?[\u4e00-\u9fff]规〔\d{4}〕\d+号", re.DOTALL),
        "正文开头有规范性文件的文号“{0}”",
        80,
    ),
)
CLASSES: Final = (
    _title("catalog_class", "organisation.leaders", "领导(?:班子|信息|成员|介绍|分工)", 90),
    _title("catalog_class", "organisation.structure", "内设机构|机构设置|下属(?:单位|事业)", 90),
    _title("catalog_class", "organisation.duties", "(?:主要)?职责$", 90),
    _title(
        "catalog_class", "organisation.about", "办公地址|联系方式|办公时间|机构信息|机构概况", 90
    ),
    _title("catalog_class", "regulations.other", "解读", 80),
    _title("catalog_class", "updates.results", "公示|中标|名单$|结果公告", 80),
    _title("catalog_class", "plans.planning", "规划|应急预案", 80),
    _title("catalog_class", "plans.schedules", "(?:计划|要点|工作安排|实施方案)$", 80),
    _title("catalog_class", "duties.penalties", "行政处罚|处罚|抽查结果", 80),
    _title("catalog_class", "duties.coercion", "行政强制|查封|扣押|强制执行", 80),
    _title("catalog_class", "duties.licences", "办事指南|行政许可|申请材料|办理流程|许可", 80),
    _title("catalog_class", "duties.other", "权责清单|工作规程|预算|决算", 70),
    _title(
        "catalog_class",
        "regulations.documents",
        r"(?:办法|细则|规定)(?:（[^）]+）)?$|印发.{0,60}(?:办法|细则|规定)|部分条款",
        80,
    ),
    _title("catalog_class", "regulations.government", "规章", 70),
    _title("catalog_class", "regulations.national", r"(?:法|条例)(?:》|$)", 60),
    _title("catalog_class", "updates.training", "培训", 80),
    _title("catalog_class", "updates.meetings", "召开|会议", 80),
    _title("catalog_class", "updates.notices", "(?:通知|公告|通告|通报)$", 80),
    _title("catalog_class", "updates.daily", "情况$|简况$|动态|总结$|报告$|工作$", 60),
)
ATTRIBUTES: Final = (
    Rule("attribute", "on_request", TEXT, re.compile(r"此件依申请公开"), "正文有“{0}”", 90),
    Rule(
        "attribute", "proactive", TEXT, re.compile(r"此件(?:主动公开|公开发布)"), "正文有“{0}”", 90
    ),
    Rule("attribute", "withheld", TEXT, re.compile(r"此件(?:不予公开|不公开)"), "正文有“{0}”", 80),
)
EXPIRES: Final = re.compile(r"有效期(?:至|到)\s*(\d{4}年\d{1,2}月\d{1,2}日|\d{4}-\d{1,2}-\d{1,2})")
RULES: Final = (*GENRES, *ITEMS, *CLASSES, *ATTRIBUTES)
