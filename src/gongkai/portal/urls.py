"""Addresses of the public site. Every number in them is bounded by its view."""

from __future__ import annotations

from django.urls import path

from gongkai.portal.views import (
    calculator,
    catalog,
    feeds,
    files,
    guide,
    home,
    preferences,
    record,
    search,
)
from gongkai.portal.views.versions import versions

app_name = "portal"
urlpatterns = [
    path("", home.home, name="home"),
    path("catalog/", catalog.catalog, name="catalog"),
    path("catalog/export.csv", files.export, {"form": "csv"}, name="export-csv"),
    path("catalog/export.xlsx", files.export, {"form": "xlsx"}, name="export-xlsx"),
    path("catalog/export.json", files.export, {"form": "json"}, name="export-json"),
    path("records/<uuid:uuid>/", record.record, name="record"),
    path("records/<uuid:uuid>/versions/", versions, name="versions"),
    path("files/<uuid:uuid>/", files.file, name="file"),
    path("search/", search.search, name="search"),
    path("guide/", guide.guide, name="guide"),
    path("measures/", catalog.measures, name="measures"),
    path("reports/", catalog.reports, name="reports"),
    path("requests/", guide.requests, name="requests"),
    path("calculator/", calculator.calculator, name="calculator"),
    path("calculator.ics", calculator.calendar_entries, name="calculator-ics"),
    path("feed.atom", feeds.feed, name="feed"),
    path("sitemap.xml", feeds.sitemap_index, name="sitemap"),
    path("sitemap-<int:number>.xml", feeds.sitemap, name="sitemap-part"),
    path("robots.txt", feeds.robots, name="robots"),
    path("preferences/", preferences.preferences, name="preferences"),
]
