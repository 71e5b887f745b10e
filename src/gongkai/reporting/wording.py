"""Sentences made of figures. Pure; the words a clerk would write, ready to be completed."""

from __future__ import annotations

from collections.abc import Mapping

from gongkai.law.annual_report.form_2008 import CHANNELS, CLASSES, REPLIES
from gongkai.law.annual_report.model import Number, Values
from gongkai.law.annual_report.requests_table import LEAVES_2019, LEAVES_2021, key

_GROUPS: Mapping[str, tuple[str, ...]] = {
    "予以公开": ("granted",),
    "部分公开": ("partly_granted",),
    "不予公开": (
        "refused_state_secret",
        "refused_prohibited_by_law",
        "refused_endangers_security",
        "refused_third_party",
        "refused_internal_affairs",
        "refused_deliberative",
        "refused_enforcement_file",
        "special_procedure",
    ),
    "无法提供": ("not_held", "not_ready_made", "still_unclear"),
    "不予处理": ("petition", "repeated", "public_publication", "excessive", "confirm_or_reissue"),
    "其他处理": ("abandoned_no_supplement", "abandoned_no_fee", "other", "other_handling"),
}
assert {leaf for leaves in _GROUPS.values() for leaf in leaves} == {
    line.key for line in (*LEAVES_2019, *LEAVES_2021)
}

_PERIOD = (
    "根据《中华人民共和国政府信息公开条例》第五十条的规定，编制本报告。"
    "本报告所列数据的统计期限为{year}年1月1日至{year}年12月31日。"
)
_ASKED = (
    "（二）依申请公开。全年新收申请{new}件，上年结转{carried_in}件，"
    "办结{handled}件，结转下年度继续办理{carried_over}件。"
)


def group_sums(values: Values) -> dict[str, Number]:
    """The six kinds of outcome of table three with their totals."""
    return {
        name: sum((values.get(key(leaf, "total"), 0) for leaf in leaves), start=0)
        for name, leaves in _GROUPS.items()
    }


def remedy_sums(values: Values) -> tuple[Number, Number]:
    """Reconsiderations, and lawsuits of both kinds."""
    suits = [values.get(f"remedies.{g}.total", 0) for g in ("lawsuit_direct", "lawsuit_after")]
    return values.get("remedies.reconsideration.total", 0), sum(suits, start=0)


def modern(body: str, year: int, values: Values, beside: Values) -> dict[str, str]:
    """The six sections of the forms of 2019 and 2021."""
    total = {row: values.get(key(row, "total"), 0) for row in
             ("new", "carried_in", "handled", "carried_over")}  # fmt: skip
    groups = "，".join(f"{name}{n}件" for name, n in group_sums(values).items() if n)
    outcome = f"其中{groups}；" if groups else ""
    reconsidered, sued = remedy_sums(values)
    return {
        "overview": "\n".join(
            [
                _PERIOD.format(year=year),
                f"（一）主动公开。{body}依法公开政府信息，全年在目录中新发布信息{beside['published']}条。",
                _ASKED.format(**total),
                "（三）政府信息管理。坚持先审查后公开，信息公开前逐条完成保密审查。",
                "（四）平台建设。按照指南、制度、法定主动公开内容、年报设置政府信息公开专栏。",
                _supervision(beside),
            ]
        ),
        "proactive": _documents(values),
        "requests": f"本年新收申请{total['new']}件，上年结转{total['carried_in']}件；"
        f"本年度办结{total['handled']}件，{outcome}"
        f"结转下年度继续办理{total['carried_over']}件。",
        "remedies": f"因政府信息公开被申请行政复议{reconsidered}件，被提起行政诉讼{sued}件。",
        "problems": "",
        "other": "按照《政府信息公开信息处理费管理办法》，本年度发出收费通知"
        f"{beside['fee_notices']}件，收取信息处理费{beside['fee_paid']}元。",
    }


def _supervision(beside: Values) -> str:
    """Only what the register of activities holds: whether anybody was held to account, and what
    the public thinks, no row tells; the office writes it.
    """
    held = beside.get("trainings", 0)
    if not held:
        return "（五）监督保障。本年度没有登记培训。"
    came = f"，登记到会{beside['trained']}人次" if beside.get("trained") else ""
    return f"（五）监督保障。全年组织培训{held}次{came}。"


def _documents(values: Values) -> str:
    parts = []
    for row, name in (("rules", "规章"), ("normative_documents", "规范性文件")):
        made = values.get(f"proactive.{row}.made", 0)
        part = f"本年制发{name}{made}件"
        if f"proactive.{row}.in_force" in values:
            gone = values[f"proactive.{row}.abolished"]
            part += f"、废止{gone}件，现行有效{values[f'proactive.{row}.in_force']}件"
        parts.append(part)
    return "；".join(parts) + "。"


def classic(body: str, year: int, values: Values, beside: Values) -> dict[str, str]:
    """The sections of the form of 2008."""

    def n(cell: str) -> Number:
        return values.get(f"{cell}.count", 0)

    classes = "；".join(
        f"{line.label}类信息{n(f'proactive.{line.key}')}条，"
        f"占总体的比例为{values.get(f'proactive.{line.key}.share', 0)}%"
        for line in CLASSES
    )
    channels = _listed({line.label: n(f"requests.{line.key}") for line in CHANNELS})
    replies = _listed({line.label: n(f"replies.{line.key}") for line in REPLIES})
    return {
        "overview": "根据《中华人民共和国政府信息公开条例》，"
        f"编制{body}{year}年政府信息公开工作年度报告。",
        "proactive": f"全年主动公开政府信息{n('proactive.total')}条，"
        f"其中全文电子化{n('proactive.full_text')}条。{classes}。",
        "requests": f"全年收到政府信息公开申请{n('requests.total')}件{channels}。"
        f"答复申请{n('replies.total')}件{replies}。",
        "remedies": f"行政复议{n('remedies.reconsideration')}件，"
        f"行政诉讼{n('remedies.lawsuit')}件，行政申诉{n('remedies.complaint')}件。",
        "problems": "",
        "other": f"全年收取费用{values.get('fees.charged.amount', 0)}元，"
        f"减免费用{values.get('fees.waived.amount', 0)}元；"
        f"接受咨询{n('enquiries.total')}人次；"
        f"专职人员{n('staff.full_time')}人，兼职人员{n('staff.part_time')}人。",
    }


def _listed(counts: Mapping[str, Number]) -> str:
    told = "，".join(f"{label}{n}件" for label, n in counts.items() if n)
    return f"，其中{told}" if told else ""
