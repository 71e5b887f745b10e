"""Dates that lost 年, 月, 日 or 、 between their digits, dates that cannot be, epoch dates.

A run of digits and date signs is damaged when a number in it cannot be what its sign says
(51日, 200712月), or when bare digits stand where a date belongs. Its readings are all lists of
real dates from which losing signs would leave just this run. One reading is a proposal, several
are candidates; a number of days (60日内) is left alone.
"""

import re
from collections.abc import Iterator
from typing import Final

from gongkai.text.date_readings import Reading, readings
from gongkai.text.dates import real_date
from gongkai.text.finding import Finding

_RUN: Final = re.compile(r"(?<![0-9０-９.,])[0-9０-９][0-9０-９年月日、]*")
_NUMBER: Final = re.compile(r"(\d+)([年月日、]?)")
_WIDE: Final = str.maketrans("０１２３４５６７８９", "0123456789")
_WIDE_DIGIT: Final = re.compile("[０-９]")

_DATE_BEFORE: Final = re.compile(
    r"(?:[今明去前本当同次上]年|年度?|截[至止]到?|日期为?[:：]?|时间为?[:：]?)\s*$"
)
_MAYBE_BEFORE: Final = re.compile(r"(?:^|[于自从在至到、，,。；;：:（(\s])$")
_COUNT_BEFORE: Final = re.compile(
    r"(?:[起满过于达共计约近逾每个第各足]|超过|期限|期限为|延长|不少于|不超过|之日起)$"
)
_ACT_AFTER: Final = re.compile(
    r"(?:起(?!诉)|止|上午|下午|晚|凌晨|正式|召开|举[行办]|印发|发布|公布|颁布|[施实]行|实施|生效|开始)"
)
_EVENT_AFTER: Final = re.compile(
    r"(?:上午|下午|晚上|凌晨|正式|召开|举[行办]|印发|发布|公布|颁布|施行|实施|生效|在)"
)
_DATE_TO: Final = re.compile(r"月\d{1,2}日?(?:起)?[至到—~-]$|日(?:起)[至到]$")
_SPAN_AFTER: Final = re.compile(
    r"(?:[以之]?内|[以之]后|[以之][上下]|的|期|届满|未|为限|左右|龄|[/·元无不而仍])"
)
_NO_DATE_BEFORE: Final = re.compile(
    r"(?:[A-Za-z0-9_/\\.\-#@=〔\[【第№]|电话|传真|编号|号码|账号|帐号|邮编|代码|证号|文号|序号)"
    r"\s*[:：为是]?\s*$"
)
_END_AFTER: Final = re.compile(r"(?:$|[\s，,。；;、）)》”\"']|起|止|前|后|至|到|期间|以[前后来])")
_TIMES: Final = re.compile(
    r"(\d+|[一二两三四五六七八九十])\s*次[^，,。\n]{0,4}[，,]?(?:时间|日期)?(?:分别)?[为是于在]?$"
)
_TIMES_WORD: Final = {c: n for n, c in enumerate("一二三四五六七八九十", 1)} | {"两": 2}
_LIST_BEFORE: Final = re.compile(r"(?:分别[为是于在]|时间为|日期为|次)[:：]?$")

MOST_CANDIDATES: Final = 6


def damaged_dates(text: str) -> list[Finding]:
    """Every damaged date of a text, in order."""
    plain = _narrow(text)
    found: list[Finding] = []
    for match in _RUN.finditer(plain):
        start, end = match.span()
        before, after = plain[max(0, start - 16) : start], plain[end : end + 6]
        run = _trimmed(match.group(), after)
        after = plain[start + len(run) : start + len(run) + 6]
        if not run or not (_is_damaged(run, before, after) or _signs_a_paper(run, plain, match)):
            continue
        ways = _chosen(readings(run), before)
        if ways or not _only_days(run):
            found.append(_finding(text, start, start + len(run), ways))
    return found


def _narrow(text: str) -> str:
    return text.translate(_WIDE) if _WIDE_DIGIT.search(text) else text


def _trimmed(run: str, after: str) -> str:
    """Without a trailing 、 and without a number that belongs to what follows (20时, 3万元)."""
    run = run.rstrip("、")
    tail = re.search(r"(?<=[日年、])\d{1,4}$", run)
    if tail and not _END_AFTER.match(after):
        run = run[: tail.start()].rstrip("、")
    return run


def _is_damaged(run: str, before: str, after: str) -> bool:
    numbers = [(m.group(1), m.group(2)) for m in _NUMBER.finditer(run)]
    if len(numbers) == 1:
        digits, sign = numbers[0]
        return _lone_is_damaged(digits, sign, before, after)
    if any(_impossible(digits, sign) for digits, sign in numbers):
        return True
    if _lost_comma(run) or re.search(r"年\d{1,2}日", run):
        return True
    if re.search(r"年\d{2,4}$", run) and _END_AFTER.match(after):
        return bool(readings(run))
    return _lost_last_day(run, before, after) or _list_of_bare(numbers, before, after)


def _impossible(digits: str, sign: str) -> bool:
    if sign == "月":
        return len(digits) > 2 or not 1 <= int(digits) <= 12
    if sign == "日":
        return len(digits) > 2 or not 1 <= int(digits) <= 31
    return len(digits) > 4 if sign == "年" else len(digits) > 8


def _lost_comma(run: str) -> bool:
    return re.search(r"日\d{1,2}月\d{1,2}日|月\d{1,2}、\d{1,2}月", run) is not None


def _lost_last_day(run: str, before: str, after: str) -> bool:
    """5月1起, 2008年5月1至: the last 日 is gone."""
    if not re.search(r"(?:^|年)\d{1,2}月\d{1,2}$", run):
        return False
    if not _END_AFTER.match(after) and not ("年" in run and _EVENT_AFTER.match(after)):
        return False
    sure = "年" in run or _DATE_BEFORE.search(before) or re.match(r"起|止|至", after)
    return bool(sure)


def _list_of_bare(numbers: list[tuple[str, str]], before: str, after: str) -> bool:
    """513、623、818 after 3次,分别为: months and days lost, 、 kept."""
    if any(sign not in ("", "、") or not 2 <= len(digits) <= 4 for digits, sign in numbers):
        return _bare_tail(numbers, after)
    return _times(before) == len(numbers) and bool(_END_AFTER.match(after))


def _bare_tail(numbers: list[tuple[str, str]], after: str) -> bool:
    """5月13623818: all signs after the first are gone."""
    digits, sign = numbers[-1]
    month_before = numbers[-2][1] == "月"
    return sign == "" and month_before and len(digits) > 2 and bool(_END_AFTER.match(after))


def _lone_is_damaged(digits: str, sign: str, before: str, after: str) -> bool:
    if sign == "月":
        return len(digits) >= 5 and digits[:2] in ("19", "20")
    if sign == "日":
        return _lone_day_is_damaged(digits, before, after)
    if sign:
        return False
    return _bare_is_damaged(digits, before, after)


def _lone_day_is_damaged(digits: str, before: str, after: str) -> bool:
    if not _impossible(digits, "日") or len(digits) > 8:
        return False
    if len(digits) >= 6 and digits[:2] in ("19", "20"):
        return True
    if _SPAN_AFTER.match(after):
        return False
    if _DATE_BEFORE.search(before) or _DATE_TO.search(before):
        return True
    if _COUNT_BEFORE.search(before) and not _at_a_day(before):
        return False
    maybe = _MAYBE_BEFORE.search(before) and _ACT_AFTER.match(after)
    return bool(maybe or _EVENT_AFTER.match(after))


def _at_a_day(before: str) -> bool:
    """于 is "on" after nothing that compares."""
    return before.endswith("于") and not before.endswith(("少于", "多于", "大于", "低于", "高于"))


def _bare_is_damaged(digits: str, before: str, after: str) -> bool:
    if _NO_DATE_BEFORE.search(before) or re.match(r"[A-Za-z0-9_/\\.\-:%〕\]】号]", after):
        return False
    if len(digits) >= 6 and _LIST_BEFORE.search(before) and _END_AFTER.match(after):
        return True
    if digits[:2] not in ("19", "20") or not 5 <= len(digits) <= 8:
        return False
    sure = _DATE_BEFORE.search(before)
    if len(digits) < 7:
        return bool(sure) and bool(_END_AFTER.match(after))
    return bool(sure or _END_AFTER.match(after)) and bool(readings(digits))


def _signs_a_paper(digits: str, plain: str, match: re.Match[str]) -> bool:
    """200952 alone on the last line, or between 自 and 起: a date of which all signs are gone."""
    if not digits.isdecimal() or len(digits) not in (5, 6) or digits[:2] not in ("19", "20"):
        return False
    start, end = match.span()
    last = not plain[end:].strip() and not plain[plain.rfind("\n", 0, start) + 1 : start].strip()
    said = plain[start - 1 : start] in ("自", "从") and plain.startswith("起", end)
    return (last or said) and start > 0 and bool(readings(digits))


def _only_days(run: str) -> bool:
    """51日 with no month and year in sight may after all be a number of days."""
    return re.fullmatch(r"(?:\d{1,4}日、?)+", run) is not None


def _times(before: str) -> int | None:
    match = _TIMES.search(before)
    if not match:
        return None
    said = match.group(1)
    return int(said) if said.isdigit() else _TIMES_WORD[said]


def _chosen(ways: list[Reading], before: str) -> list[Reading]:
    """Narrow the readings: by the number of times the text itself names, else one date first."""
    times = _times(before)
    if times is not None and any(way.count == times for way in ways):
        return [way for way in ways if way.count == times]
    if not _LIST_BEFORE.search(before) and any(way.count == 1 for way in ways):
        return [way for way in ways if way.count == 1]
    return ways


def _finding(text: str, start: int, end: int, ways: list[Reading]) -> Finding:
    spelled = list(dict.fromkeys(way.spelled for way in ways))
    proposal = spelled[0] if len(spelled) == 1 else None
    if proposal:
        reason = f"日期里的“年、月、日”等字丢失，疑为{proposal}，请对照原件确认。"
    elif 1 < len(spelled) <= MOST_CANDIDATES:
        reason = f"日期里的字丢失，可能是{'或'.join(spelled)}，请对照原件选定。"
    else:
        reason = "日期里的字丢失，无法推定原日期，请对照原件填写。"
    return Finding(
        kind="damaged_date",
        start=start,
        end=end,
        evidence=text[start:end],
        proposal=proposal,
        severity="error",
        reason=reason,
        candidates=tuple(spelled) if 1 < len(spelled) <= MOST_CANDIDATES else (),
    )


_WRITTEN: Final = re.compile(
    r"(?<![\d.\-/])(\d{4})([-./年])(\d{1,2})([-./月])(\d{1,2})(?:日|(?![\d.\-/]))"
)
_MONTH_DAY: Final = re.compile(r"(?<![\d年.])(\d{1,2})月(\d{1,2})日")
_EPOCHS: Final = ((1970, 1, 1), (1900, 1, 1))


def impossible_dates(text: str) -> list[Finding]:
    """Whole dates that no calendar has (2月30日), and machine dates of an empty clock."""
    plain = _narrow(text)
    return sorted(_impossible_dates(text, plain), key=lambda finding: finding.start)


def _impossible_dates(text: str, plain: str) -> Iterator[Finding]:
    for match in _WRITTEN.finditer(plain):
        year, month, day = (int(match.group(n)) for n in (1, 3, 5))
        machine = match.group(2) in "-/" and match.group(2) == match.group(4)
        if not machine and (match.group(2), match.group(4)) not in (("年", "月"), (".", ".")):
            continue
        if machine and ((year, month, day) in _EPOCHS or year == 0):
            yield _bad(text, match.span(), "epoch_date", "这是系统的空日期，不是真实日期，请填写。")
        elif real_date(year, month, day) is None:
            yield _bad(text, match.span(), "impossible_date", "日历上没有这一天，请对照原件更正。")
    for match in _MONTH_DAY.finditer(plain):
        month, day = int(match.group(1)), int(match.group(2))
        if real_date(2000, month, day) is None and day <= 31 and month <= 99:
            yield _bad(text, match.span(), "impossible_date", "日历上没有这一天，请对照原件更正。")


def _bad(text: str, span: tuple[int, int], kind: str, reason: str) -> Finding:
    start, end = span
    return Finding(
        kind=kind,
        start=start,
        end=end,
        evidence=text[start:end],
        severity="error" if kind == "impossible_date" else "warning",
        reason=reason,
    )
