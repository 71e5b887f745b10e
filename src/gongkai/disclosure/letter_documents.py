"""A letter as a document to read, print and send: PDF, DOCX and text of the same row."""

from __future__ import annotations

from datetime import datetime
from pathlib import PurePath

from gongkai.disclosure import casework
from gongkai.disclosure.letter_docx import draw as _docx
from gongkai.disclosure.letter_pdf import draw as _pdf
from gongkai.disclosure.letter_seal import Seal, seal_of
from gongkai.disclosure.letter_text import LetterContent, LetterPaper, letter_paper, plain_text
from gongkai.disclosure.models import FilePart, Letter, LetterState
from gongkai.disclosure.values import Upload
from gongkai.kit.dates import civil_day
from gongkai.kit.refusal import Refusal
from gongkai.law.letters import LETTERS
from gongkai.orgs.models import Body

DOCX_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PDF_TYPE = "application/pdf"
_NOT_YET = {LetterState.DRAFT: "草稿", LetterState.SUBMITTED: "待审批", LetterState.VOID: "作废"}


def paper_of(letter: Letter) -> LetterPaper:
    """The letter as it will stand, or stands, on the page. Refused once it has been purged."""
    parts = casework.parts_of(letter)
    if not parts:
        raise Refusal(
            "letter.purged",
            "这份文书的内容已按期清除，不能再打开。",
            "《个人信息保护法》第四十七条",
        )
    body = letter.request.body
    return letter_paper(
        LetterContent(
            kind=letter.kind,
            body=parts.get("signed_by") or body.name,
            addressee=letter.addressee,
            parts=parts,
            number=letter.number,
            on=civil_day(letter.approved_at) if letter.approved_at else None,
            attachments=tuple(PurePath(f.name).stem for f in letter.attachments.order_by("id")),
            contact=parts.get("contact", body.phone),
            not_yet=_NOT_YET.get(LetterState(letter.state), ""),
        )
    )


def letter_text(letter: Letter) -> str:
    """The letter as plain text, for a screen reader or a mail."""
    return plain_text(paper_of(letter))


def letter_pdf(letter: Letter) -> bytes:
    """The letter as PDF/A-2b with embedded fonts; a draft says across the page that it is one.

    The same letter in the same state gives the same bytes. Raises `Refusal` (`document.no_font`).
    """
    seal = seal_of(casework.parts_of(letter))
    return _pdf(paper_of(letter), made_at=letter.approved_at or letter.drafted_at, seal=seal)


def sample_pdf(body: Body, seal: Seal, *, now: datetime) -> bytes:
    """A letter that is none, with this seal: to look at before the seal is set."""
    parts = {
        "received": "（这里写明何时收到什么申请。）",
        "basis": str(LETTERS["receipt"].cite),
        "you": "您",
        "channel": "当面提交",
        "register_number": "（登记号）",
        "due": "（答复期限）",
    }
    on = civil_day(now)
    content = LetterContent(
        "receipt", body.name, "（收件人）", parts, on=on, contact=body.phone, not_yet="样张"
    )
    return _pdf(letter_paper(content), made_at=now, seal=seal)


def letter_docx(letter: Letter) -> bytes:
    """The letter as DOCX with the measures and font names of GB/T 9704-2012."""
    return _docx(paper_of(letter), seal=seal_of(casework.parts_of(letter)))


def issued(letter: Letter) -> Upload:
    """What is kept as sent: the PDF, or the DOCX where the machine has no Chinese font."""
    try:
        return Upload(file_name(letter, "pdf"), letter_pdf(letter), PDF_TYPE, FilePart.LETTER)
    except Refusal as refusal:
        if refusal.code != "document.no_font":
            raise
        return Upload(file_name(letter, "docx"), letter_docx(letter), DOCX_TYPE, FilePart.LETTER)


def file_name(letter: Letter, extension: str) -> str:
    """补正告知书-门商信补〔2026〕7号.pdf, with what a file name cannot hold replaced."""
    label = LETTERS[letter.kind].label
    number = letter.number or "未编号"
    safe = "".join(c if c.isalnum() or c in "-_〔〕" else "-" for c in number)
    return f"{label}-{safe}.{extension}"
