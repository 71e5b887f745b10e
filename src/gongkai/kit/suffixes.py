"""File formats named to people: the everyday ones, not every suffix a program knows."""

from collections.abc import Collection
from typing import Final

_EVERYDAY: Final = (
    ".docx", ".doc", ".wps", ".pdf", ".ofd", ".xlsx", ".xls", ".csv", ".html", ".txt", ".jpg",
    ".png", ".zip",
)  # fmt: skip


def unreadable(name: str, known: Collection[str]) -> str:
    """The sentence for a file none of whose readers is at hand; `known` are their suffixes."""
    usual = [suffix for suffix in _EVERYDAY if suffix in known] or sorted(known)
    rest = "等" if len(usual) < len(known) else ""
    said = "、".join(suffix[1:].upper() for suffix in usual)
    return f"不能读取“{name}”：程序不认识这种文件。请换成{said}{rest}格式。"
