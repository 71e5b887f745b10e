"""Sums and shares stated in a text: do the parts add up to the whole, are the shares of it?

Read are lists such as 在…的366条信息中，甲类13条，占…比例为3.53%；乙类19条，占…5.16%。 and
共453条，其中甲330条，乙1条。 Figures are exact decimals.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from gongkai.text.finding import Finding
from gongkai.text.tokens import HAN

_UNIT: Final = "[条件项个份次宗起人户家]"
_SHARED: Final = re.compile(
    rf"(?P<name>[{HAN}“”、（）()]{{2,20}}?)(?<!\d)(?P<count>\d{{1,9}}){_UNIT}[，,、]?\s*"
    r"占[^%％\d，,；;。]{0,16}(?P<share>\d{1,3}(?:\.\d{1,6})?)[%％]"
)
_WHOLE: Final = re.compile(
    rf"(?<!\d)(?P<count>\d{{1,9}})(?P<unit>{_UNIT})[^\d，,。；;]{{0,12}}中[，,:：]?"
)
_PARTS: Final = re.compile(
    rf"(?<!\d)(?P<whole>\d{{1,9}})(?P<unit>{_UNIT})[^\d，,。；;]{{0,6}}[，,]其中[:：]?"
    rf"(?P<parts>(?:[{HAN}]{{1,12}}\d{{1,9}}{_UNIT}[，,、；;]?)+)"
)
_SHARE: Final = re.compile(r"占[^%％\d，,；;。]{0,16}\d{1,3}(?:\.\d{1,6})?[%％]")
_PART: Final = re.compile(rf"[{HAN}]{{1,12}}?(\d{{1,9}}){_UNIT}")


@dataclass(frozen=True, slots=True)
class _Share:
    count: int
    stated: Decimal
    start: int
    end: int


def sum_findings(text: str) -> list[Finding]:
    """Whole against parts, shares against both; in order of place."""
    found: list[Finding] = []
    for group in _groups(text):
        found.extend(_check_shares(text, group))
    found.extend(_check_parts(text))
    return sorted(found, key=lambda finding: finding.start)


def _groups(text: str) -> Iterator[list[re.Match[str]]]:
    """Neighbouring items of one sentence."""
    # Every item ends so, and one alone is never checked.
    if len(_SHARE.findall(text)) < 2:
        return
    group: list[re.Match[str]] = []
    for match in _SHARED.finditer(text):
        if group and (
            match.start() - group[-1].end() > 6
            or re.search(r"[。\n]", text[group[-1].end() : match.start()])
        ):
            yield group
            group = []
        group.append(match)
    if group:
        yield group


def _check_shares(text: str, group: Sequence[re.Match[str]]) -> Iterator[Finding]:
    if len(group) < 2:
        return
    shares = [
        _Share(int(m["count"]), Decimal(m["share"]), m.start("share"), m.end()) for m in group
    ]
    total = sum(share.count for share in shares)
    of_total = total > 0 and all(_is_share(share, total) for share in shares)
    whole = _whole_before(text, group[0].start())
    if whole is not None and int(whole["count"]) != total:
        yield _sum_mismatch(text, whole, shares, of_total=of_total)
    base = total if of_total or whole is None else int(whole["count"])
    for share in shares:
        if base and not _is_share(share, base) and not _is_share(share, total):
            yield _share_mismatch(text, share, base)


def _whole_before(text: str, at: int) -> re.Match[str] | None:
    sentence = max(text.rfind("。", 0, at), text.rfind("\n", 0, at), at - 60) + 1
    matches = list(_WHOLE.finditer(text, max(0, sentence), min(len(text), at + 12)))
    return matches[-1] if matches else None


def _rounded(count: int, base: int, stated: Decimal) -> Decimal:
    exponent = Decimal(1).scaleb(int(stated.as_tuple().exponent))
    return (Decimal(count) * 100 / Decimal(base)).quantize(exponent, ROUND_HALF_UP)


def _is_share(share: _Share, base: int) -> bool:
    return base > 0 and _rounded(share.count, base, share.stated) == share.stated


def _sum_mismatch(
    text: str, whole: re.Match[str], shares: Sequence[_Share], *, of_total: bool
) -> Finding:
    total = sum(share.count for share in shares)
    added = "+".join(str(share.count) for share in shares)
    end = whole.end("unit")
    reason = f"各类相加 {added}={total}，与文中的{whole['count']}不符"
    reason += f"，所列占比都是占{total}的比例，请核对合计。" if of_total else "，请核对各数。"
    right = f"{total}{whole['unit']}"
    return Finding(
        kind="sum_mismatch",
        start=whole.start(),
        end=end,
        evidence=text[whole.start() : end],
        proposal=right if of_total else None,
        severity="error",
        reason=reason,
        candidates=() if of_total else (right,),
    )


def _share_mismatch(text: str, share: _Share, base: int) -> Finding:
    right = _rounded(share.count, base, share.stated)
    return Finding(
        kind="share_mismatch",
        start=share.start,
        end=share.end,
        evidence=text[share.start : share.end],
        proposal=f"{right}{text[share.end - 1]}",
        severity="error",
        reason=f"{share.count}占{base}的比例应为{right}%，请核对。",
    )


def _check_parts(text: str) -> Iterator[Finding]:
    """其中: parts may be fewer than the whole, never more."""
    if "其中" not in text:
        return
    for match in _PARTS.finditer(text):
        counts = [int(count) for count in _PART.findall(_list(match["parts"]))]
        whole, total = int(match["whole"]), sum(counts)
        if total > whole and len(counts) > 1:
            end = match.end("unit")
            added = "+".join(str(count) for count in counts)
            yield Finding(
                kind="sum_mismatch",
                start=match.start(),
                end=end,
                evidence=text[match.start() : end],
                severity="error",
                reason=f"其中各项相加 {added}={total}，多于总数{whole}，请核对各数。",
            )


def _list(parts: str) -> str:
    """A list divided by commas ends where a semicolon begins the next clause (…；结转7件)."""
    first = re.search(r"[，,、；;]", parts)
    if first is None or first[0] in "；;":
        return parts
    return re.split("[；;]", parts, maxsplit=1)[0]
