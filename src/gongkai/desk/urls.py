"""Addresses of the staff site, under /desk/. Numbers in addresses are short: no overflow."""

from __future__ import annotations

from django.apps import apps
from django.urls import URLPattern, path, re_path

from gongkai.desk.views import (
    account,
    admin_bodies,
    admin_people,
    bulk,
    editor,
    files,
    findings,
    guide,
    home,
    journal,
    judge,
    keep,
    organisation,
    propose,
    publishing,
    record,
    records,
    redacting,
    relations,
    reviews,
    tokens,
    versions,
    word_lists,
)

app_name = "desk"
_R = "records/<uuid:uuid>"
_UUID = r"(?P<uuid>[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})"
_PK = r"(?P<pk>[0-9]{1,12})"


def _numbered(start: str, end: str, view: object, name: str) -> URLPattern:
    """An address with a row's number in it, twelve digits at most."""
    return re_path(f"^{start}/{_PK}{end}$", view, name=name)  # type: ignore[call-overload,no-any-return]


urlpatterns = [
    path("", home.Home.as_view(), name="home"),
    path("keep/", keep.Keep.as_view(), name="keep"),
    path("account/", account.Account.as_view(), name="account"),
    path("account/tokens/", tokens.Tokens.as_view(), name="tokens"),
    path("account/tokens/<uuid:uuid>/revoke/", tokens.Revoke.as_view(), name="token_revoke"),
    path("account/calendar/", account.Calendar.as_view(), name="account_calendar"),
    path("records/", records.Records.as_view(), name="records"),
    path("records/new/", editor.New.as_view(), name="record_new"),
    path(f"{_R}/", record.Overview.as_view(), name="record"),
    path(f"{_R}/edit/", editor.Edit.as_view(), name="record_edit"),
    path(f"{_R}/discard/", editor.Discarding.as_view(), name="record_discard"),
    path(f"{_R}/findings/", findings.Findings.as_view(), name="record_findings"),
    path(f"{_R}/findings/<uuid:finding>/", findings.Answer.as_view(), name="finding"),
    path(f"{_R}/rescan/", findings.Rescan.as_view(), name="record_rescan"),
    path(f"{_R}/files/", files.Files.as_view(), name="record_files"),
    _numbered(f"records/{_UUID}/files", "/", files.OneFile.as_view(), "record_file"),
    _numbered(f"records/{_UUID}/files", "/redact/", redacting.RedactFile.as_view(),
              "record_redact"),
    _numbered(f"records/{_UUID}/files", r"/pages/(?P<page>[0-9]{1,3})\.png",
              redacting.PagePicture.as_view(), "record_file_page"),
    path(f"{_R}/redactions/<uuid:redaction>/", redacting.OneRedaction.as_view(),
         name="record_redaction"),
    path(f"{_R}/relations/", relations.Relations.as_view(), name="record_relations"),
    _numbered(
        f"records/{_UUID}/relations", "/", relations.DropRelation.as_view(), "record_unrelate"
    ),
    path(f"{_R}/versions/", versions.Versions.as_view(), name="record_versions"),
    re_path(
        f"^records/{_UUID}/versions/(?P<number>[0-9]{{1,6}})/$",
        versions.OneVersion.as_view(),
        name="record_version",
    ),
    path(f"{_R}/sheets/", record.Sheets.as_view(), name="record_sheets"),
    path(f"{_R}/history/", record.History.as_view(), name="record_history"),
    path(f"{_R}/validity/", publishing.ValidityPage.as_view(), name="record_validity"),
    path(f"{_R}/propose/", propose.ProposePage.as_view(), name="record_propose"),
    path(f"{_R}/verify/", judge.VerifyPage.as_view(), name="record_verify"),
    path(f"{_R}/decide/", judge.DecidePage.as_view(), name="record_decide"),
    path(f"{_R}/publish/", publishing.Publish.as_view(), name="record_publish"),
    _numbered(f"records/{_UUID}/orders", "/cancel/", publishing.CancelOrder.as_view(),
              "order_cancel"),
    path(f"{_R}/withdraw/", publishing.WithdrawPage.as_view(), name="record_withdraw"),
    path(f"{_R}/revise/", publishing.RevisePage.as_view(), name="record_revise"),
    path(f"{_R}/rereview/", publishing.RereviewPage.as_view(), name="record_rereview"),
    path("reviews/", reviews.Reviews.as_view(), name="reviews"),
    path("reviews/<uuid:uuid>/", reviews.Sheet.as_view(), name="sheet"),
    path("reviews/<uuid:uuid>/sheet.pdf", reviews.SheetPrint.as_view(), {"kind": "pdf"},
         name="sheet_pdf"),
    path("reviews/<uuid:uuid>/sheet.docx", reviews.SheetPrint.as_view(), {"kind": "docx"},
         name="sheet_docx"),
    path("publishing/", publishing.Publishing.as_view(), name="publishing"),
    path("bulk/", bulk.Bulk.as_view(), name="bulk"),
    path("bulk/export.xlsx", bulk.Export.as_view(), name="bulk_export"),
    path("bulk/template.xlsx", bulk.Template.as_view(), name="bulk_template"),
    path("bulk/<uuid:uuid>/", bulk.Preview.as_view(), name="bulk_preview"),
    path("guide/", guide.GuidePage.as_view(), name="guide"),
    path("guide/edit/", guide.GuideEdit.as_view(), name="guide_edit"),
    path("guide/<uuid:uuid>/", guide.GuideVersion.as_view(), name="guide_version"),
    path("journal/", journal.Journal.as_view(), name="journal"),
    path("word-lists/", word_lists.WordLists.as_view(), name="word_lists"),
    path("word-lists/new/", word_lists.EditWordList.as_view(), name="word_list_new"),
    path("word-lists/<uuid:uuid>/", word_lists.EditWordList.as_view(), name="word_list"),
    path("organisation/", organisation.Organisation.as_view(), name="organisation"),
    path("organisation/seats/new/", organisation.NewSeat.as_view(), name="seat_new"),
    _numbered("organisation/seats", "/end/", organisation.Unseat.as_view(), "unseat"),
    path("organisation/duties/new/", organisation.EditDuty.as_view(), name="duty_new"),
    _numbered("organisation/duties", "/", organisation.EditDuty.as_view(), "duty_edit"),
    _numbered("organisation/duties", "/drop/", organisation.DropDuty.as_view(), "duty_drop"),
    path("organisation/classes/new/", organisation.EditClass.as_view(), name="class_new"),
    _numbered("organisation/classes", "/", organisation.EditClass.as_view(), "class_edit"),
    path("admin/", admin_bodies.Administration.as_view(), name="admin"),
    path("admin/bodies/", admin_bodies.Bodies.as_view(), name="bodies"),
    path("admin/bodies/new/", admin_bodies.NewBody.as_view(), name="body_new"),
    path("admin/bodies/<uuid:uuid>/", admin_bodies.EditBody.as_view(), name="body"),
    path("admin/bodies/<uuid:uuid>/close/", admin_bodies.CloseBody.as_view(), name="body_close"),
    path("admin/bodies/<uuid:uuid>/sections/new/", admin_bodies.EditSection.as_view(),
         name="section_new"),
    _numbered(f"admin/bodies/{_UUID}/sections", "/", admin_bodies.EditSection.as_view(),
              "section"),
    _numbered(f"admin/bodies/{_UUID}/sections", "/close/", admin_bodies.CloseSection.as_view(),
              "section_close"),
    path("admin/notices/", admin_bodies.Notices.as_view(), name="notices"),
    path("admin/people/", admin_people.People.as_view(), name="people"),
    path("admin/people/new/", admin_people.NewPerson.as_view(), name="person_new"),
    path("admin/people/<uuid:uuid>/", admin_people.OnePerson.as_view(), name="person"),
    path("admin/people/<uuid:uuid>/grant/", admin_people.Grant.as_view(), name="role_grant"),
    _numbered(f"admin/people/{_UUID}/roles", "/revoke/", admin_people.Revoke.as_view(),
              "role_revoke"),
    path("admin/people/<uuid:uuid>/switch/", admin_people.Switch.as_view(), name="person_switch"),
    path("admin/people/<uuid:uuid>/password/", admin_people.IssuePassword.as_view(),
         name="person_password"),
    path("admin/people/<uuid:uuid>/unlock/", admin_people.Unlock.as_view(), name="person_unlock"),
    path("admin/people/<uuid:uuid>/tokens/revoke/", admin_people.RevokeTokens.as_view(),
         name="person_revoke_tokens"),
]  # fmt: skip

if apps.is_installed("gongkai.inventory"):
    from gongkai.desk.views import (
        inventory,
        mappings,
        run_classing,
        run_findings,
        run_mapping,
        run_page,
        run_preview,
        run_report,
        run_rows,
    )

    urlpatterns += [
        path("inventory/", inventory.Inventory.as_view(), name="inventory"),
        path("inventory/mappings/", mappings.Mappings.as_view(), name="mappings"),
        path("inventory/mappings/new/", mappings.NewMapping.as_view(), name="mapping_new"),
        path("inventory/mappings/<slug:name>/", mappings.EditMapping.as_view(), name="mapping"),
        path(
            "inventory/mappings/<slug:name>/drop/",
            mappings.DropMapping.as_view(),
            name="mapping_drop",
        ),
        path("inventory/rows/", run_rows.InventoryRows.as_view(), name="inventory_rows"),
        path("inventory/<uuid:uuid>/rows/", run_rows.InventoryRows.as_view(), name="run_rows"),
        path("inventory/new/", inventory.NewRun.as_view(), name="run_new"),
        path("inventory/<uuid:uuid>/", run_page.Run.as_view(), name="run"),
        path("inventory/<uuid:uuid>/files/", inventory.AddFiles.as_view(), name="run_files"),
        path("inventory/<uuid:uuid>/preview/", run_preview.RunPreview.as_view(),
             name="run_preview"),
        path("inventory/<uuid:uuid>/preview/mapping/", run_mapping.RunMapping.as_view(),
             name="run_mapping"),
        path("inventory/<uuid:uuid>/report/", run_report.RunReport.as_view(), name="run_report"),
        path("inventory/<uuid:uuid>/report.pdf", run_report.RunReportFile.as_view(),
             name="run_report_pdf"),
        path("inventory/<uuid:uuid>/report.xlsx", run_report.RunReportWorkbook.as_view(),
             name="run_report_xlsx"),
        path("inventory/<uuid:uuid>/report.json", run_report.RunReportJson.as_view(),
             name="run_report_json"),
        path("inventory/<uuid:uuid>/rejects.csv", inventory.RunRejects.as_view(),
             name="run_rejects"),
        _numbered(f"inventory/{_UUID}", "/", run_page.Item.as_view(), "run_item"),
        path("inventory/<uuid:uuid>/classing/", run_classing.RunClassing.as_view(),
             name="run_classing"),
        path("inventory/<uuid:uuid>/findings/", run_findings.RunFindings.as_view(),
             name="run_findings"),
        path("inventory/<uuid:uuid>/findings/accept/", run_findings.AcceptShown.as_view(),
             name="run_findings_accept"),
        path("inventory/<uuid:uuid>/findings/<uuid:finding>/", run_findings.AnswerAlike.as_view(),
             name="run_finding"),
    ]  # fmt: skip

if apps.is_installed("gongkai.disclosure"):
    from gongkai.desk.requests import urls as requests

    urlpatterns += requests.urlpatterns

if apps.is_installed("gongkai.assessment"):
    from gongkai.desk.activities import urls as activities
    from gongkai.desk.assessment import urls as assessment

    urlpatterns += activities.urlpatterns
    urlpatterns += assessment.urlpatterns

if apps.is_installed("gongkai.reporting"):
    from gongkai.desk.reports import urls as reports
    from gongkai.desk.statistics import urls as statistics
    from gongkai.desk.views import report_check

    urlpatterns += reports.urlpatterns + statistics.urlpatterns
    urlpatterns += [
        path("reports/check/", report_check.ReportCheck.as_view(), name="report_check"),
        path(
            "reports/check/download/",
            report_check.Download.as_view(),
            name="report_check_download",
        ),
    ]
