"""The letters of a request: what each must state, and the number series of its own.

From the list of a national pilot (2021) and the forms of a system of 2009; numbers run per kind
and year.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from gongkai.kit.refusal import Refusal
from gongkai.law.cite import Cite
from gongkai.law.guide import Gap

_COMMON: tuple[tuple[str, str], ...] = (
    ("number", "文号"),
    ("addressee", "主送对象"),
    ("received", "收到申请的日期和内容"),
    ("date", "成文日期"),
)
_DECIDES: tuple[tuple[str, str], ...] = (("basis", "所依据的条款"), ("remedy", "救济途径"))


@dataclass(frozen=True, slots=True)
class Letter:
    """A kind of letter: its series word, the parts it must state, and its article."""

    key: str
    label: str
    series: str
    parts: tuple[tuple[str, str], ...]
    cite: Cite
    decides: bool = False

    @property
    def all_parts(self) -> tuple[tuple[str, str], ...]:
        """The parts of every letter, of this kind, and of a decision where it is one."""
        return (*_COMMON, *self.parts, *(_DECIDES if self.decides else ()))


def _letter(key: str, label: str, series: str, article: str, *parts: tuple[str, str]) -> Letter:
    return Letter(key, label, series, parts, Cite("decree_711_2019", article))


def _decision(key: str, label: str, series: str, article: str, *parts: tuple[str, str]) -> Letter:
    return Letter(key, label, series, parts, Cite("decree_711_2019", article), decides=True)


_REASON = ("reason", "理由")
LETTERS: Mapping[str, Letter] = {
    letter.key: letter
    for letter in (
        _letter(
            "receipt",
            "登记回执",
            "信收",
            "45",
            ("channel", "接收渠道"),
            ("register_number", "登记号"),
            ("due", "答复期限"),
        ),
        _letter(
            "supplement",
            "补正告知书",
            "信补",
            "30",
            ("points", "需要补正的全部事项"),
            ("due", "合理的补正期限"),
            ("effect", "逾期不补正的后果"),
            ("restart", "答复期限自收到补正之日起计算"),
        ),
        _letter(
            "extension",
            "延期答复告知书",
            "延答告",
            "33.2",
            ("original_due", "原答复期限"),
            ("approval", "公开工作机构负责人同意"),
            ("new_due", "延长后的期限"),
            _REASON,
        ),
        _letter(
            "reasons",
            "说明理由告知书",
            "说理告",
            "35",
            _REASON,
            ("due", "说明理由的期限"),
            ("effect", "理由不合理的后果"),
        ),
        _letter("delay", "延迟答复告知书", "延迟告", "35", ("new_due", "延迟答复的期限"), _REASON),
        _letter(
            "third_party",
            "第三方意见征询书",
            "征询",
            "32",
            ("information", "所涉信息（以必要为限）"),
            _REASON,
            ("choice", "同意或者不同意及理由"),
            ("due", "收到之日起15个工作日"),
            ("effect", "逾期由行政机关决定是否公开"),
            ("return_address", "回复地址"),
        ),
        _letter(
            "joint_body",
            "共同制作机关意见征询书",
            "协询",
            "34",
            ("information", "所涉信息"),
            ("due", "收到之日起15个工作日"),
            ("effect", "逾期视为同意公开"),
        ),
        _letter(
            "consultation_notice",
            "征求意见告知书",
            "征告",
            "33.3",
            ("effect", "征求意见所需时间不计入答复期限"),
        ),
        _decision(
            "third_party_notice",
            "告知第三方公开决定书",
            "权告",
            "32",
            ("content", "决定公开的内容"),
            _REASON,
        ),
        Letter(
            "fee",
            "收费通知书",
            "收费",
            (
                ("fee_basis", "收费依据"),
                ("rate", "收费标准"),
                ("amount", "收费数额"),
                ("payment", "缴纳方式"),
                ("due", "次日起20个工作日内缴纳"),
                ("effect", "逾期视为放弃申请"),
            ),
            Cite("guobanhan_2020_109", "6", "memory"),
        ),
        _decision("grant", "政府信息公开答复书", "信答", "36(2)", ("provided", "公开的信息或方式")),
        _decision(
            "already_published", "已主动公开告知书", "信答", "36(1)", ("where", "获取方式、途径")
        ),
        _decision(
            "partial",
            "部分公开答复书",
            "部答",
            "37",
            ("provided", "公开的部分"),
            ("ground", "不予公开部分的法定理由"),
            _REASON,
        ),
        _decision("refusal", "不予公开告知书", "秘答", "36(3)", ("ground", "法定理由"), _REASON),
        _decision("not_held", "信息不存在告知书", "不存答", "36(4)", ("search", "检索情况")),
        _decision("not_ours", "非本机关信息告知书", "非信答", "36(5)", _REASON),
        _decision(
            "repeated",
            "不予重复处理告知书",
            "重信告",
            "36(6)",
            ("earlier_reply", "原答复文号和日期"),
        ),
        _decision("special_procedure", "另行查询告知书", "查告", "36(7)", ("where", "查询途径")),
        _decision("not_ready_made", "需加工分析告知书", "制告", "38", _REASON),
        _decision("still_unclear", "内容仍不明确告知书", "不明告", "30", _REASON),
        _decision("petition", "非政府信息公开申请告知书", "非申告", "39.1", _REASON),
        _decision(
            "public_publication", "公开出版物告知书", "出版告", "39.2", ("where", "获取途径")
        ),
        _decision("excessive", "不予处理告知书", "不处告", "35", _REASON),
        Letter(
            "confirm_or_reissue",
            "不予重新出具告知书",
            "不具告",
            (_REASON,),
            Cite("report_form_2021_30"),
            decides=True,
        ),
        _letter("closing", "办结告知书", "结告", "45", _REASON),
        _decision("rectification", "更正告知书", "更告", "41", ("result", "更正结果或者转送去向")),
    )
}


def letter_number(word: str, letter: Letter, year: int, number: int) -> str:
    """A letter's number: 门商信补〔2026〕7号. Each kind counts by itself, each year anew."""
    if number < 1:
        raise Refusal("letter.number", "文号序号从1开始，请核对。", str(Cite("gbt_9704")))
    return f"{word}{letter.series}〔{year}〕{number}号"


def check_letter(key: str, stated: Mapping[str, str]) -> tuple[Gap, ...]:
    """The parts a letter still lacks; `KeyError` for a kind that does not exist."""
    letter = LETTERS[key]
    return tuple(
        Gap(part, label, f"{letter.label}须写明{label}，请补充。", str(letter.cite))
        for part, label in letter.all_parts
        if not stated.get(part, "").strip()
    )
