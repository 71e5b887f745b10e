"""How the bytes of a string divide into glyphs, and how far each glyph moves the pen."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Final

import pikepdf
from pdfminer.cmapdb import CMapDB
from pdfminer.fontmetrics import FONT_METRICS

Glyph = tuple[bytes, float]
"""Its code, and its width in thousandths of the font size."""

_STANDARD: Final = {
    "Arial": "Helvetica",
    "ArialMT": "Helvetica",
    "Arial,Bold": "Helvetica-Bold",
    "TimesNewRoman": "Times-Roman",
    "CourierNew": "Courier",
}


@dataclass(slots=True)
class Font:
    """Widths by code; ``cmap`` is the tree of a font with codes of several bytes.

    ``known`` is false where the widths or the codes cannot be told: then nothing is cut from its
    strings, and a page that needs it cut becomes a picture.
    """

    widths: dict[int, float] = field(default_factory=dict)
    default: float = 0.0
    cmap: Any = None
    two_bytes: bool = False
    known: bool = True

    def glyphs(self, raw: bytes) -> Iterator[Glyph]:
        """The glyphs of a string."""
        if self.two_bytes:
            for at in range(0, len(raw), 2):
                code = raw[at : at + 2]
                yield code, self.widths.get(int.from_bytes(code, "big"), self.default)
        elif self.cmap is not None:
            yield from self._by_cmap(raw)
        else:
            for value in raw:
                yield bytes((value,)), self.widths.get(value, self.default)

    def _by_cmap(self, raw: bytes) -> Iterator[Glyph]:
        at = 0
        while at < len(raw):
            start, tree = at, self.cmap
            while isinstance(tree, dict) and at < len(raw):
                tree = tree.get(raw[at])
                at += 1
            cid = tree if isinstance(tree, int) else 0
            yield raw[start:at], self.widths.get(cid, self.default)


def font_of(row: Any) -> Font:
    """Read a font dictionary; what is odd about it makes it unknown."""
    try:
        kind = str(row.get("/Subtype"))
        return _composite(row) if kind == "/Type0" else _simple(row, kind)
    except (TypeError, ValueError, KeyError, AttributeError, IndexError, pikepdf.PdfError):
        return Font(known=False)


def _simple(row: Any, kind: str) -> Font:
    scale = 1.0
    if kind == "/Type3":
        scale = float(row.FontMatrix[0]) * 1000
    descriptor = row.get("/FontDescriptor")
    missing = float(descriptor.get("/MissingWidth", 0)) if descriptor is not None else 0.0
    if "/Widths" in row:
        first = int(row.FirstChar)
        widths = {first + n: float(w) * scale for n, w in enumerate(row.Widths)}
        return Font(widths=widths, default=missing)
    name = str(row.get("/BaseFont", "")).lstrip("/")
    metrics = FONT_METRICS.get(_STANDARD.get(name, name))
    if metrics is None:
        return Font(known=False)
    named = {key: float(width) for key, width in metrics[1].items()}
    by_code = {code: named.get(bytes((code,)).decode("cp1252", "replace")) for code in range(256)}
    return Font(widths={code: width for code, width in by_code.items() if width is not None})


def _composite(row: Any) -> Font:
    child = row.DescendantFonts[0]
    font = Font(widths=_cid_widths(child.get("/W")), default=float(child.get("/DW", 1000)))
    encoding = row.Encoding
    if not isinstance(encoding, pikepdf.Name):
        return Font(known=False)
    name = str(encoding).lstrip("/")
    if name.endswith("V"):
        return Font(known=False)
    if name == "Identity-H":
        font.two_bytes = True
    else:
        font.cmap = _tree(name)
    return font


@cache
def _tree(name: str) -> Any:
    tree = CMapDB.get_cmap(name).code2cid  # type: ignore[attr-defined]
    if not tree:
        raise ValueError(name)
    return tree


def _cid_widths(rows: Any) -> dict[int, float]:
    found: dict[int, float] = {}
    at = 0
    while rows is not None and at < len(rows):
        first, second = int(rows[at]), rows[at + 1]
        if isinstance(second, pikepdf.Array):
            found |= {first + n: float(width) for n, width in enumerate(second.as_list())}
            at += 2
        else:
            width = float(rows[at + 2])
            found |= dict.fromkeys(range(first, min(int(second), 65535) + 1), width)
            at += 3
    return found
