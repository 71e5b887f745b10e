"""A mail's bytes as values: what really arrives, and what is made to hurt."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.disclosure.mailbox import reading, sandbox
from gongkai.disclosure.mailbox.hints import hints, rest
from tests.disclosure.mailbox.samples import HTML, WORDS, bounced, gbk, written


def test_a_plain_mail_with_files() -> None:
    files = (
        ("申请表.pdf", b"%PDF-1.7 x", "application/pdf"),
        ("身份证.jpg", b"\xff\xd8\xffx", "image/jpeg"),
    )
    mail = reading.read(written(files=files, In_Reply_To="<a@b>", References="<c@d> <a@b>"))
    assert (mail.sender, mail.sender_name) == ("zhou@mail.example", "周晓晴")
    assert mail.subject == "政府信息公开申请" and mail.message_id == "one@mail.example"
    assert mail.text == WORDS.strip() and mail.refers_to == ("a@b", "c@d")
    assert [(f.name, f.size, f.content) for f in mail.attachments] == [
        ("申请表.pdf", 10, b""),
        ("身份证.jpg", 4, b""),
    ]
    assert mail.return_path is None and mail.watched == {}


def test_old_chinese_mail_is_read() -> None:
    mail = reading.read(gbk())
    assert mail.sender_name == "王䶮" and mail.subject == "申请公开—㙍南路规划"
    assert mail.text == "请公开㙍南路的规划图。"


def test_a_coded_name_holds_no_second_address() -> None:
    coded = "=?utf-8?B?PGV2aWxAeC5leGFtcGxlPiwg?= <zhou@mail.example>"
    mail = reading.read(f"From: {coded}\r\n\r\n".encode())
    assert (mail.sender, mail.sender_name) == ("zhou@mail.example", "<evil@x.example>,")


def test_html_gives_its_words_and_no_script() -> None:
    assert reading.read(HTML).text == "请公开 预算。\n谢谢"


def test_a_report_tells_whom_it_did_not_reach_and_of_which_mail() -> None:
    mail = reading.read(bounced("<letter.1@yunling.example>"))
    assert mail.deliveries == (reading.Delivery("zhou@mail.example", "failed", "5.1.1"),)
    assert "letter.1@yunling.example" in mail.refers_to
    assert mail.report_type == "delivery-status" and mail.return_path == ""


@pytest.mark.parametrize("kind", ["2231", "2047"])
def test_file_names_of_either_coding(kind: str) -> None:
    name = {
        "2231": b"filename*=utf-8''%E8%A1%A8.pdf",
        "2047": b'filename="=?gb2312?B?se0ucGRm?="',
    }[kind]
    raw = (
        b"From: a@b.example\r\nMIME-Version: 1.0\r\nContent-Type: application/pdf\r\n"
        b"Content-Disposition: attachment; " + name + b"\r\n\r\n%PDF-"
    )
    (file,) = reading.read(raw).attachments
    assert file.name == "表.pdf"


@given(st.binary(max_size=3000))
def test_no_bytes_break_the_reader(raw: bytes) -> None:
    mail = reading.read(raw, with_content=True)
    assert len(mail.text) <= reading.MOST_TEXT


@given(st.lists(st.sampled_from([
    b"Content-Type: multipart/mixed; boundary=b\r\n", b"--b\r\n", b"--b--\r\n", b"\r\n",
    b"Content-Type: message/rfc822\r\n", b"Content-Transfer-Encoding: base64\r\n", b"=?x?q?=?=",
    b"Subject: =?gb2312?B?!!!?=\r\n", b"From: <<>>@\r\n", b"Action: failed\r\n",
    b"Content-Type: message/delivery-status\r\n", b'Content-Disposition: x; filename*0*="a\r\n',
    b"Message-ID: <\xff\x00>\r\n", b"charset=utf-99", b"Content-Type: text/html\r\n",
]), max_size=40))  # fmt: skip
def test_no_mixture_of_mail_parts_breaks_the_reader(parts: list[bytes]) -> None:
    reading.read(b"".join(parts), with_content=True)


def test_deep_nesting_and_many_parts_end() -> None:
    deep = b"".join(
        b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (n, n) for n in range(300)
    )
    reading.read(deep + b"Content-Type: text/plain\r\n\r\nhello")
    wide = b"Content-Type: multipart/mixed; boundary=b\r\n\r\n" + b"--b\r\n\r\nx\r\n" * 3000
    assert len(reading.read(wide + b"--b--").text) < reading.MOST_TEXT


def test_the_child_answers_with_the_contents_when_asked() -> None:
    raw = written(files=(("表.pdf", b"%PDF-1.7", "application/pdf"),))
    assert sandbox.read(raw) == reading.read(raw)
    assert sandbox.read(raw, with_content=True).attachments[0].content == b"%PDF-1.7"


def test_a_child_that_dies_is_an_unreadable_mail(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sandbox, "CHILD", "gongkai.disclosure.mailbox.no_such_module")
    with pytest.raises(sandbox.UnreadableMail):
        sandbox.read(b"Subject: x\r\n\r\n")


def test_labelled_lines_fill_the_entry_form() -> None:
    assert hints(WORDS) == {
        "name": "周晓晴",
        "identity_number": "110199198805050026",
        "phone": "13900007788",
        "address": "云岭区杏花路3号",
        "subject": "云岭区杏花路绿化工程的招标文件",
    }
    assert hints("您好，请公开预算。电话很忙：打不通") == {}
    assert rest(WORDS) == "政府信息公开申请表\n请以电子邮件提供。"
