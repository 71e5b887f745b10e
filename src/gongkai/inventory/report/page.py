"""The report as a page: its parts for the desk, or whole in one file to send and to print."""

from __future__ import annotations

from itertools import islice
from typing import NamedTuple

from django.template.loader import render_to_string

from gongkai.inventory.report import lists
from gongkai.inventory.report.content import Report
from gongkai.inventory.report.lists import Cell, Listing

# So many rows of a list are printed; the workbook has all of them.
MOST = 1000


class Shown(NamedTuple):
    """A list as printed: its first rows, and how many there are in all."""

    listing: Listing
    rows: list[tuple[Cell, ...]]
    more: str

    @property
    def labelled(self) -> list[list[tuple[str, Cell]]]:
        """Each cell with its heading: a phone shows them below one another."""
        return [list(zip(self.listing.heads, row, strict=True)) for row in self.rows]


def shown(report: Report, most: int = MOST) -> list[Shown]:
    """What was not taken in and what repeats, cut to `most` rows each; empty lists left out."""
    made = []
    for listing in (lists.rejects(report.run), lists.repeats(report.run)):
        rows = list(islice(listing.rows(), most))
        if rows:
            more = cut(listing, most) if listing.count > most else ""
            made.append(Shown(listing, rows, more))
    return made


def cut(listing: Listing, most: int) -> str:
    """The sentence under a list that is not whole."""
    name = listing.name
    return f"{name}共{listing.count}条，这里只列前{most}条；全部见这份报告的Excel文件“{name}”表。"


def drawn(report: Report) -> str:
    """One HTML file that needs nothing else."""
    context = {"report": report, "lists": shown(report)}
    return render_to_string("inventory/run_report.html", context)
