"""Addresses of the desk's pages for requests, under /desk/requests/."""

from __future__ import annotations

from django.urls import URLPattern, path, re_path

from gongkai.desk.requests import (
    boards,
    body_settings,
    case,
    consulting,
    ending,
    entry,
    files,
    handling,
    letters,
    mail,
    mailbox,
    mailing,
    redacting,
    register,
    reminders,
    replying,
)

_R = "requests/<uuid:uuid>"
_M = "requests/mail/<uuid:uuid>"
_UUID = r"(?P<uuid>[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})"
_PK = r"(?P<pk>[0-9]{1,12})"


def _numbered(part: str, end: str, view: object, name: str, **more: object) -> URLPattern:
    """An address with a row's number in it, twelve digits at most."""
    return re_path(f"^requests/{_UUID}/{part}/{_PK}{end}$", view, more, name=name)  # type: ignore[call-overload,no-any-return]


_DEEDS = (
    ("confirm", handling.Confirm, "request_confirm"),
    ("assign", handling.Assign, "request_assign"),
    ("split", handling.Split, "request_split"),
    ("join", handling.Join, "request_join"),
    ("law", handling.LawDay, "request_law"),
    ("ask-supplement", handling.AskSupplement, "request_ask_supplement"),
    ("supplement", handling.TakeSupplement, "request_supplement"),
    ("search", handling.Search, "request_search"),
    ("consult", consulting.Consult, "request_consult"),
    ("extend", handling.Extend, "request_extend"),
    ("reasons", handling.Reasons, "request_reasons"),
    ("delay", handling.Delay, "request_delay"),
    ("charge", handling.ChargeFee, "request_charge"),
    ("fee-delivery", handling.FeeDelivery, "request_fee_delivery"),
    ("pay", handling.PayFee, "request_pay"),
    ("file", handling.AddFile, "request_file"),
    ("letter", letters.NewLetter, "request_letter"),
    ("reply", replying.Reply, "request_reply"),
    ("withdraw", ending.Withdraw, "request_withdraw"),
    ("close", ending.Close, "request_close"),
    ("archive", ending.Archive, "request_archive"),
    ("remedy", ending.OpenRemedy, "request_remedy"),
    ("reopen", ending.Reopen, "request_reopen"),
    ("release", ending.Release, "request_release"),
    ("unrelease", ending.Unrelease, "request_unrelease"),
    ("decline", ending.Decline, "request_decline"),
    ("convert", ending.Convert, "request_convert"),
    ("receipt", entry.Receipt, "request_receipt"),
    ("history", case.History, "request_history"),
    ("export", files.Export, "request_export"),
)
_BODY = "admin/bodies/<uuid:uuid>"
urlpatterns = [
    path(f"{_BODY}/requests/", body_settings.SettingsPage.as_view(), name="body_requests"),
    path(f"{_BODY}/seal/", body_settings.SealPage.as_view(), name="body_seal"),
    path(
        f"{_BODY}/seal/<slug:sha256>/",
        body_settings.SealPicture.as_view(),
        name="body_seal_picture",
    ),
    path("requests/", register.Register.as_view(), name="requests"),
    path("requests/remedies/", boards.Remedies.as_view(), name="request_remedies"),
    path("requests/repeated/", boards.Repeated.as_view(), name="requests_repeated"),
    path("requests/new/", entry.New.as_view(), name="request_new"),
    path("requests/reminders/", reminders.Reminders.as_view(), name="request_reminders"),
    path("requests/mail/", mail.Mails.as_view(), name="request_mails"),
    path("requests/mailbox/", mailbox.MailboxPage.as_view(), name="request_mailbox"),
    path("requests/mailbox/fetch/", mailbox.FetchNow.as_view(), name="request_mailbox_fetch"),
    path(f"{_M}/", mail.OneMail.as_view(), name="request_mail"),
    path(f"{_M}/original.eml", mail.RawMail.as_view(), name="request_mail_raw"),
    path(f"{_M}/enter/", mail.Enter.as_view(), name="request_mail_enter"),
    path(f"{_M}/join/", mail.Join.as_view(), name="request_mail_join"),
    path(f"{_M}/aside/", mail.Aside.as_view(), name="request_mail_aside"),
    path(f"{_M}/back/", mail.PutBack.as_view(), name="request_mail_back"),
    re_path(
        f"^requests/mail/{_UUID}/files/(?P<pk>[0-9]{{1,3}})/$",
        mail.MailFile.as_view(),
        name="request_mail_file",
    ),
    path("requests/warnings/", reminders.Warnings.as_view(), name="request_warnings"),
    path(f"{_R}/", case.Case.as_view(), name="request"),
    *(path(f"{_R}/{part}/", view.as_view(), name=name) for part, view, name in _DEEDS),
    _numbered("files", "/", files.OneFile.as_view(), "request_one_file"),
    _numbered("files", "/redact/", redacting.RedactPaper.as_view(), "request_redact"),
    _numbered(
        "files",
        r"/pages/(?P<page>[0-9]{1,3})\.png",
        redacting.PaperPicture.as_view(),
        "request_file_page",
    ),
    _numbered("mails", "/", mail.CaseMail.as_view(), "request_case_mail"),
    _numbered("consultations", "/delivery/", consulting.Delivery.as_view(), "request_delivery"),
    _numbered("consultations", "/opinion/", consulting.TakeOpinion.as_view(), "request_opinion"),
    _numbered("consultations", "/override/", consulting.Override.as_view(), "request_override"),
    _numbered("remedies", "/end/", ending.EndRemedy.as_view(), "request_remedy_end"),
    _numbered("letters", "/", letters.Paper.as_view(), "request_paper"),
    _numbered("letters", "/letter.pdf", letters.Print.as_view(), "request_paper_pdf", kind="pdf"),
    _numbered(
        "letters", "/letter.docx", letters.Print.as_view(), "request_paper_docx", kind="docx"
    ),
    _numbered("letters", "/edit/", letters.Edit.as_view(), "request_paper_edit"),
    _numbered("letters", "/attach/", letters.Attach.as_view(), "request_paper_attach"),
    _numbered("letters", "/submit/", letters.Move.as_view(move="submit"), "request_paper_submit"),
    _numbered(
        "letters", "/approve/", letters.Move.as_view(move="approve"), "request_paper_approve"
    ),
    _numbered("letters", "/return/", letters.SendBack.as_view(), "request_paper_return"),
    _numbered("letters", "/void/", letters.Void.as_view(), "request_paper_void"),
    _numbered("letters", "/serve/", letters.Serve.as_view(), "request_paper_serve"),
    _numbered("letters", "/mail/", mailing.MailLetter.as_view(), "request_paper_mail"),
]
