"""The figures of the classic report of 2008–2018, out of its sentences and its sheet."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise
from typing import Final

from gongkai.law.annual_report import form_2008
from gongkai.law.annual_report.model import Number
from gongkai.reporting.reading.figures import number
from gongkai.reporting.reading.labels import han
from gongkai.reporting.reading.model import Source
from gongkai.reporting.reading.sections import LONGEST
from gongkai.text.normalise import fold

_UNIT: Final = "[条件项个]"
_TOTAL: Final = re.compile(rf"主动公开的?(?:政府)?(?:信息)?(\d{{1,9}}){_UNIT}")
_SHARE: Final = r"[,，、]?\s*占[^%％\d,，;；。]{0,16}(\d{1,3}(?:\.\d{1,6})?)[%％]"


def read(source: Source) -> dict[str, Number | None]:
    """Form key → value, for what is stated plainly; nothing where the text has no such figures."""
    text = fold(source.text[:LONGEST])
    found: dict[str, Number | None] = dict(_classes(text))
    total = {match[1] for match in _TOTAL.finditer(text)}
    if found and len(total) == 1:
        found["proactive.total.count"] = int(total.pop())
    found |= {key: value for key, value in _sheet(source) if key not in found}
    return found


def _classes(text: str) -> Iterator[tuple[str, Number]]:
    """机构职能类信息13条，占…3.53%: the count and the share of each class, if said once."""
    for line in form_2008.CLASSES:
        counts = list(re.finditer(rf"{line.label}类?(?:信息)?(\d{{1,9}}){_UNIT}", text))
        if len(counts) != 1:
            continue
        yield f"proactive.{line.key}.count", int(counts[0][1])
        share = re.match(_SHARE, text[counts[0].end() :])
        if share:
            yield f"proactive.{line.key}.share", Decimal(share[1])


def _sheet(source: Source) -> Iterator[tuple[str, Number]]:
    """Rows of the statistics sheet: the words of an indicator, then its figure."""
    named = {han(cell.label): key for key, cell in form_2008.FORM.cells.items()}
    for grid in source.grids:
        for row in grid:
            cells = [cell for cell in row if cell]
            for words, figure in pairwise(cells):
                key = named.get(han(words))
                value = number(figure) if key else None
                if key and value is not None:
                    yield key, value
