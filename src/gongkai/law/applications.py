"""What a request must hold (申请表), per decree, and what a body may not demand."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum

from gongkai.law.cite import Cite
from gongkai.law.guide import Gap
from gongkai.law.model import Law


class ApplicantKind(StrEnum):
    """Kinds of applicants: the columns of the yearly report's table three."""

    NATURAL = "natural"
    BUSINESS = "business"
    RESEARCH = "research"
    WELFARE = "welfare"
    LEGAL_SERVICE = "legal_service"
    OTHER_ORG = "other_org"

    @property
    def label(self) -> str:
        return {
            "natural": "自然人",
            "business": "商业企业",
            "research": "科研机构",
            "welfare": "社会公益组织",
            "legal_service": "法律服务机构",
            "other_org": "其他",
        }[self.value]


class Demand(StrEnum):
    """Whether a form asks for a field."""

    REQUIRED = "required"
    OWN_RECORDS = "own_records"
    ALLOWED = "allowed"
    OPTIONAL = "optional"


@dataclass(frozen=True, slots=True)
class FormField:
    """A field of the application form under one decree."""

    key: str
    label: str
    demand: Demand
    cite: Cite


def _new(key: str, label: str, demand: Demand, article: str) -> FormField:
    return FormField(key, label, demand, Cite("decree_711_2019", article))


def _old(key: str, label: str, demand: Demand, article: str) -> FormField:
    return FormField(key, label, demand, Cite("decree_492_2007", article))


_FIELDS: dict[str, tuple[FormField, ...]] = {
    "decree_711_2019": (
        _new("name", "姓名或者名称", Demand.REQUIRED, "29(1)"),
        _new("identity", "身份证明", Demand.REQUIRED, "29(1)"),
        _new("contact", "联系方式", Demand.REQUIRED, "29(1)"),
        _new("description", "名称、文号或者便于查询的特征性描述", Demand.REQUIRED, "29(2)"),
        _new("form_wanted", "形式要求，包括获取方式、途径", Demand.REQUIRED, "29(3)"),
        _new("assistance", "需要的帮助（阅读困难、视听障碍）", Demand.OPTIONAL, "43"),
    ),
    "decree_492_2007": (
        _old("name", "姓名或者名称", Demand.REQUIRED, "20(1)"),
        _old("contact", "联系方式", Demand.REQUIRED, "20(1)"),
        _old("description", "内容描述", Demand.REQUIRED, "20(2)"),
        _old("form_wanted", "形式要求", Demand.REQUIRED, "20(3)"),
        # Identity only for information about oneself; purpose (三需要) a form could ask for.
        _old("identity", "身份证明（申请与自身相关的信息）", Demand.OWN_RECORDS, "25"),
        _old("purpose", "用途（生产、生活、科研等特殊需要）", Demand.ALLOWED, "13"),
    ),
}


def form_fields(law: Law) -> tuple[FormField, ...]:
    """The fields of the application form under this law."""
    return _FIELDS[law.key]


def check_application(
    given: Mapping[str, str], *, law: Law, own_records: bool = False
) -> tuple[Gap, ...]:
    """What a request lacks; each gap is a point of the one supplement notice.

    `own_records` tells that the applicant asks for information about himself (2007 Art. 25).
    """
    wanted = {Demand.REQUIRED} | ({Demand.OWN_RECORDS} if own_records else set())
    return tuple(
        Gap(f.key, f.label, f"申请缺少{f.label}，请一次性告知申请人补正。", str(f.cite))
        for f in form_fields(law)
        if f.demand in wanted and not given.get(f.key, "").strip()
    )


def check_form(required: Collection[str], *, law: Law) -> tuple[Gap, ...]:
    """What is wrong with a form that demands the `required` fields under this law.

    Since 2019 no purpose may be asked for as a condition; what the article does not list may be
    offered but not demanded.
    """
    may = {f.key for f in form_fields(law) if f.demand is not Demand.OPTIONAL}
    article = "29" if law.key == "decree_711_2019" else "20"
    basis = str(Cite(law.key, article))
    return tuple(
        Gap(
            key,
            "用途" if key == "purpose" else key,
            f"申请表不得把“{'用途' if key == 'purpose' else key}”作为必填项，请改为选填或者删去。",
            basis,
        )
        for key in required
        if key not in may
    )
