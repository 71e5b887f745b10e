"""Advertising words and foreign hosts that do not belong into an official text."""

import re
from collections.abc import Iterator, Mapping

from gongkai.backends.scanners.marking import from_match
from gongkai.ports import NOTHING_KNOWN, Known
from gongkai.text.ad_words import STRONG, alternation
from gongkai.text.finding import Finding
from gongkai.text.replaced_names import replaced_names

_AD = re.compile(alternation(STRONG), re.IGNORECASE)
_HOST = re.compile(
    r"(?:https?://|ftp://|(?<![A-Za-z0-9@.-])www\.)[A-Za-z0-9.-]{1,253}[A-Za-z0-9._~:/?#@!$&*+,;=%-]{0,500}",
    re.IGNORECASE,
)
_NAME = re.compile(r"^(?:[a-z]+://)?(?:[^@/]*@)?([A-Za-z0-9.-]+)", re.IGNORECASE)


class SpamScanner:
    """Finds advertising words outside what `damage` reports already, and links to other hosts."""

    name = "spam"

    def scan(self, fields: Mapping[str, str], *, known: Known = NOTHING_KNOWN) -> list[Finding]:
        return [
            finding
            for field, text in fields.items()
            for finding in sorted(
                [*_ads(field, text), *_hosts(field, text, known)], key=lambda f: f.start
            )
        ]


def _ads(field: str, text: str) -> Iterator[Finding]:
    matches = list(_AD.finditer(text))
    if not matches:
        return
    reported = replaced_names(text)
    for match in matches:
        if not any(match.start() < f.end and f.start < match.end() for f in reported):
            yield from_match(
                match,
                field=field,
                kind="spam_word",
                reason="含有广告常用词，请核对是否为被插入的内容。",
                severity="error",
            )


def _hosts(field: str, text: str, known: Known) -> Iterator[Finding]:
    for match in _HOST.finditer(text):
        name = _NAME.match(match.group())
        host = name.group(1).lower().rstrip(".") if name else ""
        if host.endswith(".gov.cn") or host == "gov.cn" or _is_known(host, known.hosts):
            continue
        yield from_match(
            match,
            field=field,
            kind="foreign_host",
            reason=f"链接指向非政府网站{host}，请核对是否应当保留。",
        )


def _is_known(host: str, hosts: tuple[str, ...]) -> bool:
    return any(host == known or host.endswith("." + known) for known in hosts)
