"""Addresses of figures, the board and the bulletins, under /desk/."""

from __future__ import annotations

from django.urls import path

from gongkai.desk.statistics import pages

urlpatterns = [
    path("statistics/", pages.Statistics.as_view(), name="statistics"),
    path("statistics/rows/", pages.Rows.as_view(), name="statistics_rows"),
    path("statistics/compare/", pages.Compare.as_view(), name="statistics_compare"),
]
