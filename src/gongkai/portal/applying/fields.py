"""The fields of the application form: what the law of the day lists, in plain words.

`law.applications.form_fields` decides which parts stand there and which are needed; each part is
asked for by one or more plain fields. What the law does not list is offered, never demanded.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from gongkai.law.applications import ApplicantKind, Demand, form_fields
from gongkai.law.model import Law

AS = {
    "electronic": "电子文件",
    "paper": "纸质",
    "disc": "光盘等存储介质",
    "inspect": "现场查阅、抄录",
}
BY = {
    "online": "在本网站下载",
    "email": "电子邮件",
    "post": "邮寄",
    "pickup": "自行领取",
    "fax": "传真",
}
IDENTITY_KINDS = (
    "居民身份证",
    "护照",
    "港澳居民来往内地通行证",
    "台湾居民来往大陆通行证",
    "统一社会信用代码证",
    "其他证件",
)
NATURAL = ApplicantKind.NATURAL.value


@dataclass(frozen=True, slots=True)
class Field:
    """One field: how it is asked (`text`, `area`, `radio`, `select`, `file`), its words, bounds."""

    name: str
    label: str
    hint: str = ""
    how: str = "text"
    most: int = 200
    choices: tuple[tuple[str, str], ...] = ()
    optional: bool = True
    fill: str = ""
    type: str = "text"


@dataclass(frozen=True, slots=True)
class Group:
    """Fields under one heading, and the article that lists them."""

    key: str
    label: str
    hint: str
    fields: tuple[Field, ...]
    basis: str = ""


def _words(given: dict[str, str]) -> tuple[tuple[str, str], ...]:
    return tuple(given.items())


KINDS = tuple(
    (kind.value, "自然人" if kind is ApplicantKind.NATURAL else f"单位：{kind.label}")
    for kind in ApplicantKind
)
DESCRIBED = (
    Field("subject", "信息的名称", "例如：梅花街改造工程施工合同", most=300),
    Field("document_number", "文号", "知道的话请填写，例如：云商字〔2026〕7号", most=120),
    Field(
        "description",
        "其他便于查询的特征",
        "时间、地点、项目、制作机关等，写得越具体越容易找到。一份申请请只写一件事。",
        "area",
        4000,
    ),
)
_NAMED = (
    Field("kind", "申请人类型", how="radio", choices=KINDS, optional=False),
    Field("name", "姓名或者名称", "单位请写全称", most=120, optional=False, fill="name"),
    Field("representative", "法定代表人或者负责人", "单位填写", most=60),
    Field("contact_name", "联系人", "单位填写", most=60),
)
_IDENTIFIED = (
    Field(
        "identity_kind",
        "证件类型",
        how="select",
        choices=tuple((kind, kind) for kind in IDENTITY_KINDS),
    ),
    Field("identity_number", "证件号码", "单位填写统一社会信用代码", most=60),
    Field(
        "identity",
        "身份证明的照片或者扫描件",
        "PDF、JPG或PNG，每个不超过20MB。只给承办人员核对，每次查看都有记录。",
        "file",
    ),
)
_REACHED = (
    Field("phone", "联系电话", most=40, fill="tel", type="tel"),
    Field("email", "电子邮箱", most=120, fill="email", type="email"),
    Field("address", "通信地址", "要求邮寄的请填写", most=200, fill="street-address"),
    Field("postcode", "邮政编码", most=10, fill="postal-code"),
    Field("agent", "代理人", "委托他人办理的填写，并在“其他材料”中附上委托书", most=60),
)
_GIVEN = (
    Field("provided_as", "希望得到的形式", how="radio", choices=_words(AS), optional=False),
    Field("provided_by", "希望的获取途径", how="radio", choices=_words(BY), optional=False),
)
_HELPED = (
    Field(
        "assistance",
        "阅读有困难，或者有视听障碍，需要什么帮助",
        "例如：请用大字打印；请电话读给我听。本机关会提供必要的帮助。",
        "area",
        500,
    ),
)
_PURPOSE = (Field("purpose", "用途", how="area", most=1000),)
# Part of the law's form → heading, hint, fields.
_PARTS: dict[str, tuple[str, str, tuple[Field, ...]]] = {
    "description": ("需要的政府信息", "下面三项至少填写一项。", DESCRIBED),
    "form_wanted": ("形式和获取途径", "", _GIVEN),
    "name": ("申请人", "", _NAMED),
    "identity": ("身份证明", "填写证件号码，或者上传证件的照片、扫描件。", _IDENTIFIED),
    "contact": ("联系方式", "电话、邮箱、地址至少填写一项，用来确认收到和送达答复。", _REACHED),
    "assistance": ("需要的帮助", "", _HELPED),
    "purpose": ("用途", "", _PURPOSE),
}
_ORDER = ("description", "form_wanted", "name", "identity", "contact", "assistance", "purpose")
RECTIFY = Field(
    "rectify",
    "申请的种类",
    "与您自身有关的信息记录不准确、要求更正的，请写明哪里不对，并在“其他材料”中附上证据。",
    "radio",
    choices=(("", "获取信息"), ("1", "更正与我自身有关的信息")),
)
PAPERS = Field("files", "其他材料", "委托书、说明等，没有可以不传。", "file")
# The field beside which a part that is missing is told.
FIRST = {
    "name": "name",
    "identity": "identity_number",
    "contact": "phone",
    "description": "subject",
    "form_wanted": "provided_as",
    "purpose": "purpose",
}


def groups(law: Law) -> tuple[Group, ...]:
    """The form under this law, in the order people fill it in; identity only where demanded."""
    listed = {
        field.key: field
        for field in form_fields(law)
        if field.demand not in (Demand.OWN_RECORDS, Demand.ALLOWED)
    }
    made = []
    for key in _ORDER:
        if key in listed:
            label, hint, fields = _PARTS[key]
            made.append(Group(key, label, hint, fields, str(listed[key].cite)))
    return (*made, Group("papers", "其他材料", "", (RECTIFY, PAPERS)))


def words() -> Iterator[str]:
    """Every word of the form, for the catalog of the other language."""
    for label, hint, fields in _PARTS.values():
        yield from filter(None, (label, hint))
        yield from _words_of(fields)
    yield from _words_of((RECTIFY, PAPERS))


def _words_of(fields: Iterable[Field]) -> Iterator[str]:
    for each in fields:
        yield from filter(None, (each.label, each.hint, *(label for _key, label in each.choices)))


def names(law: Law) -> list[Field]:
    """Every field of the form."""
    return [field for group in groups(law) for field in group.fields]
