"""Garbled text: wrong decoding, lost bytes, inserted readings, invisible characters, entities."""

import html
import re
from collections.abc import Iterator
from typing import Final

from gongkai.text.finding import Finding, Severity
from gongkai.text.normalise import INVISIBLE
from gongkai.text.tokens import HAN
from gongkai.text.traditional import SIMPLIFIED

_READING: Final = re.compile(
    rf"(?P<char>[{HAN}])[(（](?P<reading>[a-zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜüńňǹɡ]{{1,7}})[)）]"
)
_TONES: Final = re.compile("[āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ]")
_LOST: Final = re.compile(rf"(?:(?<=[{HAN}])|^)\?{{2,}}(?=[{HAN}])|\ufffd+", re.MULTILINE)
_FAMOUS: Final = re.compile("(?:锟斤拷)+锟?斤?|(?:烫烫){2,}烫?|(?:屯屯){2,}屯?|(?:ï¿½)+")
_WIDE_RUN: Final = re.compile(r"[^\x00-\x7f]{3,}")
_UTF8_CHINESE: Final = re.compile(rb"(?:[\xe3-\xe9][\x80-\xbf]{2}|\xef[\xbc\xbd][\x80-\xbf]){2,}")
_LATIN_RUN: Final = re.compile(
    "[\u0080-\u00ff\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192"
    "\u02c6\u02dc\u2013-\u203a\u20ac\u2122]{4,}"
)
_INVISIBLE: Final = re.compile(f"[{''.join(sorted(INVISIBLE))}]+")
_PRIVATE: Final = re.compile("[\ue000-\uf8ff]+")
_ENTITY: Final = re.compile(r"&(?:#\d{2,6}|#x[0-9a-fA-F]{2,5}|[a-zA-Z]{2,8}\d?);")
_DOUBTFUL: Final = frozenset("乾")
"""乾县, 乾隆 stay, 乾净 does not: a person decides."""
_TRADITIONAL_SHARE: Final = 0.04
_TRADITIONAL: Final = re.compile(f"[{''.join(c for c in SIMPLIFIED if c <= chr(0xFFFF))}]")
_HAN: Final = re.compile(f"[{HAN}]")
_RARE: Final = re.compile("[\U00010000-\U0010ffff]")


def garbled(text: str) -> list[Finding]:
    """Everything garbled in a text, in order of place."""
    found = [*_readings(text), *_wrong_decoding(text), *_signs(text), *_traditional(text)]
    return sorted(found, key=lambda finding: (finding.start, finding.end))


def _one(
    text: str,
    span: tuple[int, int],
    kind: str,
    reason: str,
    *,
    proposal: str | None = None,
    severity: Severity = "error",
) -> Finding:
    start, end = span
    return Finding(
        kind=kind,
        start=start,
        end=end,
        evidence=text[start:end],
        proposal=proposal,
        severity=severity,
        reason=reason,
    )


def _readings(text: str) -> Iterator[Finding]:
    """關(guān) -> 关: a traditional character with its reading pushed in behind it.

    A rare character explained to the reader (垚（yáo）) is left alone unless the text does so
    again and again.
    """
    if _TONES.search(text) is None:
        return
    matches = [m for m in _READING.finditer(text) if _TONES.search(m["reading"])]
    many = len(matches) >= 3
    for match in matches:
        simplified = SIMPLIFIED.get(match["char"])
        if simplified is None and not many:
            continue
        proposal = simplified or match["char"]
        reason = f"字后被插入了读音，原文疑为“{proposal}”，请对照原件确认。"
        yield _one(text, match.span(), "inserted_reading", reason, proposal=proposal)


def _traditional(text: str) -> Iterator[Finding]:
    """One finding for a text turned into traditional characters as a whole."""
    # One class for all would be slow: the characters beyond the first plane make it a list.
    if _RARE.search(text) is None and len(_TRADITIONAL.findall(text)) < 5:
        return
    places = [index for index, char in enumerate(text) if char in SIMPLIFIED]
    if len(places) >= 5 and len(places) >= len(_HAN.findall(text)) * _TRADITIONAL_SHARE:
        span = places[0], _with_reading(text, places[-1] + 1)
        doubtful = sorted({char for char in text[span[0] : span[1]] if char in _DOUBTFUL})
        reason = f"文中有{len(places)}个繁体字，疑被整体转换，请对照原件确认。"
        if doubtful:
            reason += f"其中“{'、'.join(doubtful)}”不止一种简体写法，请人工改正。"
        proposal = None if doubtful else _simplified(text[slice(*span)])
        yield _one(text, span, "traditional_script", reason, proposal=proposal, severity="warning")


def _with_reading(text: str, end: int) -> int:
    match = _READING.match(text, end - 1)
    return match.end() if match and _TONES.search(match["reading"]) else end


def _simplified(text: str) -> str:
    """Simplified characters, without the readings pushed in behind traditional ones."""
    plain = _READING.sub(
        lambda m: (
            m["char"] if m["char"] in SIMPLIFIED and _TONES.search(m["reading"]) else m.group()
        ),
        text,
    )
    return "".join(SIMPLIFIED.get(char, char) for char in plain)


def _wrong_decoding(text: str) -> Iterator[Finding]:
    for match in _FAMOUS.finditer(text):
        yield _one(text, match.span(), "mojibake", "文字因编码错误丢失，请对照原件重新录入。")
    for start, end, proposal in (*_utf8_read_as_gbk(text), *_bytes_read_as_latin(text)):
        reason = f"文字以错误编码读出，原文疑为“{proposal[:40]}”，请对照原件确认。"
        yield _one(text, (start, end), "mojibake", reason, proposal=proposal)


def _utf8_read_as_gbk(text: str) -> Iterator[tuple[int, int, str]]:
    """鏀垮簻淇℃伅 -> 政府信息. Written as GBK again, such text is valid UTF-8.

    Sound prose is so only by accident: four characters in a row do not happen, nor does a run
    that is valid from end to end.
    """
    # What a run holds the whole text holds: most texts need no look at their runs.
    if _UTF8_CHINESE.search(text.encode("gb18030", "replace")) is None:
        return
    for run in _WIDE_RUN.finditer(text):
        raw = run.group().encode("gb18030", "replace")
        for match in _UTF8_CHINESE.finditer(raw):
            whole = match.span() == (0, len(raw))
            start = run.start() + len(raw[: match.start()].decode("gb18030", "ignore"))
            for proposal in _shorter(match.group().decode("utf-8")):
                written = proposal.encode("utf-8")
                end = start + len(written.decode("gb18030", "ignore"))
                least = 2 if whole and len(written) == len(raw) else 4
                if text[start:end].encode("gb18030", "replace") != written:
                    continue  # the cut falls inside a character of the text
                if len(proposal) >= least and _is_chinese(proposal, least=2):
                    yield start, end, proposal
                    break


def _shorter(text: str) -> Iterator[str]:
    """The text, and what is left of it when one or two last characters go."""
    for cut in range(min(3, len(text))):
        yield text[: len(text) - cut]


def _bytes_read_as_latin(text: str) -> Iterator[tuple[int, int, str]]:
    """æ”¿åºœ -> 政府 and ÕþÎñ -> 政务."""
    for run in _LATIN_RUN.finditer(text):
        if not re.search("[\u00a1-\u00ff]", run.group()):
            continue
        raw = b"".join(_latin_byte(char) for char in run.group())
        for codec in ("utf-8", "gb18030"):
            try:
                found = raw.decode(codec)
            except UnicodeDecodeError:
                continue
            if _is_chinese(found, least=2):
                yield run.start(), run.end(), found
                break


def _latin_byte(char: str) -> bytes:
    try:
        return char.encode("cp1252")
    except UnicodeEncodeError:
        return char.encode("latin-1", "replace")


def _is_chinese(text: str, *, least: int) -> bool:
    common = re.findall("[\u4e00-\u9fff]", text)
    marks = re.findall("[\u3000-\u303f\uff00-\uffef\u2010-\u2026A-Za-z0-9]", text)
    return len(common) >= least and len(common) + len(marks) == len(text)


def _signs(text: str) -> Iterator[Finding]:
    lost = "??" in text or "\ufffd" in text
    for match in _LOST.finditer(text) if lost else ():
        yield _one(text, match.span(), "lost_characters", "这里有文字丢失，请对照原件补上。")
    for match in _INVISIBLE.finditer(text):
        reason = "这里有看不见的字符，会妨碍检索和比对，请删除。"
        yield _one(
            text, match.span(), "invisible_character", reason, proposal="", severity="warning"
        )
    for match in _PRIVATE.finditer(text):
        reason = "这里有只在个别电脑上能显示的自造字，请换成标准字。"
        yield _one(text, match.span(), "private_character", reason, severity="warning")
    for match in _ENTITY.finditer(text):
        char = html.unescape(match.group())
        if char != match.group():
            reason = f"这里留有网页代码，应为字符 {char} 。"
            yield _one(text, match.span(), "html_entity", reason, proposal=char, severity="warning")
