"""Signs of a person that no check digit proves: names, homes, cars, papers, children, illness.

All are warnings for the reviewer (《条例》 Art. 15; 个人信息保护法 Art. 28): a name in a paper
is often rightly public, and only a person can tell.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from gongkai.backends.scanners.prefilter import Piece
from gongkai.backends.scanners.signs import is_free, told
from gongkai.backends.scanners.triggers import (
    PEOPLE,
    PLATE_PLACES,
    PREFILTER,
    SURNAMES,
    WHO,
    WORDLIKE,
)
from gongkai.ports import NOTHING_KNOWN, Known
from gongkai.text.finding import Finding, Severity
from gongkai.text.normalise import fold_with_offsets

_DOUBLE: Final = "欧阳|上官|司马|诸葛|皇甫|尉迟|公孙|慕容|令狐|端木|东方|夏侯|司徒|长孙"
_NAME: Final = rf"(?:(?:{_DOUBLE})[\u4e00-\u9fff]{{1,2}}|[{SURNAMES}][\u4e00-\u9fff]{{1,2}})"
_WHO: Final = "|".join(WHO)
_HIDDEN: Final = re.compile("[某*×xX○〇]")
# 户籍 by itself is a matter (户籍管理, 户籍证明); with a word or colon behind it, a home.
_HOME: Final = (
    "(?:家庭|现|户籍|经常)?(?:住址|居住地|住所地)|户籍(?:地址|所在地|地|(?=[:：为是]))"
    "|现住(?:地址|址)?"
)
_ADULT: Final = 18
_PLACE: Final = r"[\u4e00-\u9fff0-9a-z\-—]"
# 住 that begins an everyday word (住房, 住建) says where nobody lives.
_LIVES: Final = "(?:家住|(?<=[,;。、(\\s])住(?![房建宅院所户宿校民处地]))(?:在|于)?"
_ILL: Final = "病|症|炎|癌|瘤|感染|阳性|结核|障碍"


@dataclass(frozen=True, slots=True)
class _Sign:
    """`pattern` marks with its group `at` what is found; `counts` may refuse a match.

    A match holds one of the words `of`: most pieces are told apart by them.
    """

    kind: str
    of: tuple[str, ...]
    pattern: re.Pattern[str]
    reason: str
    counts: Callable[[re.Match[str]], bool] = lambda _match: True
    severity: Severity = "warning"


def _is_young(match: re.Match[str]) -> bool:
    return int(match["years"]) < _ADULT


def _is_shown(match: re.Match[str]) -> bool:
    """A name already hidden (张某某) is none."""
    return _HIDDEN.search(match["at"]) is None


_HOME_REASON: Final = "这里写着个人住址，公开前请隐去，或说明可以公开的理由。"
_SIGNS: Final = (
    _Sign(
        "person_name",
        ("人", "者", "户主", "学生", "家长", "对象", "姓名"),
        re.compile(
            rf"(?:{_WHO})\s*(?:[:：为是]\s*|(?![{WORDLIKE}]))(?P<at>{_NAME})(?=[\s,，。;；、:：()（）]|男|女|等|$)"
        ),
        "这里写着当事人或其他个人的姓名，请确认依法可以公开，否则隐去。",
        _is_shown,
    ),
    # A name and the sex of its bearer: 张小明(男, 王强,女,
    _Sign(
        "person_name",
        ("男", "女"),
        re.compile(rf"(?<!关)(?P<at>{_NAME})\s*[,(]\s*[男女](?=[,;。、)\s]|$)"),
        "这里写着个人的姓名和性别，请确认依法可以公开，否则隐去。",
        _is_shown,
    ),
    _Sign(
        "home_address",
        ("住", "户籍"),
        re.compile(
            rf"(?:{_HOME})\s*[:：为是]?\s*"
            rf"(?P<at>{_PLACE}{{2,40}}(?:号楼|单元|号院|号|室|组|户|村|小区|栋|幢){_PLACE}{{0,12}})"
        ),
        _HOME_REASON,
    ),
    _Sign(
        "home_address",
        ("住",),
        re.compile(
            rf"{_LIVES}(?P<at>{_PLACE}{{2,40}}?[0-9](?:号楼|号院|号|单元|室|组|栋|幢){_PLACE}{{0,16}})"
        ),
        _HOME_REASON,
    ),
    # A dwelling in a house of many, whatever stands before it.
    _Sign(
        "home_address",
        ("单元",),
        re.compile(
            r"(?P<at>[\u4e00-\u9fff0-9a-z\-]{2,30}?[0-9a-z](?:号楼|号|栋|幢|座|弄)"
            r"[0-9]{1,3}单元(?:[0-9]{1,4}[室号户]?)?)"
        ),
        _HOME_REASON,
    ),
    _Sign(
        "passport",
        ("护照", "通行证", "台胞证", "居留证"),
        re.compile(
            r"(?:护照|通行证|台胞证|居留证)[^。;；\n]{0,10}?"
            r"(?P<at>(?<![a-z0-9])(?:[a-z]{1,2}[0-9]{7,10}|[0-9]{8,9})(?![0-9]))"
        ),
        "这里有护照或者通行证的号码，公开前请删除、遮盖，或说明可以公开的理由。",
    ),
    _Sign(
        "number_plate",
        ("",),
        re.compile(
            rf"(?P<at>[{PLATE_PLACES}][a-hj-z][ ·•.]?(?=[a-z0-9]{{0,5}}[0-9])[a-hj-np-z0-9]{{5,6}})"
            r"(?![a-z0-9])"
        ),
        "这里有车牌号，属于个人车辆的，公开前请遮盖。",
    ),
    _Sign(
        "minor",
        ("岁",),
        re.compile(
            r"(?<![0-9\-—~至到])(?P<at>(?P<years>[0-9]{1,2})周?岁)(?!(?:以上|以下|及以|至|到|—|-|的?(?:标准|上限)))"
        ),
        "这里提到未满十八周岁的人，请确认不会让人认出是谁。",
        _is_young,
    ),
    _Sign(
        "minor",
        ("未成年", "儿童"),
        re.compile(rf"(?:未成年(?:人|子女)|儿童)(?P<at>[{SURNAMES}](?:某{{1,2}}|[x*×]{{1,2}}))"),
        "这里提到某一个未成年人，请确认不会让人认出是谁。",
    ),
    _Sign(
        "minor",
        ("学籍号",),
        re.compile(r"(?P<at>学籍号\s*[:：]?\s*[a-z]?[0-9]{10,19})"),
        "这里有学籍号，公开前请删除、遮盖。",
    ),
    _Sign(
        "health",
        ("诊",),
        re.compile(
            rf"(?:确诊|诊断)(?:为|是|:|患有?)\s*(?!职业病)"
            rf"(?P<at>[\u4e00-\u9fff]{{1,12}}?(?:{_ILL}))"
        ),
        "这里写着个人的病情，属于敏感个人信息，公开前请隐去，或说明可以公开的理由。",
    ),
    _Sign(
        "health",
        ("号",),
        re.compile(r"(?P<at>(?:病历|住院|门诊|就诊卡)号\s*:?\s*[a-z]{0,3}[0-9][0-9\-]{3,19})"),
        "这里有病历、住院的号码，公开前请删除、遮盖。",
    ),
)


class PeopleScanner:
    """Names after words that say who somebody is, and what leads to a home or a child."""

    name = "people"

    def scan(self, fields: Mapping[str, str], *, known: Known = NOTHING_KNOWN) -> list[Finding]:
        """Warnings without a proposal: a person decides what may stay."""
        return [
            finding
            for name, text in fields.items()
            for piece in PREFILTER.pieces(text, PEOPLE)
            for finding in _scan(name, piece)
        ]


def _scan(field: str, piece: Piece) -> Iterator[Finding]:
    folded = fold_with_offsets(piece.text)
    found: list[tuple[int, int, _Sign]] = []
    for sign in _SIGNS:
        for word in sign.of:
            if word in folded.text:
                break
        else:
            continue
        for match in sign.pattern.finditer(folded.text):
            start, end = match.span("at")
            if is_free(start, end, found) and sign.counts(match):
                found.append((start, end, sign))
    yield from told(field, piece, folded, found)
