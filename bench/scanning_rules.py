"""The rules of the scan as plain patterns, and texts with items at known places."""

from __future__ import annotations

import random
from dataclasses import dataclass
from pathlib import Path

import gongkai.project.demo as demo
from gongkai.backends.scanners.triggers import (
    DRAFTS,
    PLATE_PLACES,
    SURNAMES,
    WHO,
    WORK_SECRETS,
)

_D = "[0-9０-９]"
_GAP = "[ \\t\\n.·–—-]{0,2}"
_LEVEL = "(?:绝\\s?密|机\\s?密|秘\\s?密)"
_HAN = "[\\x{4e00}-\\x{9fff}]"
# What the scanners look for, as patterns without look-around: with the separators, full-width
# digits and surnames that their own rules know. (They also know traditional characters and
# invisible ones, which no engine here is asked for.)
RULES = {
    "identity_card": f"{_D}(?:{_GAP}{_D}){{16}}{_GAP}[0-9xX０-９]",
    "bank_card": _GAP.join([f"{_D}{{4}}"] * 4) + f"{_GAP}{_D}{{0,3}}",
    "mobile": f"[1１][3-9３-９]{_D}{_GAP}{_D}{{4}}{_GAP}{_D}{{4}}",
    "email": "[a-zA-Z0-9][a-zA-Z0-9._%+-]*@[a-zA-Z0-9.-]+\\.[a-zA-Z]{2,12}",
    "old_identity_card": f"{_D}(?:{_GAP}{_D}){{14}}",
    "passport": "(?:护照|通行证|台胞证|居留证)[^。;；\\n]{0,10}"
    "(?:[a-zA-Z]{1,2}[0-9]{7,10}|[0-9]{8,9})",
    "number_plate": f"[{PLATE_PLACES}][A-HJ-Za-hj-z][ ·•.]?[A-HJ-NP-Za-z0-9]{{5,6}}",
    "person_name": (
        f"(?:{'|'.join(WHO)})\\s*[:：为是]?\\s*[{SURNAMES}]{_HAN}{{1,2}}[\\s，。；、：（男女等]"
    ),
    "home_address": (
        "(?:住址|户籍|居住地|住所地)\\s*[:：为是]?\\s*[\\x{4e00}-\\x{9fff}0-9-]+[号室组户村栋]"
    ),
    "name_and_sex": f"[{SURNAMES}]{_HAN}{{1,2}}\\s*[,，(（]\\s*[男女][,，;；。、)）\\s]",
    "lives_at": f"(?:家住|[,，;；。、(（\\s]住)(?:{_HAN}|[0-9-])+[0-9](?:号|单元|室|组|栋|幢)",
    "dwelling": "[0-9a-z](?:号楼|号|栋|幢|座|弄)[0-9]{1,3}单元",
    "minor": (
        f"{_D}{{1,2}}周?岁|学籍号|(?:未成年(?:人|子女)|儿童)[{SURNAMES}](?:某{{1,2}}|[x*×]{{1,2}})"
    ),
    "health": (
        f"(?:确诊|诊断)(?:为|是|[:：]|患有?){_HAN}{{1,12}}(?:病|症|炎|癌|瘤|感染|阳性|结核|障碍)"
        "|(?:病历|住院|门诊|就诊卡)号\\s*[:：]?\\s*[a-z]{0,3}[0-9][0-9-]{3,19}"
    ),
    "work_secret": "|".join(WORK_SECRETS),
    "credentials": "(?:密码|口令)\\s*[:：为是]\\s*[!-~]{4,32}",
    "process_paper": f"[【(（](?:{'|'.join(DRAFTS)})[)）】]",
    "secrecy_mark": (
        f"{_LEVEL}\\s*[★☆*※]|(?:^|\\n)[ \\t#]*{_LEVEL}级?|密\\s?级\\s*[:：]\\s*{_LEVEL}"
    ),
    "internal_mark": (
        "(?:^|\\n)[ \\t#]*[【(（]?"
        "(?:(?:仅供|仅限)?内部(?:资料|文件|使用|参考|刊物|传阅|材料|事项|明电)"
        "|工作秘密|严禁外传|不得外传|请勿外传|会后收回|未经批准不得(?:转载|外传))"
    ),
    "disclosure_mark": "此件(?:不予?公开|不宜公开|依申请公开|删减后公开|不公开发布)",
}
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


@dataclass(frozen=True, slots=True)
class Document:
    """A text and the half-open places of what was put in."""

    text: str
    items: frozenset[tuple[int, int]]


def corpus(count: int, chance: random.Random) -> list[Document]:
    """Texts of some 2,000 characters; one in five holds up to three items, half a look-alike."""
    paragraphs = _paragraphs()
    return [_document(paragraphs, chance, chance.random() < 0.2) for _ in range(count)]


def _paragraphs() -> list[str]:
    folder = Path(demo.__file__).parent / "data"
    texts = [path.read_text("utf-8") for path in sorted(folder.rglob("*.txt"))]
    lines = {line.strip() for text in texts for line in text.splitlines()}
    return sorted(line for line in lines if 30 <= len(line) <= 400 and "@" not in line)


def _document(paragraphs: list[str], chance: random.Random, with_items: bool) -> Document:
    lines: list[tuple[str, str]] = []
    length = 0
    while length < 2000:
        line = chance.choice(paragraphs)
        lines.append((line, ""))
        length += len(line)
    if chance.random() < 0.5:
        lines.insert(chance.randrange(len(lines)), (_look_alike(chance), ""))
    for _ in range(chance.randint(1, 3) if with_items else 0):
        lines.insert(chance.randrange(len(lines)), _item(chance))
    text, items = "", set()
    for line, item in lines:
        if item:
            at = len(text) + line.index(item)
            items.add((at, at + len(item)))
        text += line + "\n"
    return Document(text, frozenset(items))


def _item(chance: random.Random) -> tuple[str, str]:
    card = _card(chance)
    mobile = f"13{chance.randrange(10**9):09d}"
    choices = [
        (f"补贴对象身份证号{card}，请核对。", card),
        (f"经办人手机：{mobile}。", mobile),
        ("申请人：李小明，", "李小明"),
        ("住址：某市某区幸福路12号3单元402室。", "某市某区幸福路12号3单元402室"),
        ("机密★三年", "机密★三年"),
        ("内部资料", "内部资料"),
        (f"联系邮箱zhang{chance.randrange(999)}@example.com。", ""),
    ]
    line, item = chance.choice(choices)
    if not item:
        item = line.removeprefix("联系邮箱").removesuffix("。")
    return line, item


def _look_alike(chance: random.Random) -> str:
    return chance.choice(
        [
            f"咨询电话010-{chance.randrange(10**7, 10**8)}。",
            f"总投资{chance.randrange(10**4, 10**6)}.{chance.randrange(10, 99)}万元。",
            f"截至{chance.randrange(2008, 2026)}年，涉及国家秘密的不予公开。",
            "统一社会信用代码91110108551385082Q。",
            f"流水号{chance.randrange(10**16, 10**17)}0000。",
            "申请人应当提交下列材料。",
        ]
    )


def _card(chance: random.Random) -> str:
    month, day = chance.randrange(1, 13), chance.randrange(1, 29)
    body = f"110109{chance.randrange(1950, 2005)}{month:02d}{day:02d}{chance.randrange(1000):03d}"
    total = sum(int(digit) * weight for digit, weight in zip(body, _WEIGHTS, strict=True))
    return body + "10X98765432"[total % 11]
