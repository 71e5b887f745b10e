"""The review sheet drawn by typst; the look stands in `templates/review/sheet.typ`."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import datetime
from functools import lru_cache
from pathlib import Path

import typst
from django.conf import settings

from gongkai.kit.refusal import Refusal
from gongkai.review.sheet_paper import SheetPaper

TEMPLATE = Path(__file__).resolve().parent / "templates" / "review" / "sheet.typ"
# First the fonts GB/T 9704 names, as a body owns them; then free ones found in Debian.
SONG = (
    "FZXiaoBiaoSong-B05S", "方正小标宋简体", "方正小标宋_GBK", "FandolSong", "Noto Serif CJK SC",
    "Source Han Serif SC", "SimSun",
)  # fmt: skip
FANG = (
    "FangSong_GB2312", "仿宋_GB2312", "FangSong", "仿宋", "STFangsong", "FandolFang R",
    "FandolFang", "Noto Serif CJK SC", "Source Han Serif SC", "SimSun",
)  # fmt: skip
HEI = (
    "SimHei", "黑体", "STHeiti", "FandolHei", "Noto Sans CJK SC", "Source Han Sans SC",
    "WenQuanYi Zen Hei", "WenQuanYi Micro Hei",
)  # fmt: skip
NO_FONT = (
    "这台机器上没有中文字体，生成不了PDF。请安装Debian的fonts-noto-cjk软件包，"
    "或者把本机关的字体放进一个目录，并在GONGKAI_FONT_DIRS中写明该目录；"
    "眼下可以先下载DOCX。"
)


def font_folders() -> tuple[str, ...]:
    """The folders named by the setting, besides the system's own."""
    return tuple(str(folder) for folder in getattr(settings, "GONGKAI_FONT_DIRS", ()))


@lru_cache(maxsize=8)
def _families(folders: tuple[str, ...], with_system: bool) -> frozenset[str]:
    found = typst.Fonts(
        include_system_fonts=with_system, include_embedded_fonts=False, font_paths=list(folders)
    )
    return frozenset(found.families())


def choose_fonts(folders: tuple[str, ...], *, with_system: bool = True) -> dict[str, list[str]]:
    """Families to use for title, body and labels, best first, of those that are there.

    A style that is missing borrows from the others; when none is there, `Refusal`.
    """
    there = {name.lower() for name in _families(folders, with_system)}
    every = [name for name in (*FANG, *SONG, *HEI) if name.lower() in there]
    if not every:
        raise Refusal("document.no_font", NO_FONT, "GB/T 9704-2012")
    return {
        style: list(dict.fromkeys([n for n in names if n.lower() in there] + every))
        for style, names in (("song", SONG), ("fang", FANG), ("hei", HEI))
    }


def has_font(folders: tuple[str, ...], *, with_system: bool = True) -> bool:
    """Tell whether any Chinese font is there."""
    there = {name.lower() for name in _families(folders, with_system)}
    return any(name.lower() in there for name in (*FANG, *SONG, *HEI))


def draw(paper: SheetPaper, *, made_at: datetime) -> bytes:
    """The sheet as PDF/A-2b; `made_at` is the date kept in the file."""
    folders = font_folders()
    values = asdict(paper) | {"fonts": choose_fonts(folders)}
    made: bytes = typst.compile(
        str(TEMPLATE),
        font_paths=list(folders),
        sys_inputs={"sheet": json.dumps(values, ensure_ascii=False)},
        pdf_standards=["a-2b"],
        timestamp=int(made_at.timestamp()),
    )
    return made
