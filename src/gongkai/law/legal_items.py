"""The listed items of proactive disclosure: 2019 Art. 20 and 21, 2007 Art. 9 to 12.

A record is classed twice: by the body's own catalog and by these items. Old records keep the
codes of the old decree; `successor` maps them where the sources do. Codes: `2019-20-05`.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from gongkai.law.cite import Cite
from gongkai.law.model import Law


class Level(StrEnum):
    """Which bodies an item binds."""

    ALL = "all"
    CITY_COUNTY = "city_county"
    TOWNSHIP = "township"


@dataclass(frozen=True, slots=True)
class LegalItem:
    """One listed item: code, short text in our words, whom it binds, and its 2007 forerunner."""

    code: str
    label: str
    cite: Cite
    level: Level = Level.ALL
    earlier: str = ""


def _new(number: int, label: str, earlier: str = "") -> LegalItem:
    cite = Cite("decree_711_2019", f"20({number})")
    return LegalItem(f"2019-20-{number:02d}", label, cite, Level.ALL, earlier)


def _listed(
    year: int, article: int, labels: tuple[str, ...], level: Level, note: str
) -> tuple[LegalItem, ...]:
    key = {2007: "decree_492_2007", 2019: "decree_711_2019"}[year]
    return tuple(
        LegalItem(
            f"{year}-{article:02d}-{n:02d}",
            label,
            Cite(key, f"{article}({n})" if note else str(article), note),
            level,
        )
        for n, label in enumerate(labels, 1)
    )


_ART_20 = (
    _new(1, "行政法规、规章和规范性文件", "2007-10-01"),
    _new(2, "机关职能、机构设置、办公地址、办公时间、联系方式、负责人姓名", "2007-09-03"),
    _new(3, "国民经济和社会发展规划、专项规划、区域规划及相关政策", "2007-10-02"),
    _new(4, "国民经济和社会发展统计信息", "2007-10-03"),
    _new(5, "行政许可和其他对外管理服务事项的依据、条件、程序及办理结果", "2007-10-07"),
    _new(6, "行政处罚、行政强制的依据、条件、程序及有社会影响的处罚决定"),
    _new(7, "财政预算、决算信息", "2007-10-04"),
    _new(8, "行政事业性收费项目及其依据、标准", "2007-10-05"),
    _new(9, "政府集中采购项目的目录、标准及实施情况", "2007-10-06"),
    _new(10, "重大建设项目的批准和实施情况", "2007-10-08"),
    _new(11, "扶贫、教育、医疗、社会保障、促进就业等政策、措施及实施情况", "2007-10-09"),
    _new(12, "突发公共事件的应急预案、预警信息及应对情况", "2007-10-10"),
    _new(13, "环境保护、公共卫生、安全生产、食品药品、产品质量的监督检查情况", "2007-10-11"),
    _new(14, "公务员招考的职位、名额、报考条件及录用结果"),
    _new(15, "法律、法规、规章和国家有关规定要求主动公开的其他信息", "2007-09-04"),
)
_ART_21_COUNTY = (
    "市政建设",
    "公共服务",
    "公益事业",
    "土地征收",
    "房屋征收",
    "治安管理",
    "社会救助",
)
_ART_21_TOWN = (
    "贯彻落实农业农村政策",
    "农田水利工程建设运营",
    "农村土地承包经营权流转",
    "宅基地使用情况审核",
    "土地征收",
    "房屋征收",
    "筹资筹劳",
    "社会救助",
)
_ART_9 = (
    "涉及公民、法人或者其他组织切身利益的",
    "需要社会公众广泛知晓或者参与的",
    "反映本机关机构设置、职能、办事程序等情况的",
    "其他依照法律、法规和国家有关规定应当主动公开的",
)
_ART_10 = (
    "行政法规、规章和规范性文件",
    "国民经济和社会发展规划、专项规划、区域规划及相关政策",
    "国民经济和社会发展统计信息",
    "财政预算、决算报告",
    "行政事业性收费的项目、依据、标准",
    "政府集中采购项目的目录、标准及实施情况",
    "行政许可的事项、依据、条件、数量、程序、期限、材料目录及办理情况",
    "重大建设项目的批准和实施情况",
    "扶贫、教育、医疗、社会保障、促进就业等方面的政策、措施及其实施情况",
    "突发公共事件的应急预案、预警信息及应对情况",
    "环境保护、公共卫生、安全生产、食品药品、产品质量的监督检查情况",
)
_ART_11 = (
    "城乡建设和管理的重大事项",
    "社会公益事业建设情况",
    "征收或者征用土地、房屋拆迁及其补偿、补助费用的发放、使用情况",
    "抢险救灾、优抚、救济、社会捐助等款物的管理、使用和分配情况",
)
_ART_12 = (
    "贯彻落实国家关于农村工作政策的情况",
    "财政收支、各类专项资金的管理和使用情况",
    "乡（镇）土地利用总体规划、宅基地使用的审核情况",
    "征收或者征用土地、房屋拆迁及其补偿、补助费用的发放、使用情况",
    "乡（镇）的债权债务、筹资筹劳情况",
    "抢险救灾、优抚、救济、社会捐助等款物的发放情况",
    "乡镇集体企业及其他乡镇经济实体承包、租赁、拍卖等情况",
    "执行计划生育政策的情况",
)


def _town(items: tuple[LegalItem, ...]) -> tuple[LegalItem, ...]:
    """The township list of Art. 21 goes on counting after the county list."""
    first = len(_ART_21_COUNTY) + 1
    return tuple(
        LegalItem(f"2019-21-{n:02d}", i.label, i.cite, i.level) for n, i in enumerate(items, first)
    )


_ITEMS: dict[str, tuple[LegalItem, ...]] = {
    "decree_492_2007": (
        *_listed(2007, 9, _ART_9, Level.ALL, "memory"),
        *_listed(2007, 10, _ART_10, Level.ALL, "memory"),
        *_listed(2007, 11, _ART_11, Level.CITY_COUNTY, "memory"),
        *_listed(2007, 12, _ART_12, Level.TOWNSHIP, "memory"),
    ),
    "decree_711_2019": (
        *_ART_20,
        *_listed(2019, 21, _ART_21_COUNTY, Level.CITY_COUNTY, ""),
        *_town(_listed(2019, 21, _ART_21_TOWN, Level.TOWNSHIP, "")),
    ),
}


def legal_items(law: Law) -> tuple[LegalItem, ...]:
    """The items this law lists, in its order."""
    return _ITEMS[law.key]


def item(code: str) -> LegalItem:
    """The item with this code, of whichever decree; `KeyError` when there is none."""
    return {i.code: i for items in _ITEMS.values() for i in items}[code]


def successor(code: str) -> LegalItem | None:
    """The item of 2019 that took the place of one of 2007; `None` where the sources name none."""
    return next((i for i in _ITEMS["decree_711_2019"] if i.earlier == code), None)
