"""Addresses of the desk's pages for the assessment, under /desk/assessment/."""

from __future__ import annotations

from django.urls import path, re_path

from gongkai.desk.assessment import inspections, rounds, schemes, sheets

_R = "assessment/<uuid:uuid>"
_S = "assessment/sheets/<uuid:uuid>"
_UUID = r"(?P<uuid>[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})"
urlpatterns = [
    path("assessment/", rounds.Rounds.as_view(), name="assessment"),
    path("assessment/new/", rounds.NewRound.as_view(), name="assessment_new"),
    path("assessment/schemes/", schemes.Schemes.as_view(), name="assessment_schemes"),
    path("assessment/schemes/<slug:key>/", schemes.Adjust.as_view(), name="assessment_adjust"),
    path("assessment/inspections/", inspections.Inspections.as_view(), name="inspections"),
    path(
        "assessment/inspections/<uuid:uuid>/",
        inspections.OneInspection.as_view(),
        name="inspection",
    ),
    path(f"{_R}/", rounds.OneRound.as_view(), name="assessment_round"),
    path(f"{_R}/measure/", rounds.Measure.as_view(), name="assessment_measure"),
    path(f"{_R}/draft/", rounds.Draft.as_view(), name="assessment_draft"),
    path(f"{_R}/return/", rounds.SendBack.as_view(), name="assessment_return"),
    path(f"{_R}/close/", rounds.Close.as_view(), name="assessment_close"),
    path(f"{_R}/record/", rounds.RecordResult.as_view(), name="assessment_record"),
    path(f"{_R}/ranking/", rounds.Ranking.as_view(), name="assessment_ranking"),
    path(f"{_R}/scores.xlsx", rounds.Workbook.as_view(), name="assessment_xlsx"),
    path(f"{_R}/result.json", rounds.Result.as_view(), name="assessment_result"),
    path(f"{_S}/", sheets.OneSheet.as_view(), name="score_sheet"),
    path(f"{_S}/evidence/<slug:source>/", sheets.Evidence.as_view(), name="score_evidence"),
    path(f"{_S}/give/<slug:key>/", sheets.Give.as_view(), name="score_give"),
    path(f"{_S}/event/", sheets.EnterEvent.as_view(), name="score_event"),
    path(f"{_S}/appeal/<slug:key>/", sheets.FileAppeal.as_view(), name="score_appeal"),
    re_path(
        f"^assessment/sheets/{_UUID}/appeals/(?P<pk>[0-9]{{1,12}})/$",
        sheets.Decide.as_view(),
        name="score_decide",
    ),
    path(f"{_S}/sheet.pdf", sheets.SheetFile.as_view(), {"kind": "pdf"}, name="score_pdf"),
    path(f"{_S}/sheet.xlsx", sheets.SheetFile.as_view(), {"kind": "xlsx"}, name="score_xlsx"),
]
