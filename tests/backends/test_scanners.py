"""The scanners: exact places, check digits judged, prose and numbers of papers left in peace."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.backends.scanners.check_digits import is_identity_number, passes_luhn
from gongkai.backends.scanners.damage import DamageScanner
from gongkai.backends.scanners.marks import MarkScanner
from gongkai.backends.scanners.personal import PersonalDataScanner
from gongkai.backends.scanners.spam import SpamScanner
from gongkai.ports import Known, Scanner

ALL: tuple[Scanner, ...] = (
    DamageScanner(),
    PersonalDataScanner(),
    MarkScanner(),
    SpamScanner(),
)
IDENTITY = "11010519491231002X"  # the example of GB 11643
CARD = "6222021234567890128"


def found(scanner: Scanner, text: str) -> list[tuple[str, str]]:
    return [(f.kind, f.evidence) for f in scanner.scan({"text": text})]


@pytest.mark.parametrize("scanner", ALL, ids=lambda s: s.name)
@given(st.text(alphabet="秘密机内部资料1２3560@a.b-c:/★ \n年月日51", max_size=80))
def test_every_finding_names_its_exact_place(scanner: Scanner, text: str) -> None:
    fields = {"title": text[:20], "text": text}
    for finding in scanner.scan(fields):
        assert fields[finding.field][finding.start : finding.end] == finding.evidence
        assert finding.reason


@given(st.integers(0, 10**17 - 1), st.integers(0, 9))
def test_a_changed_digit_is_caught(body: int, place: int) -> None:
    number = IDENTITY
    digit = (int(number[place]) + 1 + body % 9) % 10
    changed = number[:place] + str(digit) + number[place + 1 :]
    assert changed == number or not is_identity_number(changed)


@given(st.text("0123456789", min_size=14, max_size=18))
def test_one_of_ten_check_digits_passes(body: str) -> None:
    assert sum(passes_luhn(body + str(d)) for d in range(10)) == 1


def test_personal_numbers_are_told_apart() -> None:
    text = f"身份证{IDENTITY}，卡号6222 0212 3456 7890 128，手机138-0013-8000，{CARD}"
    assert found(PersonalDataScanner(), text) == [
        ("identity_number", IDENTITY),
        ("bank_card", "6222 0212 3456 7890 128"),
        ("mobile_number", "138-0013-8000"),
        ("bank_card", CARD),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "索引号11J025/ZK-2008-000368，文号门商字〔2008〕71号",
        "统一社会信用代码11110000000013338W",
        "身份证号110105194912310021校验不符",
        "电话010-69842345，邮编102300，共13800000万元",
        "流水号2021138001380001234",
    ],
)
def test_numbers_of_papers_are_no_personal_data(text: str) -> None:
    assert found(PersonalDataScanner(), text) == []


def test_an_official_address_waits_for_no_answer() -> None:
    (private, official) = PersonalDataScanner().scan({"text": "a@b.com 或 bgs@sw.example.gov.cn"})
    assert (private.severity, official.severity) == ("warning", "info")


def test_marks_are_found_and_prose_about_secrets_is_not() -> None:
    text = "机密★10年\n 秘 密 \n密级：绝密\n内部资料 注意保存"
    assert [kind for kind, _ in found(MarkScanner(), text)] == [
        "secrecy_mark",
        "secrecy_mark",
        "secrecy_mark",
        "internal_mark",
        "internal_mark",
    ]
    prose = "涉及国家秘密、商业秘密的，依照《保守国家秘密法》办理，开展保密审查。"
    assert found(MarkScanner(), prose) == []


def test_foreign_hosts_are_found_and_known_ones_are_not() -> None:
    text = "见http://www.foo.example/x，www.sw.example.gov.cn和https://gov.cn.foo.example/。"
    kinds = [e for k, e in found(SpamScanner(), text) if k == "foreign_host"]
    assert kinds == ["http://www.foo.example/x", "https://gov.cn.foo.example/"]
    known = Known(hosts=("foo.example",))
    assert SpamScanner().scan({"text": text}, known=known) == []


def test_an_inserted_advertisement_is_reported_by_one_scanner_only() -> None:
    """Evidence of damage; the words come from the list of detection."""
    text = "本区百家乐商务局工作总结"
    hits = [f for s in (DamageScanner(), SpamScanner()) for f in s.scan({"text": text})]
    assert len(hits) == 1
