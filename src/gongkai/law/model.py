"""The shapes of the law: a term, a version of an instrument, and the law in force on a day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from gongkai.kit.ranges import Span
from gongkai.kit.refusal import Refusal
from gongkai.law.cite import Cite
from gongkai.law.due import DayNote, Due, Pause, Unit

__all__ = ["Cite", "DayNote", "Due", "Law", "Pause", "Term", "Unit", "Version"]


# Names of terms for people, also of those that the law of the day does not have.
LABELS: dict[str, str] = {
    "publish": "主动公开",
    "reply": "答复",
    "extension": "延长答复（最长）",
    "supplement_notice": "补正告知",
    "third_party": "第三方提出意见",
    "joint_body": "共同制作机关提出意见",
    "rereview": "定期评估（复审）",
    "fee_payment": "缴纳信息处理费",
    "transfer_electronic": "移送电子文本",
    "transfer_paper_day": "次月移送纸质文本（每月几日前）",
    "reconsideration": "申请行政复议",
    "lawsuit": "直接提起行政诉讼",
    "lawsuit_after_reconsideration": "对复议决定不服提起行政诉讼",
}


@dataclass(frozen=True, slots=True)
class Term:
    """A period: how long, in what unit, by which article.

    `reason` is filled where a body set the term itself (`Law.with_term`).
    """

    name: str
    length: int
    unit: Unit
    cite: Cite
    reason: str = ""

    @property
    def label(self) -> str:
        """The name for people."""
        return LABELS.get(self.name, self.name)

    @property
    def basis(self) -> str:
        """The article for people, with the body's own reason where the term is its own."""
        return f"{self.cite}（本机关设定：{self.reason}）" if self.reason else str(self.cite)


@dataclass(frozen=True, slots=True)
class Version:
    """One instrument as values, valid for a range of days.

    `region` is the prefix of the GB/T 2260 code it holds in, empty for the whole country;
    `based_on` names the versions it stands on: it is in force only together with one of them.
    """

    key: str
    title: str
    number: str
    span: Span
    terms: Mapping[str, Term] = field(default_factory=dict)
    region: str = ""
    based_on: tuple[str, ...] = ()

    def holds(self, on: date, region: str) -> bool:
        """Tell whether this version is in force on a day in a region."""
        return on in self.span and region.startswith(self.region)


@dataclass(frozen=True, slots=True)
class Law:
    """The law in force on `on` in `region`: versions stacked, the narrowest first.

    `base` is the decree; a narrower version wins only for what it sets.
    """

    on: date
    region: str
    layers: tuple[Version, ...]

    @property
    def base(self) -> Version:
        """The decree the others stand on."""
        return self.layers[-1]

    @property
    def key(self) -> str:
        """The decree's key, by which tables of articles are chosen."""
        return self.base.key

    def term(self, name: str) -> Term:
        """The term `name`; refuse with a sentence when this law has none."""
        for layer in self.layers:
            if name in layer.terms:
                return layer.terms[name]
        raise Refusal(
            "law.no_term",
            f"{self.base.title}（{self.base.number}）没有规定“{LABELS.get(name, name)}”的期限。"
            "请核对日期，或者改选其他期限。",
            self.base.title,
        )

    def has(self, name: str) -> bool:
        """Tell whether this law knows the term `name`."""
        return any(name in layer.terms for layer in self.layers)

    @property
    def terms(self) -> dict[str, Term]:
        """Every term of this law, the narrowest setting of each."""
        found: dict[str, Term] = {}
        for layer in reversed(self.layers):
            found.update(layer.terms)
        return found

    def with_term(self, name: str, length: int, *, reason: str) -> Law:
        """This law with one term set by the body itself, as a layer of its own.

        For values marked (memory) or (inference) in the sources, or where another law sets a
        shorter period. The reason is printed with every date that comes of it.
        """
        if not reason.strip():
            raise Refusal("law.no_reason", "调整法定期限须写明理由和依据。", self.base.title)
        if length < 0:
            raise Refusal("law.bad_length", "期限不能是负数，请填0或更大的整数。", self.base.title)
        term = replace(self.term(name), length=length, reason=reason.strip())
        own = Version(
            f"own_{name}",
            "本机关设定",
            "",
            Span(),
            {name: term},
            self.region,
            (self.base.key,),
        )
        return replace(self, layers=(own, *self.layers))
