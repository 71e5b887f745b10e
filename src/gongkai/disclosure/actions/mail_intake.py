"""What a person makes of a mail: a request, a part of a case, or something else."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db import transaction

from gongkai.disclosure import policies, store, uploads
from gongkai.disclosure.actions import filing, supplementing
from gongkai.disclosure.actions.papers import take_file
from gongkai.disclosure.casework import locked, write_down
from gongkai.disclosure.mailbox import kept, sandbox
from gongkai.disclosure.models import DisclosureRequest, FilePart, IncomingMail, MailState
from gongkai.disclosure.values import Application, Filed, Upload
from gongkai.journal.actions import append
from gongkai.journal.values import Change, Subject
from gongkai.kit.dates import civil_day
from gongkai.kit.refusal import Refusal
from gongkai.law.receipt import Arrival, Channel
from gongkai.orgs import queries as orgs
from gongkai.orgs.models import Person

BASIS = "《条例》第二十九条、第三十条"
# The refusals of `uploads`, as they are said to somebody who did not choose the file.
_WHY = {
    "upload.empty": "空文件",
    "upload.too_large": "文件太大",
    "upload.unknown_kind": "案卷不收这种文件",
    "upload.disguised": "内容与扩展名不符",
}


@dataclass(frozen=True, slots=True)
class Enclosure:
    """A file of a mail, by its place; `refused` says why it cannot be taken in."""

    number: int
    upload: Upload
    refused: str = ""


def enclosures(mail: IncomingMail) -> list[Enclosure]:
    """The files of a mail with their bytes, each through the checks of every upload."""
    try:
        parsed = sandbox.read(kept.opened(mail.content_index, mail.body_id), with_content=True)
    except sandbox.UnreadableMail:
        return []
    found = []
    for number, file in enumerate(parsed.attachments):
        upload = Upload(file.name, file.content, file.media_type)
        try:
            uploads.check(upload)
        except Refusal as refusal:
            found.append(Enclosure(number, upload, _WHY.get(refusal.code, refusal.sentence)))
        else:
            found.append(Enclosure(number, upload))
    return found


@transaction.atomic
def read_original(*, mail: IncomingMail, by: Person, now: datetime, purpose: str = "") -> bytes:
    """The mail as it came, written down each time.

    In a case that holds identity proofs they lie in the mail as well: there it is one more look
    at them, and `purpose` is one of `store.PURPOSES`.
    """
    today = civil_day(now)
    what: dict[str, object] = {"mail": str(mail.uuid)}
    if mail.request is None:
        policies.may_take_mail(by, mail.body, today).require(policies.BASIS)
    elif holds_identity(mail):
        store.note_identity_look(mail.request, what, by=by, now=now, purpose=purpose)
        return kept.opened(mail.content_index, mail.body_id)
    else:
        policies.may_handle(by, mail.request, today).require(policies.BASIS)
    append(
        event="mail.read",
        actor=orgs.actor(by, body=mail.body),
        subject=Subject("mail", mail.pk, mail.uuid),
        change=Change(basis="《个人信息保护法》第五十一条"),
    )
    return kept.opened(mail.content_index, mail.body_id)


def holds_identity(mail: IncomingMail) -> bool:
    """Whether the mail belongs to a case with identity proofs."""
    if mail.request is None:
        return False
    return mail.request.files.filter(part=FilePart.IDENTITY, purged_at__isnull=True).exists()


def chosen(mail: IncomingMail, parts: Mapping[int, str]) -> tuple[Upload, ...]:
    """The files at these places, each as the part it was chosen for."""
    if not parts:
        return ()
    found = {e.number: e for e in enclosures(mail)}
    missing = [number for number in parts if number not in found]
    if missing:
        raise Refusal("mail.no_file", "这封邮件里没有所选的附件，请刷新页面后重新选择。")
    return tuple(replace(found[n].upload, part=part) for n, part in sorted(parts.items()))


def file_from_mail(
    *,
    mail: IncomingMail,
    application: Application,
    confirmed_on: date | None,
    parts: Mapping[int, str],
    by: Person,
    now: datetime,
) -> Filed:
    """Make a request of a mail. It arrived the day it came into the mailbox; the channel is mail.

    `parts`: which of its files go into the case, place → `FilePart`.
    """
    files = (*application.files, *chosen(mail, parts))
    arrival = Arrival(Channel.EMAIL, civil_day(mail.arrived_at), confirmed_on)
    with transaction.atomic():
        row = held(mail, by, now)
        filed = filing.file_request(
            body=row.body,
            application=replace(application, files=files),
            arrival=arrival,
            by=by,
            now=now,
        )
        _taken(row, filed.request, "mail.filed", by, now)
    return filed


def put_into_case(
    *,
    mail: IncomingMail,
    request: DisclosureRequest,
    parts: Sequence[int],
    supplement: bool,
    reason: str = "",
    by: Person,
    now: datetime,
) -> DisclosureRequest:
    """Put a mail and its files into a case of the same body.

    As the applicant's `supplement` its words are taken in too, on the day it arrived, and the
    term runs anew (Art. 30); otherwise it is a paper of the case.
    """
    part = FilePart.SUPPLEMENT if supplement else FilePart.OTHER
    files = chosen(mail, dict.fromkeys(parts, part))
    with transaction.atomic():
        row = held(mail, by, now)
        case = locked(request)
        policies.may_handle(by, case, civil_day(now)).require(policies.BASIS)
        if case.body_id != row.body_id:
            raise Refusal("mail.other_body", "只能归入本机关的申请，请核对登记号。")
        if case.purged_at is not None:
            raise Refusal("request.purged", "这件申请的个人信息已按期清除，不能再添加材料。")
        if supplement:
            supplementing.take_supplement(
                request=case,
                text=row.text,
                files=files,
                on=civil_day(row.arrived_at),
                by=by,
                now=now,
                reason=reason,
            )
        else:
            for file in files:
                take_file(case, file, by=by, now=now)
        _taken(row, case, "mail.joined", by, now)
    return case


@transaction.atomic
def set_aside(*, mail: IncomingMail, reason: str, by: Person, now: datetime) -> IncomingMail:
    """Say that a mail is no request, and why."""
    row = held(mail, by, now)
    if not reason.strip():
        sentence = "请写明为什么不是申请，比如：咨询、投诉举报、广告。"
        raise Refusal("mail.no_reason", sentence, fields={"reason": sentence})
    return _move(row, MailState.SET_ASIDE, "mail.set_aside", (reason.strip(), by, now))


@transaction.atomic
def put_back(*, mail: IncomingMail, by: Person, now: datetime) -> IncomingMail:
    """Put a mail that was set apart, by a person or by the program, back among those waiting."""
    row = held(mail, by, now, state=MailState.SET_ASIDE)
    return _move(row, MailState.WAITING, "mail.put_back", ("", by, now))


def held(
    mail: IncomingMail, by: Person, now: datetime, *, state: str = MailState.WAITING
) -> IncomingMail:
    """The mail as it stands now, locked and in the expected state."""
    rows = IncomingMail.objects.select_for_update(of=("self",), no_key=True)
    row = rows.select_related("body").get(pk=mail.pk)
    policies.may_take_mail(by, row.body, civil_day(now)).require(policies.BASIS)
    if row.state != state:
        raise Refusal(
            "mail.handled",
            f"这封来信现在是“{row.get_state_display()}”，别人可能刚处理过。请刷新页面。",
        )
    return row


def _taken(
    row: IncomingMail, request: DisclosureRequest, event: str, by: Person, now: datetime
) -> None:
    row.request, row.suggested, row.state = request, None, MailState.TAKEN
    row.by, row.handled_at = by, now
    row.save(update_fields=["request", "suggested", "state", "by", "handled_at"])
    write_down(
        event,
        request=request,
        by=by,
        change=Change(basis=BASIS, data={"mail": str(row.uuid), "arrived_at": row.arrived_at}),
    )


def _move(
    row: IncomingMail, state: str, event: str, told: tuple[str, Person, datetime]
) -> IncomingMail:
    before, (row.reason, row.by, row.handled_at) = row.state, told
    row.state = state
    row.save(update_fields=["state", "reason", "by", "handled_at"])
    append(
        event=event,
        actor=orgs.actor(row.by, body=row.body, role="disclosure_office"),
        subject=Subject("mail", row.pk, row.uuid),
        change=Change(from_state=before, to_state=state, basis=BASIS),
    )
    return row
