"""Text under black bars: what a copy made with a drawing tool still gives away.

The page is drawn and looked at where its characters stand: a character that is not to be seen
there can be copied out all the same. Whatever covers it, bar, picture, annotation or colour.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import pikepdf

from gongkai.backends.redact import pdf_image
from gongkai.backends.redact.pdf_text import Char, chars_of, frame_of, is_ink, opened
from gongkai.text.redaction import Covered, Inspection

_FLAT: Final = 10
_DARK: Final = 110
_MOST: Final = 50
_DOTS: Final = 110


def inspect(path: Path) -> Inspection:
    """Every run of two and more characters that cannot be seen, page by page."""
    document = opened(path, path.name)
    covered: list[Covered] = []
    for number in range(len(document)):
        if len(covered) < _MOST:
            covered += _covered(document[number], number)
    grave, mild = _warnings(path)
    return Inspection(covered=tuple(covered[:_MOST]), grave=tuple(grave), warnings=tuple(mild))


def _covered(page: Any, number: int) -> list[Covered]:
    chars = [char for char in chars_of(page, number) if is_ink(char)]
    if not chars:
        return []
    picture, scale, frame = (
        pdf_image.drawn(page, dots=_DOTS),
        pdf_image.scale_of(page, _DOTS),
        frame_of(page),
    )
    runs: list[tuple[list[Char], bool]] = []
    last = -2
    for place, char in enumerate(chars):
        shade = _shade(picture, frame.shown_box(char.box), scale)
        if shade is None or "\u2580" <= char.text <= "\u25ff":
            continue
        dark = shade < _DARK
        if last == place - 1 and runs and runs[-1][1] == dark:
            runs[-1][0].append(char)
        else:
            runs.append(([char], dark))
        last = place
    return [
        Covered(number + 1, "".join(char.text for char in run), dark)
        for run, dark in runs
        if len(run) > 1
    ]


def _shade(picture: Any, box: Sequence[float], scale: float) -> int | None:
    """The one grey of the place, or None where something is to be seen on it."""
    left, top, right, bottom = (edge * scale for edge in box)
    high = bottom - top
    inner = (
        max(0, round(left)),
        max(0, round(top + high * 0.25)),
        min(picture.width, round(right)),
        min(picture.height, round(bottom - high * 0.2)),
    )
    if inner[2] - inner[0] < 2 or inner[3] - inner[1] < 3:
        return None
    darkest, lightest = picture.crop(inner).getextrema()
    return int(darkest) if lightest - darkest <= _FLAT else None


def _warnings(path: Path) -> tuple[list[str], list[str]]:
    grave: list[str] = []
    told: list[str] = []
    with pikepdf.open(path) as pdf:
        kinds = {str(a.get("/Subtype")) for page in pdf.pages for a in page.obj.get("/Annots", [])}
        if "/Redact" in kinds:
            grave.append("文件里有还没有执行的“标记密文”，内容并没有删去。")
        if kinds & {"/Text", "/FreeText", "/Highlight", "/FileAttachment", "/Popup"}:
            told.append("文件里有批注。")
        if pdf.attachments:
            grave.append("文件里夹带了附件。")
        if "/Outlines" in pdf.Root:
            told.append("文件里有书签，书签里可能留有原文的字。")
    content = path.read_bytes()
    if content.count(b"startxref") > 1 and b"/Linearized" not in content[:2048]:
        grave.append("文件里留有修改前的版本。")
    return grave, told
