"""What old lists are known to suffer from: cut titles, numbers left in the body, empty bodies."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from gongkai.inventory.field_checks import field_findings
from gongkai.inventory.paper import Span
from gongkai.inventory.signing import signing_findings
from gongkai.law import document_number
from gongkai.text.finding import Finding

_CUT = re.compile(r"\s*(?:\.{2,}|…+)\s*$")
# The word that ends the title of a paper (国办发〔2012〕14号 second chapter: 文种).
_KIND = (
    "决议|决定|命令|公报|公告|通告|意见|通知|通报|报告|请示|批复|议案|函|纪要"
    "|办法|规定|细则|方案|名单"
)
# 的通知 ends a title also where the addressee follows at once; inside 《》 it does not.
_ENDED = re.compile(
    rf"[^\n。]{{0,120}}?(?:的(?:{_KIND})(?![》〉”])|(?:{_KIND})(?![》〉”\u4e00-\u9fff]))"
)
_TITLE_END = re.compile(rf"的(?:{_KIND})$")
_CITED = re.compile(r"[)）]\s*(?:要求|精神|规定|文件|和|及|、)")
LEAD = 300
SHORTEST = 8
TAIL = 16


def suspicions(fields: Mapping[str, str], spans: Mapping[str, Span]) -> list[Finding]:
    """Findings for one paper; places are in its source."""
    return [
        *_cut_title(fields, spans),
        *_number_in_text(fields, spans),
        *_no_text(fields),
        *field_findings(fields, spans),
        *signing_findings(fields, spans),
    ]


def _cut_title(fields: Mapping[str, str], spans: Mapping[str, Span]) -> Iterator[Finding]:
    title = fields.get("title", "")
    cut = _CUT.search(title)
    span = spans.get("title")
    if cut is None or span is None or not title[: cut.start()].strip():
        return
    whole = _whole_title(title[: cut.start()], fields.get("text", ""))
    reason = f"标题被截断，正文里的全称疑为“{whole}”" if whole else "标题被截断，请补全"
    yield Finding(
        kind="cut_title",
        start=span.start,
        end=span.start + len(title.rstrip()),
        evidence=title.rstrip(),
        proposal=whole,
        reason=f"{reason}，请对照原件确认。"[:300],
    )


def _whole_title(begun: str, text: str) -> str | None:
    """The title as the body goes on with it, where its beginning stands there word for word."""
    words = re.sub(r"\s+", "", begun)
    if len(words) < SHORTEST:
        return None
    # The whole beginning, else its end: a text may name only what the title goes on with.
    for part in (words, words[-TAIL:] if len(words) > TAIL else ""):
        begun_in_text = re.search(r"\s*".join(map(re.escape, part)), text) if part else None
        rest = _ENDED.match(text, begun_in_text.end()) if begun_in_text is not None else None
        if rest is not None:
            return words + re.sub(r"\s+", "", rest.group())
    return None


def _number_in_text(fields: Mapping[str, str], spans: Mapping[str, Span]) -> Iterator[Finding]:
    """A paper's own number stands at the head of its body; cited ones come later."""
    if fields.get("document_number", "").strip() or "text" not in spans:
        return
    head = fields.get("text", "")[:LEAD]
    for start, end, number in document_number.find(head):
        if not _is_own_number(head, start, end):
            return
        shift = spans["text"].start
        yield Finding(
            kind="unfilled_document_number",
            start=shift + start,
            end=shift + end,
            evidence=head[start:end],
            proposal=number.printed,
            severity="info",
            reason=f"正文开头有“{number.printed}”，文号栏是空的，请核对后填写。",
            target="document_number",
        )
        return


def _is_own_number(head: str, start: int, end: int) -> bool:
    """Not one in brackets behind the name of a paper that is cited; behind the own title it may."""
    before = head[:start].rstrip()
    if not before.endswith(("（", "(", "《", "》")):
        return True
    title = re.sub(r"\s+", "", before[:-1])
    if before[-1] in "《》" or re.search("[。；，,]", title) or _CITED.match(head, end):
        return False
    return not title or _TITLE_END.search(title) is not None


def _no_text(fields: Mapping[str, str]) -> Iterator[Finding]:
    if "text" in fields and not fields["text"].strip():
        reason = "没有正文，可能只有附件，请核对来源。"
        yield Finding(kind="no_text", start=0, end=0, evidence="", severity="info", reason=reason)
