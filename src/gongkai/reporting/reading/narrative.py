"""Numbers in the sentences of a report against the cells of its tables.

A sentence is compared only when it plainly speaks of what a cell counts; it may well speak of
something narrower (one channel, one office, another year), so such differences are to be looked
at, and a sentence that agrees anywhere settles its kind.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from gongkai.law.annual_report.model import Number
from gongkai.law.annual_report.requests_table import MERGED_IN_2019, OTHER_HANDLING, key
from gongkai.reporting.reading.figures import number
from gongkai.reporting.schema import Noted, addresses, form_of
from gongkai.text.normalise import fold

_N: Final = r"(?P<n>\d{1,9}|\d{1,3}(?:,\d{3})+|[零〇一二两三四五六七八九十百千]{1,9})"
_UNIT: Final = r"(?:余|多)?(?P<unit>件次|件|宗|份|起|部|个|项|条)"
_GAP: Final = r"[^,;。(\d]"
_NARROWER: Final = re.compile(
    r"其中|网上|网络|网站|在线|线上|线下|邮件|邮寄|信函|信件|当面|现场|窗口|传真|电话|邮箱|平台|渠道"
    r"|自然人|累计|以来|同期|去年|上级|转办|转来|补正|撤回|季度|上半年|下半年|[1-9]\d?月"
)
_YEAR: Final = re.compile(r"(20\d\d)年")

Sum = tuple[str, ...]
"""Form keys to be added."""


@dataclass(frozen=True, slots=True)
class Rule:
    """Sentences of one kind: how they read, and the sums any of which they may state."""

    what: str
    pattern: re.Pattern[str]
    means: tuple[Sum, ...]
    about: str = ""
    """A word the sentence or the one before must have."""


def _row(*rows: str) -> Sum:
    return tuple(key(row, "total") for row in rows)


_DENIED: Final = (
    "refused_state_secret", "refused_prohibited_by_law", "refused_endangers_security",
    "refused_third_party", "refused_internal_affairs", "refused_deliberative",
    "refused_enforcement_file", "special_procedure",
)  # fmt: skip
_NOT_GIVEN: Final = ("not_held", "not_ready_made", "still_unclear")
_NOT_HANDLED: Final = (
    "petition", "repeated", "public_publication", "excessive", "confirm_or_reissue",
)  # fmt: skip
_ANSWERED: Final = ("granted", "partly_granted", *_DENIED, *_NOT_GIVEN)
_DIRECT, _AFTER = "lawsuit_direct", "lawsuit_after"


def _pattern(text: str) -> re.Pattern[str]:
    return re.compile(text.replace("<N>", f"{_N}{_UNIT}").replace("<->", _GAP))


def _rules(other: Sum) -> tuple[Rule, ...]:
    """The kinds of sentences; `other` are the rows of （六） in the edition."""
    return (*_flow_rules(), *_outcome_rules(other), *_document_rules())


def _flow_rules() -> Iterator[Rule]:
    """What came in, was handled and is carried over."""
    new, came = _row("new"), _row("new", "carried_in")
    yield Rule(
        "新收申请",
        _pattern(r"(?:收到|受理|新收|接收|接到)(?:了)?<->{0,40}?申请<->{0,8}?<N>"),
        (new, came),
    )
    yield Rule(
        "办理申请",
        _pattern(r"(?:办理|处理)(?:了)?<->{0,30}?申请<->{0,8}?<N>"),
        (new, came, _row("handled")),
    )
    yield Rule(
        "答复或办结",
        _pattern(r"(?:(?<!逾期)(?<!未)答复|办结)(?:了)?<->{0,10}?<N>"),
        (_row("handled"), new, came, _row(*_ANSWERED), _row(*_ANSWERED, *_NOT_HANDLED)),
        "申请",
    )
    yield Rule(
        "上年结转",
        _pattern(r"(?:上年|上年度|上一年|上一年度)结转<->{0,14}?<N>"),
        (_row("carried_in"),),
    )
    for pattern in (
        r"结转(?:至|到|入)?(?:下年|下一年|次年)度?<->{0,12}?<N>",
        r"<N><->{0,4}?(?:结转|顺延|延)(?:至|到|入)?(?:下年|下一年|次年)",
    ):
        yield Rule("结转下年度", _pattern(pattern), (_row("carried_over"),))


def _outcome_rules(other: Sum) -> Iterator[Rule]:
    for words, rows in (
        ("予以公开", ("granted",)),
        ("部分公开", ("partly_granted",)),
        ("不予公开", _DENIED),
        ("无法提供", _NOT_GIVEN),
        ("不予处理", _NOT_HANDLED),
        ("其他处理", other),
    ):
        pattern = _pattern(rf"(?<!不){words}(?:的)?(?:申请)?(?:共)?<N>")
        yield Rule(words, pattern, (_row(*rows),), "申请")


def _document_rules() -> Iterator[Rule]:
    for words, verb, column in (
        ("制发规范性文件", "(?:制发|制定|出台)(?:了)?", "made"),
        ("废止规范性文件", "废止(?:了)?", "abolished"),
        ("现行有效规范性文件", "现行有效的?", "in_force"),
    ):
        yield Rule(
            words,
            _pattern(rf"{verb}(?:行政)?规范性文件(?:共)?<N>"),
            ((f"proactive.normative_documents.{column}",),),
        )


_SUITS: Final = _pattern(r"行政诉讼(?:案件)?<->{0,8}?<N>")
_REVIEWS: Final = _pattern(r"行政复议(?:案件|申请)?<->{0,8}?<N>")
_RESULTS: Final = {
    "upheld": _pattern(r"(?:结果)?维持(?:的)?<N>"),
    "corrected": _pattern(r"(?:结果)?纠正(?:的)?<N>"),
    "other": _pattern(r"其他结果(?:的)?<N>"),
    "pending": _pattern(r"(?:尚未|正在)审[结理](?:的)?<N>"),
}


def text_findings(
    narrative: str, edition: str, values: Mapping[str, Number], year: int | None = None
) -> list[Noted]:
    """Differences between sentences and tables; cells that are not certain are not compared."""
    text = re.sub(r"\s+", "", fold(narrative)).replace("，", ",").replace("；", ";")
    other = MERGED_IN_2019 if edition == "2021" else (OTHER_HANDLING.key,)
    found: list[Noted] = []
    for rule in _rules(other):
        found += _differences(rule, list(_stated(rule, text, year)), edition, values)
    for sentence in re.split("。", text):
        found += _remedies(sentence, edition, values)
    return list(dict.fromkeys(found))


def _stated(rule: Rule, text: str, year: int | None) -> Iterator[tuple[int, str]]:
    """Figures of sentences of a kind, with the words they stand in."""
    for match in rule.pattern.finditer(text):
        start = max(text.rfind(mark, 0, match.start()) for mark in "。;\n") + 1
        before = text[start : match.start()]
        if _NARROWER.search(before) or _NARROWER.search(match[0]):
            continue
        if rule.about and rule.about not in text[max(0, start - 120) : match.end()]:
            continue
        named = _YEAR.findall(before)
        if named and year is not None and int(named[-1]) != year:
            continue
        value = number(match["n"])
        if isinstance(value, int) and not _rounded(match):
            yield value, match[0]


def _rounded(match: re.Match[str]) -> bool:
    return "余" in match[0] or "多" in match[0]


def _differences(
    rule: Rule, stated: Sequence[tuple[int, str]], edition: str, values: Mapping[str, Number]
) -> Iterator[Noted]:
    sums = [means for means in rule.means if all(name in values for name in means)]
    if len(sums) < len(rule.means):
        return
    right = [sum((values[name] for name in means), start=0) for means in sums]
    if any(figure in right for figure, _ in stated):
        return
    for figure, _ in stated:
        yield _noted(rule.what, figure, right[0], sums[0], edition)


def _remedies(sentence: str, edition: str, values: Mapping[str, Number]) -> Iterator[Noted]:
    """Reviews and suits of one sentence, with the results told behind each."""
    if "公开" not in sentence:
        return
    review, suit = _REVIEWS.search(sentence), _SUITS.search(sentence)
    if review:
        end = suit.start() if suit and suit.start() > review.start() else len(sentence)
        told = ("行政复议", sentence[review.start() : end], review)
        yield from _group(told, (("reconsideration",),), edition, values)
    if suit:
        end = review.start() if review and review.start() > suit.start() else len(sentence)
        both = ((_DIRECT, _AFTER), (_DIRECT,), (_AFTER,))
        yield from _group(("行政诉讼", sentence[suit.start() : end], suit), both, edition, values)


def _group(
    told: tuple[str, str, re.Match[str]],
    groups: Sequence[tuple[str, ...]],
    edition: str,
    values: Mapping[str, Number],
) -> Iterator[Noted]:
    what, part, whole = told
    figures = [("total", whole), *((r, p.search(part)) for r, p in _RESULTS.items())]
    for result, match in figures:
        value = number(match["n"]) if match else None
        if match is None or not isinstance(value, int) or _rounded(match):
            continue
        sums = [tuple(f"remedies.{g}.{result}" for g in group) for group in groups]
        if not all(name in values for means in sums for name in means):
            continue
        right = [sum((values[name] for name in means), start=0) for means in sums]
        if value not in right:
            label = f"{what}{'' if result == 'total' else match[0].split(match['n'])[0]}"
            yield _noted(label, value, right[0], sums[0], edition)


def _noted(what: str, found: int, right: Number, means: Sum, edition: str) -> Noted:
    labels, address = form_of(edition).cells, addresses(edition)
    places = "、".join(labels[name].label for name in means[:3]) + ("等" if len(means) > 3 else "")
    sentence = f"正文说{what}{found}件，表中是{right}件（{places}），请核对。"
    cells = tuple(address[name] for name in means)
    return Noted("text", f"正文·{what}", right, found, sentence, soft=True, cells=cells)
