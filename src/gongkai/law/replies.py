"""Every way a request can end, as a table: article, report row, letter, remedy, what is needed.

A request ends in exactly one outcome. `row` is the leaf of the yearly report's table three.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from gongkai.kit.refusal import Refusal
from gongkai.law.cite import Cite
from gongkai.law.guide import Gap
from gongkai.law.model import Law


class Remedy(StrEnum):
    """What the applicant may do against an outcome (how: `law.remedies`)."""

    RECONSIDERATION_FIRST = "reconsideration_first"
    EITHER = "either"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Outcome:
    """A row: key, label, the articles of both decrees, report row, letter, remedy, requirements.

    `needs` maps what the reply must state to its Chinese name; a missing one blocks the reply.
    """

    key: str
    label: str
    row: str
    letter: str
    remedy: Remedy
    cites: Mapping[str, tuple[Cite, ...]]
    needs: Mapping[str, str]
    grounds: tuple[str, ...] = ()

    def cite(self, law: Law) -> tuple[Cite, ...]:
        """The articles under this law; refuse an outcome it does not know."""
        if law.key not in self.cites:
            raise Refusal(
                "outcome.not_in_law",
                f"{law.base.title}没有“{self.label}”这一答复类型，请改选其他类型。",
                law.base.title,
            )
        return self.cites[law.key]


_GROUND = {"ground": "不予公开的法定理由", "reason": "具体理由"}
_FIRST, _EITHER = Remedy.RECONSIDERATION_FIRST, Remedy.EITHER


def _cites(new: str, old: str) -> dict[str, tuple[Cite, ...]]:
    """Articles separated by blanks; an empty text means the decree does not know the outcome.

    `key:article` cites another instrument than the decree itself.
    """
    found: dict[str, tuple[Cite, ...]] = {}
    for key, text in (("decree_711_2019", new), ("decree_492_2007", old)):
        articles = text.split()
        if articles:
            found[key] = tuple(_cite(key, article) for article in articles)
    return found


def _cite(decree: str, article: str) -> Cite:
    other, _, code = article.rpartition(":")
    return Cite(other or decree, code)


def _refusal(key: str, label: str, new: str, old: str, grounds: tuple[str, ...]) -> Outcome:
    return Outcome(
        f"refused_{key}",
        f"不予公开：{label}",
        f"refused_{key}",
        "refusal",
        _FIRST,
        _cites(new, old),
        _GROUND,
        grounds,
    )


def _other(
    key: str,
    label: str,
    letter: str,
    articles: tuple[str, str],
    needs: Mapping[str, str] | None = None,
    *,
    row: str = "",
) -> Outcome:
    return Outcome(key, label, row or key, letter, _EITHER, _cites(*articles), needs or {})


_PRACTICE = "local_practice:"
OUTCOMES: tuple[Outcome, ...] = (
    _other(
        "already_published",
        "已主动公开，告知获取方式、途径",
        "already_published",
        ("36(1)", "21(1)"),
        {"where": "获取该信息的方式、途径"},
        row="granted",
    ),
    _other(
        "granted",
        "予以公开",
        "grant",
        ("36(2)", "21(1)"),
        {"provided": "所提供的信息，或者获取的方式、途径和时间"},
    ),
    Outcome(
        "partly_granted",
        "部分公开（区分处理）",
        "partly_granted",
        "partial",
        _FIRST,
        _cites("37", "22"),
        {"provided": "所提供的部分", **_GROUND},
    ),
    _refusal("state_secret", "国家秘密", "36(3) 14", "21(2) 14.4", ("state_secret",)),
    _refusal(
        "prohibited_by_law", "法律、行政法规禁止公开", "36(3) 14", "21(2)", ("prohibited_by_law",)
    ),
    _refusal("endangers_security", "三安全一稳定", "36(3) 14", "8", ("endangers_security",)),
    _refusal(
        "third_party",
        "保护第三方合法权益",
        "36(3) 15 32",
        "23",
        ("trade_secret", "privacy", "third_party"),
    ),
    _refusal("internal_affairs", "三类内部事务信息", "36(3) 16.1", "", ("internal_affairs",)),
    _refusal("deliberative", "四类过程性信息", "36(3) 16.2", "", ("deliberative",)),
    _refusal("enforcement_file", "行政执法案卷", "36(3) 16.2", "", ("enforcement_file",)),
    _other(
        "special_procedure",
        "行政查询事项，依照专门规定办理",
        "special_procedure",
        ("36(7)", ""),
        {"where": "依照哪部法律、行政法规，向何处查询"},
    ),
    _other(
        "not_held",
        "本机关不掌握：经检索不存在",
        "not_held",
        ("36(4)", "21(3)"),
        {"search": "检索的范围、方法、人员和日期"},
        row="not_held",
    ),
    _other(
        "not_ours",
        "本机关不掌握：不属于本机关负责公开",
        "not_ours",
        ("36(5)", "21(3)"),
        {"reason": "不属于本机关负责公开的理由"},
        row="not_held",
    ),
    _other(
        "not_ready_made",
        "没有现成信息，需要另行制作",
        "not_ready_made",
        ("38", ""),
        {"reason": "为什么需要加工、分析"},
    ),
    _other("still_unclear", "补正后申请内容仍不明确", "still_unclear", ("30", "21(4)")),
    _other("petition", "信访、投诉、举报类申请", "petition", ("39.1", _PRACTICE)),
    _other(
        "repeated",
        "重复申请，不予重复处理",
        "repeated",
        ("36(6)", _PRACTICE),
        {"earlier_reply": "已作出答复的文号和日期"},
    ),
    _other(
        "public_publication",
        "要求提供公开出版物",
        "public_publication",
        ("39.2", ""),
        {"where": "获取的途径"},
    ),
    _other(
        "excessive",
        "无正当理由大量反复申请",
        "excessive",
        ("35", ""),
        {"reason": "理由为什么不合理"},
    ),
    # A row of the form, no article of the decree (report_form_2021_30).
    _other(
        "confirm_or_reissue",
        "要求确认或者重新出具已获取信息",
        "confirm_or_reissue",
        ("report_form_2021_30:", ""),
    ),
    _other(
        "abandoned_no_supplement",
        "逾期不补正，视为放弃",
        "closing",
        ("30", ""),
        {"notice": "补正告知的文号和送达日期"},
    ),
    _other(
        "abandoned_no_fee",
        "逾期不缴费，视为放弃",
        "closing",
        ("guobanhan_2020_109:6", ""),
        {"notice": "收费通知的文号和送达日期"},
    ),
    Outcome(
        "other",
        "其他（如申请人撤回）",
        "other",
        "closing",
        Remedy.NONE,
        _cites("local_practice:", "local_practice:"),
        {"reason": "办结的原因"},
    ),
)
BY_KEY: Mapping[str, Outcome] = {o.key: o for o in OUTCOMES}
# The leaves of table three in the order of the form; two outcomes share the first and the tenth.
LEAVES: tuple[str, ...] = tuple(dict.fromkeys(o.row for o in OUTCOMES))


def outcome(key: str) -> Outcome:
    """The outcome with this key, refused in words when there is none."""
    if key not in BY_KEY:
        raise Refusal("outcome.unknown", f"没有“{key}”这一答复类型，请从列表中选择。")
    return BY_KEY[key]


def outcomes(law: Law) -> tuple[Outcome, ...]:
    """The outcomes this law knows, in the order of the form."""
    return tuple(o for o in OUTCOMES if law.key in o.cites)


def check_reply(key: str, stated: Mapping[str, str], *, law: Law) -> tuple[Gap, ...]:
    """What a reply of this kind still has to state; empty when it may go out.

    A ground must be one of those the outcome is for (`refused_privacy` does not cite Art. 14).
    """
    found = outcome(key)
    basis = "、".join(str(c) for c in found.cite(law))
    gaps = [
        Gap(need, label, f"答复“{found.label}”须写明{label}，请补充。", basis)
        for need, label in found.needs.items()
        if not stated.get(need, "").strip()
    ]
    ground = stated.get("ground", "").strip()
    if ground and found.grounds and ground not in found.grounds:
        gaps.append(
            Gap("ground", "不予公开的法定理由", f"所选理由与“{found.label}”不一致，请改选。", basis)
        )
    return tuple(gaps)
