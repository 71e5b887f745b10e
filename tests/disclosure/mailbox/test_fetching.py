"""A real IMAP server: each mail kept as it came, once, whatever breaks in between."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection

from gongkai.disclosure.actions import mailbox_setting
from gongkai.disclosure.mailbox import fetching, kept, sandbox
from gongkai.disclosure.mailbox.imap import OpenBox
from gongkai.disclosure.models import IncomingMail, Mailbox, MailState
from gongkai.journal.models import Entry
from gongkai.kit.refusal import Refusal
from gongkai.project.cli import main
from tests import mail
from tests.disclosure.mailbox.conftest import NOON, mailbox_of, numbered_office
from tests.disclosure.mailbox.samples import WORDS, bounced, gbk, written

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("data_dir")]


def fresh(mailbox: Mailbox) -> Mailbox:
    return Mailbox.objects.select_related("body").get(pk=mailbox.pk)


def run(mailbox: Mailbox) -> fetching.Told:
    return fetching.fetch(fresh(mailbox), now=NOON)


def test_a_mail_is_kept_as_it_came_and_taken_once(imap: mail.Imap) -> None:
    mailbox = mailbox_of(numbered_office(), imap.port)
    raw, when = written(), NOON - timedelta(hours=2)
    imap.deliver(mailbox.username, raw, when)
    told = run(mailbox)
    assert (told.kinds, told.repeated, told.failure) == ({"request": 1}, 0, "")
    row = IncomingMail.objects.get()
    assert (row.sender, row.subject, row.text) == (
        "zhou@mail.example",
        "政府信息公开申请",
        WORDS.strip(),
    )
    assert row.arrived_at == when and row.state == MailState.WAITING
    assert kept.opened(row.content_index, row.body_id) == raw
    assert row.digest == kept.digest(raw) and row.size == len(raw)
    on_disk = kept.path_of(row.content_index).read_bytes()
    assert b"zhou@mail" not in on_disk and raw not in on_disk
    assert (told := run(mailbox)).new == 0 and told.repeated == 0
    assert imap.lying(mailbox.username, criterion="UNSEEN") == 1  # nothing was touched
    line = Entry.objects.get(event="mail.fetched")
    assert line.data == {"count": 1} and fresh(mailbox).fetched_at == NOON


def test_the_same_mail_by_two_ways_is_one_and_a_used_id_hides_nothing(imap: mail.Imap) -> None:
    mailbox = mailbox_of(numbered_office(), imap.port)
    for raw in (
        written(),
        written(Received="from another.example"),
        written(text="另一件：请公开杏花路的中标通知书。"),
        written(message_id="", text="没有编号的信"),
        written(message_id="", text="没有编号的信"),
    ):
        imap.deliver(mailbox.username, raw, NOON)
    told = run(mailbox)
    assert (told.new, told.repeated) == (3, 2)
    files = [p for p in kept.path_of("x").parent.parent.rglob("*") if p.is_file()]
    assert len(files) == 3


def test_what_a_machine_sent_is_set_apart_with_its_reason(imap: mail.Imap) -> None:
    mailbox = mailbox_of(numbered_office(), imap.port)
    for raw in (
        written(message_id="<a@m.example>", Auto_Submitted="auto-replied"),
        written(message_id="<b@m.example>", List_Id="<news.example>"),
        bounced("<nobody@knows.example>"),
        gbk(),
    ):
        imap.deliver(mailbox.username, raw, NOON)
    assert run(mailbox).kinds == {"auto_reply": 1, "mailing_list": 1, "bounce": 1, "request": 1}
    waiting = IncomingMail.objects.get(state=MailState.WAITING)
    assert waiting.sender_name == "王䶮"
    assert all(row.note for row in IncomingMail.objects.filter(state=MailState.SET_ASIDE))


def test_mail_from_before_the_first_day_is_left_alone(imap: mail.Imap) -> None:
    mailbox = mailbox_of(numbered_office(), imap.port, after="move", move_to="已收")
    imap.deliver(mailbox.username, written(message_id="<old@x>"), NOON - timedelta(days=60))
    imap.deliver(mailbox.username, written(message_id="<eve@x>"), NOON - timedelta(days=3))
    imap.deliver(mailbox.username, written(), NOON)
    assert run(mailbox).new == 1 and run(mailbox).new == 0
    assert imap.lying(mailbox.username) == 2


@pytest.mark.parametrize(("after", "unseen", "left"), [("seen", 0, 2), ("move", 0, 0)])
def test_afterwards_it_is_marked_or_moved(
    imap: mail.Imap, after: str, unseen: int, left: int
) -> None:
    mailbox = mailbox_of(numbered_office(), imap.port, after=after, move_to="已收")
    imap.deliver(mailbox.username, written(), NOON)
    imap.deliver(mailbox.username, written(message_id="<two@x>", text="二"), NOON)
    assert run(mailbox).new == 2
    assert imap.lying(mailbox.username, criterion="UNSEEN") == unseen
    assert imap.lying(mailbox.username) == left
    assert run(mailbox).new == 0


def test_a_folder_the_server_refuses_is_told_and_nothing_is_lost(imap: mail.Imap) -> None:
    mailbox = mailbox_of(numbered_office(), imap.port, after="move", move_to="a/b")
    imap.deliver(mailbox.username, written(), NOON)
    told = run(mailbox)
    assert told.new == 1 and "来信都已收下" in told.failure
    assert run(mailbox).new == 0 and IncomingMail.objects.count() == 1


@pytest.mark.parametrize("place", ["kept", "row", "tidy"])
def test_a_crash_anywhere_loses_nothing_and_doubles_nothing(
    imap: mail.Imap, monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    mailbox = mailbox_of(numbered_office(), imap.port, after="move", move_to="done")
    for number in range(3):
        raw = written(message_id=f"<{number}@x>", text=f"第{number}封")
        imap.deliver(mailbox.username, raw, NOON)
    _crash_at(monkeypatch, place)
    with pytest.raises(KeyboardInterrupt):
        run(mailbox)
    monkeypatch.undo()
    before = IncomingMail.objects.count()
    assert before == {"kept": 1, "row": 1, "tidy": 3}[place]
    assert run(mailbox).new == 3 - before
    assert list(IncomingMail.objects.order_by("uid").values_list("uid", flat=True)) == [1, 2, 3]
    assert imap.lying(mailbox.username) == 0 and imap.lying(mailbox.username, "done") == 3
    assert len([p for p in kept.path_of("x").parent.parent.rglob("*") if p.is_file()]) == 3


def _crash_at(monkeypatch: pytest.MonkeyPatch, place: str) -> None:
    """The process dies at the second mail: before its bytes are kept, before its row is."""
    calls: list[int] = []

    def dying(real: Any) -> Any:
        def call(*args: Any, **kwargs: Any) -> Any:
            calls.append(1)
            if len(calls) == 2:
                raise KeyboardInterrupt
            return real(*args, **kwargs)

        return call

    if place == "tidy":

        def dies(self: OpenBox, uids: list[int]) -> str:
            if uids:
                raise KeyboardInterrupt
            return ""

        monkeypatch.setattr(OpenBox, "tidy", dies)
    elif place == "kept":
        monkeypatch.setattr(kept, "keep", dying(kept.keep))
    else:
        monkeypatch.setattr(IncomingMail, "save", dying(IncomingMail.save))


def test_a_changed_uidvalidity_reads_all_again_and_doubles_nothing(imap: mail.Imap) -> None:
    mailbox = mailbox_of(numbered_office(), imap.port)
    imap.deliver(mailbox.username, written(), NOON)
    run(mailbox)
    Mailbox.objects.update(uid_validity=1, last_uid=900)
    told = run(mailbox)
    assert (told.new, told.repeated) == (0, 1) and fresh(mailbox).last_uid == 1


def test_an_unreadable_mail_and_a_huge_one_are_kept_for_a_person(
    imap: mail.Imap, monkeypatch: pytest.MonkeyPatch
) -> None:
    mailbox = mailbox_of(numbered_office(), imap.port)
    imap.deliver(mailbox.username, written(message_id="<broken@x>"), NOON)
    monkeypatch.setattr(sandbox, "CHILD", "gongkai.no_such_module")
    assert run(mailbox).kinds == {"request": 1}
    monkeypatch.undo()
    row = IncomingMail.objects.get()
    assert row.note == fetching.UNREADABLE and row.state == MailState.WAITING
    assert b"<broken@x>" in kept.opened(row.content_index, row.body_id)
    monkeypatch.setattr(fetching, "MOST_BYTES", 2000)
    imap.deliver(mailbox.username, written(message_id="<huge@x>", text="长" * 3000), NOON)
    assert run(mailbox).kinds == {"request": 1}
    row = IncomingMail.objects.get(is_whole=False)
    assert row.note == fetching.HEAD_ONLY and row.subject == "政府信息公开申请"


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"password": "wrong"}, "密码（授权码）不对"),
        ({"port": 1}, "连接不上邮件服务器"),
        ({"folder": "没有的"}, "没有文件夹“没有的”"),
    ],
)
def test_a_failure_is_a_sentence_without_a_secret(
    imap: mail.Imap, changed: dict[str, Any], said: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG")
    mailbox = mailbox_of(numbered_office(), imap.port)
    row = fresh(mailbox)
    for name, value in changed.items():
        setattr(row, name, value)
    row.save()
    told = run(mailbox)
    assert said in told.failure and fresh(mailbox).failure == told.failure
    everything = caplog.text + str(list(Entry.objects.values())) + told.failure
    assert mail.PASSWORD not in everything and "wrong" not in told.failure
    Mailbox.objects.filter(pk=mailbox.pk).update(port=imap.port, folder="INBOX")
    row = fresh(mailbox)
    row.password = mail.PASSWORD
    row.save()
    assert run(mailbox).failure == "" and fresh(mailbox).failure == ""


@pytest.mark.parametrize("security", ["ssl", "starttls"])
def test_the_server_must_show_a_certificate_that_is_trusted(
    imap: mail.Imap, monkeypatch: pytest.MonkeyPatch, security: str
) -> None:
    port = imap.tls_port if security == "ssl" else imap.port
    mailbox = mailbox_of(numbered_office(), port, security=security, host="localhost")
    imap.deliver(mailbox.username, written(), NOON)
    told = run(mailbox)
    assert told.new == 0 and "连接不上邮件服务器（SSLCertVerificationError）" in told.failure
    monkeypatch.setenv("SSL_CERT_FILE", str(imap.certificate))
    assert (told := run(mailbox)).failure == "" and told.new == 1
    # The right certificate under another name is no better.
    Mailbox.objects.update(host="127.0.0.1")
    assert "SSLCertVerificationError" in run(mailbox).failure


@pytest.mark.django_db(transaction=True)
def test_many_runs_at_once_take_each_mail_once(imap: mail.Imap) -> None:
    mailbox = mailbox_of(numbered_office(), imap.port)
    for number in range(4):
        raw = written(message_id=f"<{number}@x>", text=f"第{number}封")
        imap.deliver(mailbox.username, raw, NOON)

    def at_once(_: int) -> fetching.Told:
        try:
            return run(mailbox)
        finally:
            connection.close()

    with ThreadPoolExecutor(3) as pool:
        told = list(pool.map(at_once, range(3)))
    assert sum(each.new for each in told) == 4 and not any(each.failure for each in told)
    assert IncomingMail.objects.count() == 4 and fresh(mailbox).last_uid == 4


def test_the_password_lies_sealed_and_goes_to_no_other_server(imap: mail.Imap) -> None:
    office = numbered_office()
    mailbox = mailbox_of(office, imap.port)
    with connection.cursor() as cursor:
        cursor.execute("SELECT password FROM disclosure_mailbox")
        assert mail.PASSWORD not in str(cursor.fetchall())
    change: dict[str, Any] = {"by": office.officer, "now": NOON, "body": office.body}
    with pytest.raises(Refusal, match="重新填写密码"):
        mailbox_setting.set_mailbox(fields={"host": "localhost"}, password="", **change)
    with pytest.raises(Refusal, match="不加密只能用于本机"):
        mailbox_setting.set_mailbox(fields={"host": "imap.example"}, password="x", **change)
    with pytest.raises(Refusal, match="公开工作机构或系统管理员"):
        mailbox_setting.set_mailbox(fields={}, password="x", **(change | {"by": office.clerk}))
    mailbox_setting.set_mailbox(fields={"folder": "INBOX"}, password="", **change)
    assert fresh(mailbox).password == mail.PASSWORD


def test_the_command_reads_the_mailbox_now(
    imap: mail.Imap, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    office = numbered_office()
    assert main(["requests", "mail", "--body", office.body.code]) == 1
    assert "还没有设置收件邮箱" in capsys.readouterr().err
    mailbox = mailbox_of(office, imap.port)
    imap.deliver(mailbox.username, written(), NOON)
    assert main(["requests", "mail", "--body", office.body.code]) == 0
    assert "新收 1 封 (来信 1), 已收过 0 封。" in capsys.readouterr().out
    Mailbox.objects.update(port=1)
    assert main(["requests", "mail", "--body", office.body.code, "--json"]) == 1
    assert '"failure": "连接不上' in capsys.readouterr().out
