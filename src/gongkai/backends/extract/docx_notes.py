"""What a DOCX holds and its reader does not see: comments, tracked changes, hidden runs."""

from collections.abc import Iterator
from typing import Final
from xml.etree import ElementTree as ET

from gongkai.backends.extract.notes import Notes

_W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_OFF: Final = ("0", "false", "off")
_SAID: Final = (f"{_W}t", f"{_W}delText")
_TINY: Final = 4
"""Half points: letters of two points or less are there to be found, not read."""


def hidden_styles(styles: ET.Element) -> frozenset[str]:
    """Names of styles whose text is not shown, those based on them too."""
    found: set[str] = set()
    nodes = list(styles.iter(f"{_W}style"))
    for _ in range(10):
        for node in nodes:
            based = node.find(f"{_W}basedOn")
            above = based is not None and based.get(f"{_W}val") in found
            mark = node.find(f"{_W}rPr/{_W}vanish")
            if above if mark is None else mark.get(f"{_W}val") not in _OFF:
                found.add(node.get(f"{_W}styleId", ""))
    return frozenset(found)


def is_hidden(run: ET.Element, styles: frozenset[str]) -> bool:
    """Whether a run is not shown, by itself or by its style."""
    if run.tag != f"{_W}r":
        return False
    mark = run.find(f"{_W}rPr/{_W}vanish")
    if mark is None:
        style = run.find(f"{_W}rPr/{_W}rStyle")
        return style is not None and style.get(f"{_W}val") in styles
    return mark.get(f"{_W}val") not in _OFF


def paragraph_is_hidden(paragraph: ET.Element, styles: frozenset[str]) -> bool:
    """Whether the paragraph's own style hides it."""
    style = paragraph.find(f"{_W}pPr/{_W}pStyle")
    return style is not None and style.get(f"{_W}val") in styles


def note_body(root: ET.Element, styles: frozenset[str], notes: Notes) -> None:
    """Tracked changes with who made them, hidden runs, orders of fields."""
    shaded = next(root.iter(f"{_W}shd"), None) is not None
    for node in root.iter():
        if node.tag in (f"{_W}del", f"{_W}moveFrom"):
            notes.say("tracked_change", _who("删除", node), said(node))
        elif node.tag in (f"{_W}ins", f"{_W}moveTo"):
            notes.say("tracked_change", _who("插入", node), said(node))
        elif node.tag == f"{_W}p" and paragraph_is_hidden(node, styles):
            notes.say("hidden_text", "", said(node))
        elif node.tag == f"{_W}r":
            if is_hidden(node, styles):
                notes.say("hidden_text", "", said(node))
            elif _is_faint(node, shaded):
                notes.say("hidden_text", "白色或极小的字", said(node))
    orders = "".join(node.text or "" for node in root.iter(f"{_W}instrText"))
    notes.say("source", "域代码", orders)


def note_comments(root: ET.Element, notes: Notes) -> None:
    """Each comment with its author."""
    for node in root.iter(f"{_W}comment"):
        notes.say("comment", node.get(f"{_W}author", ""), paragraphs(node))


def said(node: ET.Element) -> str:
    """All text below a node, deleted text too."""
    return "".join(inner.text or "" for inner in node.iter() if inner.tag in _SAID)


def paragraphs(root: ET.Element) -> str:
    """All text, a line for each paragraph."""
    return "\n".join(line for line in _lines(root) if line.strip())


def _lines(root: ET.Element) -> Iterator[str]:
    found = False
    for paragraph in root.iter(f"{_W}p"):
        found = True
        yield said(paragraph)
    if not found:
        yield from root.itertext()


def _is_faint(run: ET.Element, shaded: bool) -> bool:
    """White letters on paper that is nowhere coloured, or letters too small to read."""
    size = run.find(f"{_W}rPr/{_W}sz")
    points = "" if size is None else size.get(f"{_W}val", "")[:6]
    if points.isdecimal() and int(points) <= _TINY:
        return True
    color = run.find(f"{_W}rPr/{_W}color")
    return not shaded and color is not None and (color.get(f"{_W}val") or "").upper() == "FFFFFF"


def _who(what: str, node: ET.Element) -> str:
    author = node.get(f"{_W}author", "")
    return f"{what}（{author}）" if author else what
