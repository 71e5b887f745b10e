"""The name of another place where a body's own should stand: 石岭区商务局 for 云岭区商务局.

A hijacked or badly copied paper may bear the name of a real place throughout, so that nothing
looks odd in any single sentence. It is told by the places where a paper names its maker: the
beginning of its title, the department responsible, the signature, and the organ in the running
text. At least two of them must name the same other place of the same rank, and none that signs
or heads the paper the own one. Papers of other organs are left in peace.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from gongkai.text.finding import Finding
from gongkai.text.tokens import HAN

MOST: Final = 200
LEAST_MENTIONS: Final = 2
_RANKS: Final = ({"区", "县", "旗"}, {"市"}, {"省"}, {"镇", "乡"}, {"州", "盟"})
_NO_NAME: Final = re.compile(r"关于|[的和与及在对为本全各该我请]|印发|转发|开展|做好|中华|国家")
_NO_PLACES: Final = frozenset(("城市", "社区", "地区", "城镇"))
_CHAIN: Final = rf"(?:[{HAN}]{{1,6}}?[省市区县旗州盟镇乡])+?"
_ORGAN: Final = (
    rf"[{HAN}]{{0,12}}?(?:[局厅委办]|政府|委员会|办公室|法院|检察院|大队|中心|办事处|管理处)"
)
# The organ a title begins with; what follows tells that it has ended.
_HEADS: Final = re.compile(
    rf"(?P<chain>{_CHAIN})(?P<organ>{_ORGAN})?(?=关于|印发|转发|办公室|\d|[《“（(]|$)"
)
_SIGNS: Final = re.compile(rf"(?P<chain>{_CHAIN})(?P<organ>{_ORGAN})")
_DATED: Final = re.compile(
    r"[\s(（]*(?:\d{2,4}年?\d{0,2}月?\d{0,2}日?|[〇零○一二三四五六七八九十]{2,4}年[一二三四五六七八九十]+月"
    r"[一二三四五六七八九十]+日)[\s)）]*$"
)
_PLACE: Final = re.compile(rf"[{HAN}]{{1,6}}?[省市区县旗州盟镇乡]")


@dataclass(frozen=True, slots=True)
class Own:
    """What is known of the body that takes a paper in; every part may be empty.

    ``place`` is 云岭区, ``organ`` the body's name 云岭区商务局, ``index_prefix`` what its index
    numbers begin with (11Y025/), ``letter_word`` what its document numbers do (云商).
    """

    place: str = ""
    organ: str = ""
    index_prefix: str = ""
    letter_word: str = ""


NOBODY: Final = Own()


@dataclass(frozen=True, slots=True)
class Maker:
    """Who made a paper, as one place of it says: the last place named, and the organ behind it."""

    place: str
    chain: str
    organ: str


def foreign_names(
    text: str, said: Mapping[str, str], own: Own, *, is_proven: bool, same_word: bool = False
) -> list[Finding]:
    """Every place in ``text`` where the foreign name stands, in order.

    ``said`` has ``title``, ``unit`` and ``body`` of the paper. ``is_proven`` tells that the
    paper's own numbers say it is the body's: then the own name is proposed. ``same_word`` tells
    that its document number bears the body's word: then a place of another rank counts too.
    Without proof only the body's own organ under another place is told, and nothing proposed.
    """
    if not own.place or own.place in said.get("title", ""):
        return []  # the common case, and the quickest
    foreign = _foreign(said, own, same_word=same_word)
    if foreign is None or not (is_proven or _same_organ(foreign, own)):
        return []
    return list(_findings(text, foreign, own, is_proven=is_proven))


def _foreign(said: Mapping[str, str], own: Own, *, same_word: bool) -> Maker | None:
    """The other place, if enough of the paper names it as its maker."""
    heads, signs = title_maker(said.get("title", "")), signature(said.get("body", ""))
    if any(maker is not None and own.place in maker.chain for maker in (heads, signs)):
        return None
    makers = [m for m in (heads, unit_maker(said.get("unit", "")), signs) if m is not None]
    counted = Counter(maker.place for maker in makers)
    if not counted:
        return None
    place, slots = counted.most_common(1)[0]
    maker = next(maker for maker in makers if maker.place == place)
    if not (_alike(place, own.place) or same_word):
        return None
    mentions = said.get("body", "").count(place + maker.organ) if maker.organ else 0
    return maker if slots + (mentions >= LEAST_MENTIONS) >= 2 else None


def _alike(one: str, other: str) -> bool:
    """Whether two places may be of one rank: an organ above is rightly of another."""
    return one != other and any({one[-1], other[-1]} <= rank for rank in _RANKS)


def _same_organ(maker: Maker, own: Own) -> bool:
    """Whether the other place's organ is called as the body is."""
    mine = own.organ.rpartition(own.place)[2] if own.place in own.organ else ""
    return bool(mine) and maker.organ == mine


def title_maker(title: str) -> Maker | None:
    """石岭区商务局关于…: the organ at the beginning of a title."""
    return _maker(_HEADS.match(title.strip()))


def unit_maker(unit: str) -> Maker | None:
    """The organ that a header names as responsible; its section may follow."""
    return _maker(_SIGNS.match(unit.strip()))


def signature(body: str) -> Maker | None:
    """The last organ that stands by itself at the end of a paper, before its date."""
    end = _DATED.sub("", body[-200:].rstrip())
    words = re.split(r"[\s\u3000]+|(?<=[。；;：:])", end.rstrip())
    return _maker(_SIGNS.fullmatch(words[-1])) if words and words[-1] else None


def _maker(match: re.Match[str] | None) -> Maker | None:
    if match is None:
        return None
    chain, organ = match["chain"], match["organ"] or ""
    while (lower := _SIGNS.fullmatch(organ)) and lower["chain"] not in _NO_PLACES:
        chain, organ = chain + lower["chain"], lower["organ"]
    last = _PLACE.findall(chain)[-1]
    if _NO_NAME.search(chain) or len(last) < 2:
        return None
    return Maker(last, chain, organ)


def _findings(text: str, foreign: Maker, own: Own, *, is_proven: bool) -> Iterator[Finding]:
    proposal = own.place if is_proven else None
    if is_proven:
        reason = (
            f"这份文件的编号是本机关的，文中却处处写作“{foreign.place}”，"
            f"原文疑为“{own.place}”，请对照原件确认。"
        )
    else:
        reason = (
            f"文件的制作机关写作“{foreign.chain}{foreign.organ}”，与“{own.organ}”不符："
            "可能是别处的文件，也可能地名被替换，请核对来源。"
        )
    for count, match in enumerate(re.finditer(re.escape(foreign.place), text)):
        if count >= (MOST if is_proven else 1):
            return  # a paper of another body is one question, not one for each place
        yield Finding(
            kind="foreign_name",
            start=match.start(),
            end=match.end(),
            evidence=foreign.place,
            proposal=proposal,
            severity="error" if is_proven else "warning",
            reason=reason[:300],
        )
