"""Rows of a CSV file."""

import csv
import io
import sys
from pathlib import Path
from typing import Final

from gongkai.backends.extract.decoding import decode
from gongkai.backends.extract.rows import table_of
from gongkai.ports import Extracted, ExtractionError

_DELIMITERS: Final = ",\t;|"


class CsvExtractor:
    """``.csv`` and ``.tsv``: first row with at least two cells names the columns."""

    suffixes: tuple[str, ...] = (".csv", ".tsv")

    def extract(self, path: Path) -> Extracted:
        """One table."""
        text, warnings = decode(path.read_bytes())
        csv.field_size_limit(min(sys.maxsize, 2**31 - 1))
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text))
        try:
            table, more = table_of(path.stem, reader)
        except csv.Error as error:
            raise ExtractionError(
                f"“{path.name}”不是规范的 CSV，请用表格软件另存为 CSV 再导入（{error}）。"
            ) from error
        if not table.rows:
            raise ExtractionError(f"“{path.name}”里没有数据行，请核对文件。")
        return Extracted(text="", tables=(table,), warnings=(*warnings, *more), unread=tuple(more))


def _delimiter(text: str) -> str:
    """The one that stands most often in the first line."""
    first = text.partition("\n")[0]
    return max(_DELIMITERS, key=first.count)
