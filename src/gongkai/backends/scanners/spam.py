"""Words and links of advertisers, and hosts that do not belong into a government paper."""

import ipaddress
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import islice
from typing import Final

from gongkai.ports import NOTHING_KNOWN, Known
from gongkai.text.ad_words import BRAND, STRONG, alternation, speaking_lines
from gongkai.text.finding import Finding, Severity
from gongkai.text.hosts import is_government
from gongkai.text.replaced_names import replaced_names
from gongkai.text.spans import Taken

_NAME: Final = (
    r"(?:[a-z0-9.\-\u4e00-\u9fff]{1,80}\.(?:政务|公益|中国|公司|网络)|[a-z0-9][a-z0-9.\-]*)"
)
_URL: Final = re.compile(
    r"(?:(?:https?|ftp)://|(?<![a-z0-9@./-])(?=www\.[a-z0-9]))"
    rf"(?:[a-z0-9.%:_-]*@)?(?P<host>{_NAME})(?::\d+)?(?:[/?#][!#-&*-;=?-~]*)?",
    re.IGNORECASE,
)
_PORTAL: Final = re.compile(
    r"(?:(?:政府|政务|门户)网站?|政府信息公开(?:专栏|平台|网站?|目录)?|信息公开(?:专栏|平台|网站?)"
    r"|(?:本[局委厅办机关区县市]{1,2}|我[局委厅办区县市])(?:官方|门户)?网站?"
    r"|[局委厅办区县市]官(?:方)?网站?)[^。；;\n\u4e00-\u9fff]{0,6}(?:网址|地址)?[为是:：（(]{0,2}\s*$"
)
"""What says that the address behind it is the body's own or the government's."""
_WORD: Final = re.compile(
    rf"(?<![a-z0-9])(?:{BRAND})(?![a-z0-9])|{alternation(STRONG)}", re.IGNORECASE
)
MOST: Final = 500
"""Words named per field: a page made of them needs no longer list."""
NEAR: Final = 40
"""Characters within which a second word makes the first suspicious."""


class SpamScanner:
    """政府网站与政务新媒体检查指标 (2019): links to such content are a failing grade by themselves.

    ``hosts`` may be linked to besides government ones; what the caller knows is added to them.
    """

    name = "spam"

    def __init__(self, hosts: tuple[str, ...] | list[str] = ()) -> None:
        self._hosts = tuple(hosts)

    def scan(self, fields: Mapping[str, str], *, known: Known = NOTHING_KNOWN) -> list[Finding]:
        """A word alone is for information: law texts speak of betting too."""
        hosts = (*self._hosts, *known.hosts)
        found: list[Finding] = []
        for name, text in fields.items():
            here = [*_links(name, text, hosts), *_words(name, text)]
            found += sorted(here, key=lambda finding: finding.start)
        return found


def _links(field: str, text: str, hosts: tuple[str, ...]) -> Iterator[Finding]:
    for match in _URL.finditer(text):
        host = match["host"].strip(".").lower()
        if is_government(host, hosts):
            continue
        if _is_inside(host):
            kind, reason = "internal_host", "这是内部网络的地址，公众打不开，也不应公开，请删除。"
        elif _PORTAL.search(text, max(0, match.start() - 30), match.start()):
            yield _replaced(field, text, match.span("host"), hosts)
            continue
        else:
            kind, reason = "foreign_host", f"这里指向外部网站 {host}，请确认链接正当，否则删除。"
        severity: Severity = "error" if _WORD.search(host) else "warning"
        end = match.start() + len(match.group().rstrip(".,:;?!"))
        yield _finding(field, text, (match.start(), end), (kind, severity, reason))


def _replaced(field: str, text: str, span: tuple[int, int], hosts: tuple[str, ...]) -> Finding:
    """An address that is called the portal's and is not; the body's own where there is but one."""
    proposal = hosts[0] if len(hosts) == 1 else None
    said = f"，应为 {proposal}" if proposal else ""
    reason = f"这里写作政府网站，网址却是外部的 {text[slice(*span)]}{said}，请对照原件确认。"
    found = _finding(field, text, span, ("replaced_host", "error", reason[:300]))
    return replace(found, proposal=proposal)


def _is_inside(host: str) -> bool:
    if host == "localhost" or "." not in host:
        return True
    try:
        return ipaddress.ip_address(host).is_private
    except ValueError:
        return False


def _words(field: str, text: str) -> Iterator[Finding]:
    lines = list(speaking_lines(text))
    if not lines:
        return
    taken = Taken((f.start, f.end) for f in replaced_names(text))  # the damage scanner's
    words = (match for start, end in lines for match in _WORD.finditer(text, start, end))
    matches = list(islice((m for m in words if not taken.meets(*m.span())), MOST))
    for number, match in enumerate(matches):
        beside = matches[max(0, number - 3) : number + 4]
        near = {
            other.group().lower() for other in beside if abs(other.start() - match.start()) <= NEAR
        }
        severity: Severity = "warning" if len(near) > 1 or field == "title" else "info"
        reason = "这里有广告或不良信息常用词，请确认是正文应有的内容。"
        yield _finding(field, text, match.span(), ("spam_word", severity, reason))


def _finding(
    field: str, text: str, span: tuple[int, int], said: tuple[str, Severity, str]
) -> Finding:
    (start, end), (kind, severity, reason) = span, said
    return Finding(
        kind=kind,
        field=field,
        start=start,
        end=end,
        evidence=text[start:end],
        severity=severity,
        reason=reason,
    )
