"""Grounds for withholding (不予公开) as a table: article, force, who may override, valid when."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from gongkai.kit.refusal import Refusal
from gongkai.law.cite import Cite
from gongkai.law.model import Law


class Force(StrEnum):
    """How strong a ground is."""

    MUST = "must"
    WEIGHED = "weighed"
    MAY = "may"

    @property
    def label(self) -> str:
        return {
            "must": "一律不予公开",
            "weighed": "权衡后不予公开（权利人同意或公共利益需要的除外）",
            "may": "可以不予公开",
        }[self.value]


@dataclass(frozen=True, slots=True)
class Ground:
    """A ground under one decree.

    `override` says in words when the information is disclosed all the same; `reconsider_first`
    that a refusal on it must be taken to 行政复议 before a court (Art. 14–16, since 2024).
    """

    key: str
    label: str
    force: Force
    cite: Cite
    override: str = ""
    explanation: str = ""

    @property
    def reconsider_first(self) -> bool:
        """True for the grounds of Art. 14–16 of 2019 (行政复议法 2023 Art. 23; SPC 2025)."""
        article = self.cite.article.partition(".")[0]
        return self.cite.law == "decree_711_2019" and article in ("14", "15", "16")


_AFTER_DECLASSIFYING = "解密后方可公开"
_THIRD_PARTY = "第三方同意公开，或者不公开会对公共利益造成重大影响的，予以公开"
_REQUIRED = "法律、法规、规章规定应当公开的，从其规定"


def _ground(
    key: str, label: str, force: Force, cite: Cite, words: tuple[str, str] = ("", "")
) -> Ground:
    return Ground(key, label, force, cite, words[0], words[1])


def _old(article: str, note: str = "") -> Cite:
    return Cite("decree_492_2007", article, note)


def _new(article: str) -> Cite:
    return Cite("decree_711_2019", article)


_2010 = Cite("guobanfa_2010_5", "", "memory")
_STATE = "依法确定为国家秘密的政府信息"
_DANGER = "公开后可能危及国家安全、公共安全、经济安全、社会稳定的政府信息"
_RIGHTS = "涉及商业秘密、个人隐私等，公开会对第三方合法权益造成损害的政府信息"

_GROUNDS: dict[str, tuple[Ground, ...]] = {
    "decree_492_2007": (
        _ground(
            "state_secret", "国家秘密", Force.MUST, _old("14.4"), (_AFTER_DECLASSIFYING, _STATE)
        ),
        _ground("endangers_security", "三安全一稳定", Force.MUST, _old("8"), ("", _DANGER)),
        _ground("trade_secret", "商业秘密", Force.WEIGHED, _old("14.4"), (_THIRD_PARTY, _RIGHTS)),
        _ground("privacy", "个人隐私", Force.WEIGHED, _old("14.4"), (_THIRD_PARTY, _RIGHTS)),
        # Practice under the old decree; not a ground in its own text.
        _ground(
            "internal_affairs",
            "内部管理信息",
            Force.MAY,
            _2010,
            ("", "行政机关在日常工作中制作或者获取的内部管理信息"),
        ),
        _ground(
            "deliberative",
            "过程性信息",
            Force.MAY,
            _2010,
            ("", "处于讨论、研究或者审查中的过程性信息"),
        ),
    ),
    "decree_711_2019": (
        _ground("state_secret", "国家秘密", Force.MUST, _new("14"), (_AFTER_DECLASSIFYING, _STATE)),
        _ground(
            "prohibited_by_law",
            "法律、行政法规禁止公开",
            Force.MUST,
            _new("14"),
            ("", "法律、行政法规禁止公开的政府信息"),
        ),
        _ground("endangers_security", "三安全一稳定", Force.MUST, _new("14"), ("", _DANGER)),
        _ground("trade_secret", "商业秘密", Force.WEIGHED, _new("15"), (_THIRD_PARTY, _RIGHTS)),
        _ground("privacy", "个人隐私", Force.WEIGHED, _new("15"), (_THIRD_PARTY, _RIGHTS)),
        _ground(
            "third_party",
            "第三方其他合法权益",
            Force.WEIGHED,
            _new("15"),
            (_THIRD_PARTY, _RIGHTS),
        ),
        _ground(
            "internal_affairs",
            "内部事务信息",
            Force.MAY,
            _new("16.1"),
            ("", "人事管理、后勤管理、内部工作流程等方面的信息"),
        ),
        _ground(
            "deliberative",
            "过程性信息",
            Force.MAY,
            _new("16.2"),
            (_REQUIRED, "讨论记录、过程稿、磋商信函、请示报告等过程性信息"),
        ),
        _ground(
            "enforcement_file",
            "行政执法案卷",
            Force.MAY,
            _new("16.2"),
            (_REQUIRED, "行政执法案卷信息"),
        ),
    ),
}

# Marks a reviewer must notice that are no ground by themselves (保密法 2024 Art. 64, inference).
REVIEW_MARKS: dict[str, str] = {
    "work_secret": "工作秘密：不属于国家秘密，但泄露会造成不利影响；"
    "须另有第十四至十六条的理由才可不予公开",
}


def grounds(law: Law) -> tuple[Ground, ...]:
    """Every ground the law of that day knows, in the order of its articles."""
    return _GROUNDS[law.key]


def ground(key: str, law: Law) -> Ground:
    """The ground `key` under this law; refuse one the law of the day does not know."""
    for found in grounds(law):
        if found.key == key:
            return found
    known = "、".join(g.label for g in grounds(law))
    raise Refusal(
        "ground.unknown",
        f"{law.base.title}没有“{key}”这一不予公开理由。请从下列理由中选择：{known}。",
        law.base.title,
    )


def require_ground(key: str, reason: str, law: Law) -> Ground:
    """The ground of an item marked 不予公开, refused unless both ground and reason are given.

    Source: 国办发〔2016〕80号 (拟不公开的，说明理由); 2019 Art. 36(3).
    """
    basis = str(Cite("practice_80_2016"))
    fields = {}
    if not key:
        fields["ground"] = "请选择不予公开的法定理由。"
    if not reason.strip():
        fields["reason"] = "请写明不予公开的具体理由。"
    if fields:
        raise Refusal("ground.missing", "不予公开须有法定理由并写明具体理由。", basis, fields)
    return ground(key, law)
