"""Marks of secrecy and of internal papers left in a text that is to be published."""

import re
from collections.abc import Mapping

from gongkai.backends.scanners.marking import from_match
from gongkai.ports import NOTHING_KNOWN, Known
from gongkai.text.finding import Finding, Severity

# A level is a mark when it stands alone on its line, is followed by ★ and a term, or is named as
# the level of the paper; 国家秘密 and 商业秘密 in running prose are not.
_LEVEL = r"(?:绝\s?密|机\s?密|秘\s?密)"
_TERM = r"(?:\s?[★☆*＊]\s?(?:\d{1,2}\s?年|\d{1,2}\s?个月|长期|\d{4}[年.-]\d{1,2}[^\n]{0,6})?)"
_RULES: tuple[tuple[str, re.Pattern[str], Severity, str], ...] = (
    (
        "secrecy_mark",
        re.compile(
            rf"{_LEVEL}{_TERM}|(?m:^[ \t\u3000]*{_LEVEL}[ \t\u3000]*$)|密\s?级\s?[:：]\s?{_LEVEL}"
        ),
        "error",
        "带有国家秘密标志。未解密的不得公开；请先核对密级和解密情况。",
    ),
    (
        "internal_mark",
        re.compile(
            r"内部(?:资料|文件|材料|刊物)|内部使用|仅供内部|内部传阅|注意保存|不得外传|不得公开"
            r"|请勿外传|严禁外传|阅后(?:退回|即焚|收回)|不予公开(?=[）)〕\]])"
        ),
        "warning",
        "带有内部文件标志，请核对能否公开。",
    ),
    (
        "work_secret",
        re.compile(r"工作秘密|敏感信息"),
        "warning",
        "提到工作秘密或敏感信息，请核对能否公开（《保守国家秘密法》第六十四条）。",
    ),
)


class MarkScanner:
    """Finds secrecy marks and internal marks; each wants an answer."""

    name = "marks"

    def scan(self, fields: Mapping[str, str], *, known: Known = NOTHING_KNOWN) -> list[Finding]:
        found = [
            from_match(match, field=field, kind=kind, reason=reason, severity=severity)
            for field, text in fields.items()
            for kind, pattern, severity, reason in _RULES
            for match in pattern.finditer(text)
        ]
        order = {field: place for place, field in enumerate(fields)}
        return sorted(found, key=lambda f: (order[f.field], f.start))
