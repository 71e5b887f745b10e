"""Validity that a paper contradicts, or does not state: papers written by us."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.inventory.paper import Paper
from gongkai.inventory.repeals import Repealed, repealed_by
from gongkai.inventory.rows import read_row
from gongkai.inventory.validity_checks import validity_findings
from gongkai.text.mapping import read_mapping

TODAY = date(2026, 11, 27)
MAPPING = read_mapping(
    {
        "source": "试验清单",
        "fields": {
            "title": ["标题"],
            "text": ["内容"],
            "validity": ["效力"],
            "theme": ["类别"],
            "document_number": ["文号"],
            "published_on": {"path": ["时间"], "date": "text"},
            "expires_on": {"path": ["至"], "date": "text"},
            "repealed_on": {"path": ["止"], "date": "text"},
        },
    }
)


def row(**fields: str) -> Paper:
    return read_row({"标题": "摊位管理办法", "内容": "办法全文。", **fields}, MAPPING)


def told(**fields: str) -> list[tuple[str, str, str | None]]:
    read = row(**fields)
    found = validity_findings(read.fields, read.spans, TODAY)
    for one in found:
        assert one.target == "validity"
        assert read.source[one.start : one.end] == one.evidence
    return [(one.kind, one.evidence, one.proposal) for one in found]


@pytest.mark.parametrize(
    ("text", "words", "status"),
    [
        ("本办法有效期至2012年5月31日。", "本办法有效期至2012年5月31日", "失效"),
        (
            "本办法自2010年6月1日起施行，有效期2年。",
            "本办法自2010年6月1日起施行，有效期2年",
            "失效",
        ),
        ("本办法有效期5年，自2012年9月1日起施行。", "本办法有效期5年，自2012年9月1日起", "失效"),
        (
            "第九条　自印发之日起施行，有效期五年。\n青石区商务局\n2015年3月1日",
            "自印发之日起施行，有效期五年",
            "失效",
        ),
        ("本办法已于2011年3月1日废止。", "本办法已于2011年3月1日废止", "废止"),
        (
            "此件已被青商规〔2020〕2号宣布失效，请勿引用。",
            "此件已被青商规〔2020〕2号宣布失效",
            "失效",
        ),
    ],
)
def test_a_text_that_says_it_has_ended_contradicts_in_force(
    text: str, words: str, status: str
) -> None:
    assert told(内容=text, 效力="有效") == [("validity_in_doubt", words, status)]
    assert told(内容=text) == [("validity_in_doubt", words, status)]
    assert told(内容=text, 效力="失效") == []


def test_titles_and_dates_of_the_header_count_too() -> None:
    assert told(标题="摊位管理办法（已废止）", 效力="有效") == [
        ("validity_in_doubt", "（已废止）", "废止")
    ]
    assert told(至="2020-01-01", 效力="有效") == [("validity_in_doubt", "2020-01-01", "失效")]
    assert told(止="2020-01-01", 效力="有效") == [("validity_in_doubt", "2020-01-01", "废止")]
    assert told(至="2030-01-01", 效力="有效") == []
    assert told(止="1970-01-01", 效力="有效") == []  # the empty date of a machine


def test_terms_of_licences_are_none_of_the_papers_own() -> None:
    assert told(内容="许可证有效期为三年，自2001年起发放。", 效力="有效", 时间="2001-01-01") == []
    assert told(内容="证书自发证之日起有效期2年。", 效力="有效", 时间="2001-01-01") == []
    assert told(内容="2008年已废止的旧办法不再引用。", 效力="有效") == []


def test_a_normative_document_without_validity_is_told() -> None:
    assert told(类别="规范性文件") == [("missing_validity", "规范性文件", None)]
    assert told(文号="青商规〔2020〕2号") == [("missing_validity", "青商规〔2020〕2号", None)]
    assert told(类别="规范性文件", 内容="本办法自2025年1月1日起施行，有效期5年。") == [
        ("missing_validity", "本办法自2025年1月1日起施行，有效期5年", "有效")
    ]
    assert told(类别="规范性文件", 效力="有效") == []
    assert told(类别="通知公告") == []


@given(
    begun=st.dates(date(1990, 1, 1), date(2035, 12, 31)),
    years=st.integers(1, 30),
)
def test_a_term_of_years_ends_the_day_before_its_anniversary(begun: date, years: int) -> None:
    text = f"本办法自{begun.year}年{begun.month}月{begun.day}日起施行，有效期{years}年。"
    is_over = (TODAY.year - begun.year, TODAY.month, TODAY.day) >= (years, begun.month, begun.day)
    assert bool(told(内容=text, 效力="有效")) == is_over


def test_papers_that_a_paper_repeals_are_read_with_their_numbers() -> None:
    words = "《甲管理办法》（青商发〔2010〕1号）、《乙实施细则》(青商发[2011]2号)同时废止"
    text = f"根据《丙条例》（国令第1号），本办法自印发之日起施行。{words}。"
    assert repealed_by(text) == [
        Repealed("甲管理办法", "青商发〔2010〕1号", words),
        Repealed("乙实施细则", "青商发〔2011〕2号", words),
    ]
    kept = "（一）保留目录1《甲办法》青商规〔2020〕1号"
    listed = f"{kept}（二）予以废止文件目录1《丁办法》青商规〔2019〕3号"
    assert [(one.name, one.number) for one in repealed_by(listed)] == [
        ("丁办法", "青商规〔2019〕3号")
    ]
    assert repealed_by("决定保留30件、废止和宣布失效11件，《甲办法》继续有效。") == []
