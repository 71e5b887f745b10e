"""The report of a clean-up run: what came in, what became of it, by whom; to print and to keep.

`made` gathers it, `lists` has the long lists as streams; `page`, `pdf`, `workbook` and `plain` give
it as HTML, PDF, XLSX and JSON.
"""

from gongkai.inventory.report.content import Fact, Report, Table, made

__all__ = ["Fact", "Report", "Table", "made"]
