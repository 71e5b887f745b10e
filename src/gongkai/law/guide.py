"""What the guide to disclosure (公开指南) must hold, per decree, and the check for it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from gongkai.law.cite import Cite
from gongkai.law.model import Law


@dataclass(frozen=True, slots=True)
class GuideItem:
    """One thing the guide tells; `required` by the decree, else good practice."""

    key: str
    label: str
    required: bool
    cite: Cite


@dataclass(frozen=True, slots=True)
class Gap:
    """Something missing or wrong in a guide or a catalog entry, with the sentence to read.

    `blocking` gaps must be closed before publication; the others are advice.
    """

    key: str
    label: str
    sentence: str
    basis: str
    blocking: bool = True


_COMMON = (
    ("classification", "政府信息的分类"),
    ("arrangement", "编排体系"),
    ("ways_of_access", "获取方式"),
    ("office_name", "政府信息公开工作机构的名称"),
    ("office_address", "办公地址"),
    ("office_hours", "办公时间"),
    ("phone", "联系电话"),
    ("fax", "传真号码"),
)
_LAST = {
    "decree_492_2007": ("email", "电子邮箱", Cite("decree_492_2007", "19", "memory")),
    "decree_711_2019": ("online_contact", "互联网联系方式", Cite("decree_711_2019", "12")),
}
_ADVISED = (
    ("channels", "接收申请的渠道及其使用条件", Cite("channels_2017_19")),
    ("scope", "主动公开的范围", Cite("local_practice")),
    ("forms", "公开形式", Cite("local_practice")),
    ("time_limits", "公开时限", Cite("local_practice")),
    ("on_request", "依申请公开的办理程序", Cite("local_practice")),
    ("supervision", "监督和救济方式", Cite("local_practice")),
)


def guide_items(law: Law) -> tuple[GuideItem, ...]:
    """The items of the guide under this law: the nine required ones, then the advised ones."""
    key, label, cite = _LAST[law.key]
    required = [GuideItem(k, text, True, cite) for k, text in (*_COMMON, (key, label))]
    return (*required, *(GuideItem(k, text, False, c) for k, text, c in _ADVISED))


def check_guide(given: Mapping[str, str], *, law: Law) -> tuple[Gap, ...]:
    """The gaps of a guide whose texts are `given` by item key; blank text counts as missing.

    2019 Art. 12, 2007 Art. 19. No blocking gap means that the guide is complete by law.
    """
    return tuple(
        Gap(
            item.key,
            item.label,
            f"指南{'缺少' if item.required else '宜写明'}“{item.label}”，请补充。",
            str(item.cite),
            item.required,
        )
        for item in guide_items(law)
        if not given.get(item.key, "").strip()
    )
