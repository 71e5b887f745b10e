"""Glyphs cut out of a page's content stream; what stands beside them stays where it is.

The operators are followed as a viewer does, so that each glyph has its place on the page. A glyph
goes when it starts where a marked character starts, or when its middle lies in a marked
rectangle; the pen is moved on by as much. Neighbouring gaps become one, so that the width of a
single glyph is not told.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

import pikepdf
from pikepdf import Operator

from gongkai.backends.redact.pdf_fonts import Font, font_of
from gongkai.backends.redact.pdf_marks import Marked
from gongkai.backends.redact.pdf_text import Box, Char, within

Matrix = tuple[float, float, float, float, float, float]
ONE: Final[Matrix] = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
_NEAR: Final = 0.6
"""Points between where pdfium and we see a glyph start."""
_MARKING: Final = frozenset({"DP", "MP"})
_SHOW: Final = frozenset({"Tj", "TJ", "'", '"'})


def times(a: Matrix, b: Matrix) -> Matrix:
    """First ``a``, then ``b``."""
    return (
        a[0] * b[0] + a[1] * b[2],
        a[0] * b[1] + a[1] * b[3],
        a[2] * b[0] + a[3] * b[2],
        a[2] * b[1] + a[3] * b[3],
        a[4] * b[0] + a[5] * b[2] + b[4],
        a[4] * b[1] + a[5] * b[3] + b[5],
    )


def at(matrix: Matrix, x: float, y: float) -> tuple[float, float]:
    """Where a point goes."""
    return x * matrix[0] + y * matrix[2] + matrix[4], x * matrix[1] + y * matrix[3] + matrix[5]


@dataclass(frozen=True, slots=True)
class _State:
    """What ``q`` keeps and ``Q`` brings back."""

    ctm: Matrix = ONE
    font: Font = field(default_factory=lambda: Font(known=False))
    size: float = 1.0
    char_space: float = 0.0
    word_space: float = 0.0
    stretch: float = 1.0
    leading: float = 0.0
    rise: float = 0.0


class Cutter:
    """Goes through one page; ``missed`` are marked characters that no operator draws."""

    def __init__(self, fonts: Any, marked: Marked) -> None:
        self._rows, self._areas = fonts, marked.areas
        self._fonts: dict[str, Font] = {}
        self._wanted: dict[tuple[int, int], list[Char]] = {}
        for char in marked.chars:
            self._wanted.setdefault((round(char.x), round(char.y)), []).append(char)
        self._left = set(marked.chars)
        self._state, self._stack = _State(), list[_State]()
        self._tm: Matrix = ONE
        self._line: Matrix = ONE
        self.unsure = False

    @property
    def missed(self) -> set[Char]:
        """Marked characters not found yet."""
        return self._left

    def cut(self, page: Any) -> bytes:
        """The new content stream; marked-content properties (they may repeat the text) are gone."""
        kept: list[Any] = []
        for instruction in pikepdf.parse_content_stream(page):
            name, operands = str(instruction.operator), instruction.operands
            if name == "BDC":
                kept.append(([operands[0]], Operator("BMC")))
            elif name in _SHOW:
                kept += self._show(name, list(operands))
            elif name not in _MARKING:
                self._follow(name, operands)
                kept.append(instruction)
        return pikepdf.unparse_content_stream(kept)

    def _follow(self, name: str, operands: Any) -> None:
        step = _STEPS.get(name)
        if step is not None:
            step(self, operands)

    def save(self, _: Any) -> None:
        self._stack.append(self._state)

    def restore(self, _: Any) -> None:
        if self._stack:
            self._state = self._stack.pop()

    def concat(self, operands: Any) -> None:
        self._state = replace(self._state, ctm=times(_matrix(operands), self._state.ctm))

    def begin(self, _: Any) -> None:
        self._tm = self._line = ONE

    def font(self, operands: Any) -> None:
        name = str(operands[0])
        if name not in self._fonts:
            row = self._rows.get(name) if self._rows is not None else None
            self._fonts[name] = font_of(row) if row is not None else Font(known=False)
        self._state = replace(self._state, font=self._fonts[name], size=float(operands[1]))

    def number(self, name: str, value: float) -> None:
        self._state = replace(self._state, **{name: value})  # type: ignore[arg-type]

    def move(self, operands: Any) -> None:
        self._line = times((1, 0, 0, 1, float(operands[0]), float(operands[1])), self._line)
        self._tm = self._line

    def move_leading(self, operands: Any) -> None:
        self.number("leading", -float(operands[1]))
        self.move(operands)

    def set_matrix(self, operands: Any) -> None:
        self._tm = self._line = _matrix(operands)

    def next_line(self, _: Any) -> None:
        self.move((0.0, -self._state.leading))

    def _show(self, name: str, operands: list[Any]) -> list[Any]:
        """The operators that draw what is left of a string."""
        before: list[Any] = []
        if name == '"':
            self.number("word_space", float(operands[0]))
            self.number("char_space", float(operands[1]))
            before = [([operands[0]], Operator("Tw")), ([operands[1]], Operator("Tc"))]
        if name in ("'", '"'):
            self.next_line(())
            before.append(([], Operator("T*")))
        parts = list(operands[0]) if name == "TJ" else [operands[-1]]
        return [*before, ([pikepdf.Array(self._parts(parts))], Operator("TJ"))]

    def _parts(self, parts: Sequence[Any]) -> list[Any]:
        kept: list[Any] = []
        for part in parts:
            if isinstance(part, pikepdf.String):
                self._string(bytes(part), kept)
            else:
                self._advance(-float(part) / 1000 * self._state.size * self._state.stretch)
                _gap(kept, float(part))
        return kept

    def _string(self, raw: bytes, kept: list[Any]) -> None:
        state = self._state
        if not state.font.known:
            # Where the pen goes from here cannot be told.
            self.unsure = self.unsure or bool(self._left or self._areas)
            kept.append(pikepdf.String(raw))
            return
        run = bytearray()
        for code, width in state.font.glyphs(raw):
            extra = state.char_space + (state.word_space if code == b" " else 0.0)
            moved = width / 1000 * state.size + extra
            if self._goes(width):
                if run:
                    kept.append(pikepdf.String(bytes(run)))
                    run.clear()
                _gap(kept, -moved * 1000 / (state.size or 1.0))
            else:
                run += code
            self._advance(moved * state.stretch)
        if run:
            kept.append(pikepdf.String(bytes(run)))

    def _advance(self, by: float) -> None:
        self._tm = times((1, 0, 0, 1, by, 0), self._tm)

    def _goes(self, width: float) -> bool:
        state = self._state
        if not (self._wanted or self._areas):
            return False
        scale: Matrix = (state.size * state.stretch, 0, 0, state.size, 0, state.rise)
        matrix = times(times(scale, self._tm), state.ctm)
        x, y = at(matrix, 0, 0)
        goes = False
        for char in self._near(x, y):
            self._left.discard(char)
            goes = True
        middle = at(matrix, width / 2000, 0.3)
        return goes or any(within(middle, area) for area in self._areas)

    def _near(self, x: float, y: float) -> list[Char]:
        column, row = round(x), round(y)
        return [
            char
            for dx in (-1, 0, 1)
            for dy in (-1, 0, 1)
            for char in self._wanted.get((column + dx, row + dy), ())
            if abs(char.x - x) <= _NEAR and abs(char.y - y) <= _NEAR
        ]


_STEPS: Final[dict[str, Any]] = {
    "q": Cutter.save,
    "Q": Cutter.restore,
    "cm": Cutter.concat,
    "BT": Cutter.begin,
    "Tf": Cutter.font,
    "Td": Cutter.move,
    "TD": Cutter.move_leading,
    "Tm": Cutter.set_matrix,
    "T*": Cutter.next_line,
    "Tc": lambda cutter, o: cutter.number("char_space", float(o[0])),
    "Tw": lambda cutter, o: cutter.number("word_space", float(o[0])),
    "Tz": lambda cutter, o: cutter.number("stretch", float(o[0]) / 100),
    "TL": lambda cutter, o: cutter.number("leading", float(o[0])),
    "Ts": lambda cutter, o: cutter.number("rise", float(o[0])),
}


def _matrix(operands: Any) -> Matrix:
    a, b, c, d, e, f = (float(value) for value in operands)
    return a, b, c, d, e, f


def _gap(kept: list[Any], by: float) -> None:
    """Move the pen; gaps side by side become one."""
    if kept and isinstance(kept[-1], float):
        by += kept.pop()
    kept.append(round(by, 3))


def bars(boxes: Sequence[Box]) -> bytes:
    """Black rectangles."""
    drawn = (f"{x:.2f} {y:.2f} {r - x:.2f} {t - y:.2f} re f" for x, y, r, t in boxes)
    return ("q 0 g\n" + "\n".join(drawn) + "\nQ\n").encode()
