"""Chinese words for the codes of a request: channels, applicants, forms of giving, outcomes."""

from __future__ import annotations

from gongkai.law.applications import ApplicantKind
from gongkai.law.letters import LETTERS
from gongkai.law.receipt import Channel
from gongkai.law.replies import BY_KEY
from gongkai.law.service import Way

CHANNELS = {channel.value: channel.label for channel in Channel}
# What staff take down; over the net the applicant files it himself.
TAKEN_DOWN = tuple((c.value, c.label) for c in Channel if c is not Channel.WEB)
APPLICANTS = {kind.value: kind.label for kind in ApplicantKind}
GIVEN_AS = {
    "paper": "纸质",
    "electronic": "电子文件",
    "disc": "光盘等存储介质",
    "inspect": "现场查阅、抄录",
}
GIVEN_BY = {
    "post": "邮寄",
    "email": "电子邮件",
    "pickup": "自行领取",
    "fax": "传真",
    "online": "网上获取",
}
IDENTITY_KINDS = (
    "居民身份证",
    "护照",
    "港澳居民来往内地通行证",
    "台湾居民来往大陆通行证",
    "统一社会信用代码证",
    "其他证件",
)
WAYS = {way.value: way.label for way in Way}


def channel(key: str) -> str:
    """A channel's name; the key itself where unknown."""
    return CHANNELS.get(key, key)


def applicant(key: str) -> str:
    """A kind of applicant; natural persons and the five kinds of organisations."""
    return APPLICANTS.get(key, key)


def letter(key: str) -> str:
    """A letter's name."""
    return LETTERS[key].label if key in LETTERS else key


def outcome(key: str) -> str:
    """An outcome's name."""
    return BY_KEY[key].label if key in BY_KEY else key


def given(keys: str, words: dict[str, str]) -> str:
    """Several keys joined by commas, in words."""
    return "、".join(words.get(key.strip(), key.strip()) for key in keys.split(",") if key.strip())


def masked(number: str) -> str:
    """An identity number with only its ends: enough to compare with a document on the table."""
    plain = number.strip()
    if len(plain) <= 7:
        return "*" * len(plain)
    return plain[:3] + "*" * (len(plain) - 7) + plain[-4:]
