"""Scanners find what must not slip out, and leave what only looks like it."""

import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.backends.scanners import personal as personal_rules
from gongkai.backends.scanners.damage import DamageScanner
from gongkai.backends.scanners.marks import MarkScanner
from gongkai.backends.scanners.numbers import classify, identity_card_valid, luhn_valid
from gongkai.backends.scanners.people import PeopleScanner
from gongkai.backends.scanners.personal import PersonalDataScanner
from gongkai.backends.scanners.spam import SpamScanner
from gongkai.backends.scanners.word_lists import WordListScanner
from gongkai.backends.scanners.work_secrets import WorkSecretScanner
from gongkai.ports import Known, Scanner
from gongkai.text.damage import KINDS

ALL: list[Scanner] = [
    DamageScanner(),
    PersonalDataScanner(),
    PeopleScanner(),
    MarkScanner(),
    WorkSecretScanner(),
    WordListScanner(),
    SpamScanner(),
]
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def card(region: str, born: date, order: int) -> str:
    """An identity card number with its check character, computed apart from the code tested."""
    body = f"{region}{born:%Y%m%d}{order:03d}"
    total = sum(int(digit) * weight for digit, weight in zip(body, WEIGHTS, strict=True))
    return body + "10X98765432"[total % 11]


def with_luhn(body: str) -> str:
    for digit in "0123456789":
        total = 0
        for place, char in enumerate(reversed(body + digit)):
            value = int(char) * (2 if place % 2 else 1)
            total += value // 10 + value % 10
        if total % 10 == 0:
            return body + digit
    raise AssertionError


ID = card("110109", date(1990, 3, 7), 12)
BANK = with_luhn("622202020011223344"[:17] + "5")
cards = st.builds(
    card,
    st.sampled_from(["110109", "440300", "650102"]),
    st.dates(date(1900, 1, 1), date(2020, 12, 31)),
    st.integers(0, 999),
)


def kinds(scanner: Scanner, text: str, **known: str) -> list[tuple[str, str]]:
    found = scanner.scan({"text": text}, known=Known(**known))  # type: ignore[arg-type]
    for finding in found:
        assert finding.field == "text"
        assert text[finding.start : finding.end] == finding.evidence
    return [(finding.kind, finding.evidence) for finding in found]


personal = PersonalDataScanner()


@pytest.mark.parametrize(
    ("text", "kind", "evidence"),
    [
        (f"身份证号{ID}，", "identity_card", ID),
        (f"身份证号{ID.lower()}", "identity_card", ID.lower()),
        (f"{ID[:6]} {ID[6:14]} {ID[14:]}", "identity_card", f"{ID[:6]} {ID[6:14]} {ID[14:]}"),
        (f"{ID[:10]}\n{ID[10:]}", "identity_card", f"{ID[:10]}\n{ID[10:]}"),
        (f"{ID[:9]}\u200b{ID[9:]}", "identity_card", f"{ID[:9]}\u200b{ID[9:]}"),
        ("手机：１３８１２３４５６７８。", "mobile", "１３８１２３４５６７８"),
        ("电话138-1234-5678转", "mobile", "138-1234-5678"),
        (f"卡号{BANK}。", "bank_card", BANK),
        (
            f"卡号 {BANK[:4]} {BANK[4:8]} {BANK[8:12]} {BANK[12:16]} {BANK[16:]}",
            "bank_card",
            f"{BANK[:4]} {BANK[4:8]} {BANK[8:12]} {BANK[12:16]} {BANK[16:]}",
        ),
        ("请寄zhang.san@example.com。", "email", "zhang.san@example.com"),
    ],
)
def test_personal_data(text: str, kind: str, evidence: str) -> None:
    assert kinds(personal, text) == [(kind, evidence)]


@pytest.mark.parametrize(
    "text",
    [
        f"身份证号{ID[:6]}********{ID[14:]}，手机138****5678",
        f"流水号{ID[:17]}{'0' if ID[17] != '0' else '1'}",
        "统一社会信用代码91110108551385082Q",
        "索引号11120000MB1671711Y/2021-00159",
        f"合同编号：{BANK}",
        "总投资13812345678元，面积13912345678.5平方米",
        "热线12345，电话010-69842345，邮编102300",
        "第0138123456789号，20081224",
        "国办发〔2008〕36号  2008 0430 1234",
    ],
)
def test_false_friends(text: str) -> None:
    assert kinds(personal, text) == []


def test_two_numbers_side_by_side() -> None:
    text = "13812345678 13912345678、" + ID + " " + ID
    assert [kind for kind, _ in kinds(personal, text)] == ["mobile"] * 2 + ["identity_card"] * 2


def test_masked_proposals() -> None:
    (found,) = personal.scan({"title": f"公示{ID}"})
    assert found.proposal == ID[:6] + "*" * 8 + ID[14:]
    (mobile,) = personal.scan({"text": "联系138 1234 5678"})
    assert mobile.proposal == "138 **** 5678"
    (mail,) = personal.scan({"text": "zs@example.com"})
    assert mail.proposal == "z***@example.com"
    for finding in (found, mobile, mail):
        assert not personal.scan({"text": finding.proposal or "x"}) or finding.kind == "email"


def test_official_mail_is_for_information() -> None:
    (found,) = personal.scan({"text": "监督邮箱 jiandu@example.gov.cn"})
    assert found.severity == "info"


@given(cards)
def test_every_identity_card_is_found(number: str) -> None:
    assert identity_card_valid(number)
    assert kinds(personal, f"某人（{number}）") == [("identity_card", number)]


@given(cards, st.integers(0, 17), st.integers(1, 9))
def test_one_wrong_digit_is_no_identity_card(number: str, place: int, by: int) -> None:
    if number[place] != "X":
        wrong = number[:place] + str((int(number[place]) + by) % 10) + number[place + 1 :]
        assert not identity_card_valid(wrong)


@given(st.integers(10**15, 10**17 - 1))
def test_luhn_has_one_check_digit(body: int) -> None:
    digits = [digit for digit in "0123456789" if luhn_valid(f"{body}{digit}")]
    assert digits == [with_luhn(str(body))[-1]]


def test_classification() -> None:
    assert classify(ID, before="编号") == "identity_card"
    assert classify(BANK) == "bank_card"
    assert classify(BANK, before="订单编号：") == "serial_number"
    assert classify("91110108551385082Q") == "credit_code"
    assert classify("13812345678", after="元") == "other"


@pytest.mark.parametrize(
    ("text", "kind", "evidence"),
    [
        ("机密★三年\n关于某事的报告", "secrecy_mark", "机密★三年"),
        ("报告\n绝密☆长期", "secrecy_mark", "绝密☆长期"),
        ("秘　密\n某某文件", "secrecy_mark", "秘　密"),
        ("密级：秘密", "secrecy_mark", "秘密"),
        ("内部资料　注意保存\n正文", "internal_mark", "内部资料　注意保存"),
        ("【内部文件】第12期\n", "internal_mark", "【内部文件】"),
        ("通知（内部使用）如下", "internal_mark", "（内部使用）"),
        ("（此件不公开）", "disclosure_mark", "此件不公开"),
        ("（此件依申请公开）", "disclosure_mark", "此件依申请公开"),
        ("機密★\n", "secrecy_mark", "機密★"),
    ],
)
def test_marks(text: str, kind: str, evidence: str) -> None:
    assert kinds(MarkScanner(), text) == [(kind, evidence)]


@pytest.mark.parametrize(
    "text",
    [
        "依照《中华人民共和国保守国家秘密法》进行保密审查。",
        "工作秘密管理办法",
        "涉及国家秘密、商业秘密和个人隐私的，不予公开。",
        "机密级会议室的管理要求",
        "内部资料管理办法自印发之日起施行。",
        "（此件公开发布）",
        "机关内部文件流转时间",
    ],
)
def test_words_in_text_are_no_marks(text: str) -> None:
    assert kinds(MarkScanner(), text) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("见http://www.example.gov.cn/a和https://example.edu.cn", []),
        (
            "见https://news.example.com/a?b=1。",
            [("foreign_host", "https://news.example.com/a?b=1")],
        ),
        ("见www.example.com，", [("foreign_host", "www.example.com")]),
        ("见http://gov.cn.example.com/", [("foreign_host", "http://gov.cn.example.com/")]),
        ("见http://gov.cn@example.com/", [("foreign_host", "http://gov.cn@example.com/")]),
        ("http://192.168.1.8/oa", [("internal_host", "http://192.168.1.8/oa")]),
        ("http://oaserver/x", [("internal_host", "http://oaserver/x")]),
        ("依法查处网络投注", [("spam_word", "投注")]),
    ],
)
def test_links_and_words(text: str, found: list[tuple[str, str]]) -> None:
    assert kinds(SpamScanner(), text) == found


def test_known_hosts_may_be_linked_to() -> None:
    text = "见https://www.example.com/a与https://other.example.net/"
    assert kinds(SpamScanner(hosts=("example.com",)), text) == [
        ("foreign_host", "https://other.example.net/")
    ]
    found = SpamScanner().scan({"text": text}, known=Known(hosts=("example.com", "example.net")))
    assert found == []


def test_a_word_alone_weighs_little_two_weigh_more() -> None:
    (alone,) = SpamScanner().scan({"text": "依法查处网络投注行为"})
    assert alone.severity == "info"
    two = SpamScanner().scan({"text": "棋牌 投注"})
    assert [finding.severity for finding in two] == ["warning", "warning"]


def test_place_comes_from_the_caller_or_the_index_number() -> None:
    text = "某市滚球app_188足球比分|官网:商务局"
    (named,) = DamageScanner().scan({"title": text}, known=Known(place="某区"))
    assert (named.field, named.proposal) == ("title", "某区")
    (by_number,) = DamageScanner().scan({"title": text, "index_number": "11J025/ZK-2008-000001"})
    assert by_number.proposal == "门头沟区"
    (unknown,) = DamageScanner().scan({"title": text})
    assert unknown.proposal is None


@pytest.mark.parametrize("scanner", ALL, ids=lambda s: s.name)
@given(fields=st.dictionaries(st.sampled_from(["title", "text"]), st.text(max_size=120)))
def test_contract_any_text(scanner: Scanner, fields: Mapping[str, str]) -> None:
    for finding in scanner.scan(fields):
        assert fields[finding.field][finding.start : finding.end] == finding.evidence
        assert finding.reason.endswith("。")
        assert finding.severity in ("error", "warning", "info")


def test_names_are_unique() -> None:
    assert len({scanner.name for scanner in ALL}) == len(ALL)


GAP = "[ \\t\\n.·–—-]{0,2}"
WRITTEN = {
    "identity_card": rf"[0-9](?:{GAP}[0-9]){{16}}{GAP}[0-9x]",
    "bank_card": rf"[0-9]{{4}}(?:{GAP}[0-9]{{4}}){{3}}{GAP}[0-9]{{0,3}}",
    "mobile": rf"1[3-9][0-9]{GAP}[0-9]{{4}}{GAP}[0-9]{{4}}",
    "email": r"[a-z0-9][a-z0-9._%+-]*@[a-z0-9.-]+\.[a-z]{2,12}",
    "old_identity_card": rf"[0-9](?:{GAP}[0-9]){{14}}",
}


@given(
    st.lists(
        st.sampled_from([*"0123456789x a@b.c-\n政*%", ".cn", "a@b.cn", "13812345678", "6222" * 4]),
        max_size=30,
    ).map("".join)
)
def test_no_beginning_of_a_number_or_address_is_left_out(text: str) -> None:
    """Against every beginning tried with every rule."""
    every = [
        personal_rules._Candidate(rule, match.start(), match.end(1))
        for rule, written in WRITTEN.items()
        for match in re.finditer(f"(?=({written}))", text)
    ]
    tried = list(personal_rules._candidates(text))
    assert set(tried) <= set(every)
    order = list(WRITTEN)
    assert [order.index(c.rule) for c in tried] == sorted(order.index(c.rule) for c in tried)
    left = [c for c in every if c not in tried and personal_rules._judged(text, c)[0] != "other"]
    # Of addresses with the same end only the first is looked at: the others lie within it.
    ends = {c.end: c.start for c in tried if c.rule == "email"}
    assert [c for c in left if c.rule != "email" or ends.get(c.end, len(text)) >= c.start] == []


def test_the_document_the_project_started_from(shared_dir: Path) -> None:
    text = (shared_dir / "seed" / "summary-2008.txt").read_text("utf-8")
    assert kinds(personal, text) == []
    assert kinds(MarkScanner(), text) == []
    assert kinds(SpamScanner(), text) == []
    assert len(kinds(DamageScanner(), text, place="门头沟区")) == 20


def test_every_kind_is_documented(project_root: Path) -> None:
    page = (project_root / "docs" / "reference" / "findings.md").read_text("utf-8")
    others = {"identity_card", "bank_card", "mobile", "email", "secrecy_mark", "internal_mark"}
    others |= {"person_name", "home_address", "passport", "number_plate", "minor", "listed_word"}
    others |= {
        "unreadable_file",
        "hidden_text",
        "file_properties",
        "disclosure_mark",
        "foreign_host",
        "internal_host",
        "spam_word",
    }
    assert [kind for kind in sorted(others | set(KINDS)) if f"`{kind}`" not in page] == []
