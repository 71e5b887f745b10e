"""Addresses of figures, the board and the bulletins, under /desk/."""

from __future__ import annotations

from django.urls import path

from gongkai.desk.statistics import board, bulletins, pages

_B = "bulletins/<uuid:uuid>"
urlpatterns = [
    path("board/", board.ProgressBoard.as_view(), name="board"),
    path("board/board.pdf", board.BoardPrint.as_view(), name="board_pdf"),
    path("bulletins/", bulletins.Bulletins.as_view(), name="bulletins"),
    path("bulletins/new/", bulletins.NewBulletin.as_view(), name="bulletin_new"),
    path(f"{_B}/", bulletins.OneBulletin.as_view(), name="bulletin"),
    path(f"{_B}/edit/", bulletins.EditBulletin.as_view(), name="bulletin_edit"),
    path(f"{_B}/recount/", bulletins.Recount.as_view(), name="bulletin_recount"),
    path(f"{_B}/issue/", bulletins.Issue.as_view(), name="bulletin_issue"),
    path(f"{_B}/discard/", bulletins.Discard.as_view(), name="bulletin_discard"),
    path(f"{_B}/bulletin.pdf", bulletins.Print.as_view(kind="pdf"), name="bulletin_pdf"),
    path(f"{_B}/bulletin.docx", bulletins.Print.as_view(kind="docx"), name="bulletin_docx"),
    path("statistics/", pages.Statistics.as_view(), name="statistics"),
    path("statistics/rows/", pages.Rows.as_view(), name="statistics_rows"),
    path("statistics/compare/", pages.Compare.as_view(), name="statistics_compare"),
]
