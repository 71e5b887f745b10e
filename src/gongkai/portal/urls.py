"""Addresses of the public site. Every number in them is bounded by its view."""

from __future__ import annotations

from django.urls import path

from gongkai.portal.views import (
    answers,
    apply,
    calculator,
    case_deeds,
    case_files,
    catalog,
    data,
    feeds,
    files,
    guide,
    home,
    how,
    preferences,
    record,
    report_check,
    search,
    track,
)
from gongkai.portal.views.versions import versions
from gongkai.reporting.open_data import DATA_SETS

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
    path("reports/check/", report_check.report_check, name="report-check"),
    path(
        "reports/check/download/",
        report_check.report_check_download,
        name="report-check-download",
    ),
    path("requests/", guide.requests, name="requests"),
    path("requests/how/", how.how, name="how"),
    path("calculator/", calculator.calculator, name="calculator"),
    path("calculator.ics", calculator.calendar_entries, name="calculator-ics"),
    path("requests/apply/", apply.apply, name="apply"),
    path("requests/apply/solved/", apply.solved, name="solved"),
    path("requests/apply/receipt/", apply.receipt, name="receipt"),
    path("requests/track/", track.track, name="track"),
    path("requests/track/leave/", track.leave, name="track-leave"),
    path("requests/track/confirm/", case_deeds.confirm, name="track-confirm"),
    path("requests/track/supplement/", case_deeds.supplement, name="track-supplement"),
    path("requests/track/add/", case_deeds.add, name="track-add"),
    path("requests/track/withdraw/", case_deeds.withdraw, name="track-withdraw"),
    path("requests/track/suggest/", case_deeds.suggest, name="track-suggest"),
    path("requests/track/letters/<uuid:uuid>/", case_files.letter, name="track-letter"),
    path("requests/track/files/<uuid:uuid>/", case_files.attachment, name="track-file"),
    path("requests/track/mine/", case_files.mine, name="track-mine"),
    path("requests/track/case.ics", case_files.days, name="track-days"),
    path("requests/answers/", answers.answers, name="answers"),
    path("requests/answers/<uuid:uuid>/", answers.answer, name="answer"),
    path("statistics/", data.figures, name="figures"),
    *(
        path(
            f"statistics/{each.name}.{form}",
            data.data_file,
            {"name": each.name, "form": form},
            name=f"data-{each.name}-{form}",
        )
        for each in DATA_SETS
        for form in ("json", "csv")
    ),
    path("feed.atom", feeds.feed, name="feed"),
    path("sitemap.xml", feeds.sitemap_index, name="sitemap"),
    path("sitemap-<int:number>.xml", feeds.sitemap, name="sitemap-part"),
    path("robots.txt", feeds.robots, name="robots"),
    path("preferences/", preferences.preferences, name="preferences"),
]
