"""Damaged dates are found, proposals are real and explain the damage, prose is left alone."""

import re
from datetime import date

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from gongkai.text.damaged_dates import damaged_dates, impossible_dates
from gongkai.text.date_readings import readings
from gongkai.text.dates import from_epoch, parse_date

days = st.dates(date(1949, 10, 1), date(2049, 12, 31))


def spelled(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def without_signs(text: str) -> str:
    return re.sub("[年月日、]", "", text)


@pytest.mark.parametrize(
    ("text", "evidence", "proposal"),
    [
        ("定于85日下午召开", "85日", "8月5日"),
        ("于今年51日起施行", "51日", "5月1日"),
        ("自200712月起", "200712月", "2007年12月"),
        ("截止2008228日前", "2008228日", "2008年2月28日"),
        ("清理20083月后信息", "20083月", "2008年3月"),
        ("截止20081224，我局", "20081224", "2008年12月24日"),
        ("分别为513623818，共移送", "513623818", "5月13日、6月23日、8月18日"),
        ("于2008年51日起", "2008年51日", "2008年5月1日"),
        ("截至20085月1日", "20085月1日", "2008年5月1日"),
        ("于5月136月23日两次", "5月136月23日", "5月13日、6月23日"),
        ("于5月13623818，共", "5月13623818", "5月13日、6月23日、8月18日"),
        ("培训3次，分别为513、623、818，", "513、623、818", "5月13日、6月23日、8月18日"),
        ("截至2008年12月24，我局", "2008年12月24", "2008年12月24日"),
        ("自２００７１２月起", "２００７１２月", "2007年12月"),
        ("自1月1日起至1231日止", "1231日", "12月31日"),
        ("1月1日至1231日，", "1231日", "12月31日"),
        ("自2010111日", "2010111日", None),
        ("自201015日起", "201015日", "2010年1月5日"),
        ("我局513日召开动员会", "513日", "5月13日"),
        ("35日、48日两次", "35日、48日", "3月5日、4月8日"),
    ],
)
def test_lost_signs(text: str, evidence: str, proposal: str | None) -> None:
    (finding,) = damaged_dates(text)
    assert (finding.evidence, finding.proposal) == (evidence, proposal)
    assert text[finding.start : finding.end] == evidence


@pytest.mark.parametrize(
    ("text", "candidates"),
    [
        ("自2008111日起", ("2008年1月11日", "2008年11月1日")),
        ("截至200811，", ("2008年1月1日", "2008年11月")),
    ],
)
def test_several_readings_are_candidates_never_a_guess(
    text: str, candidates: tuple[str, ...]
) -> None:
    (finding,) = damaged_dates(text)
    assert finding.proposal is None
    assert finding.candidates == candidates


def test_number_of_times_picks_the_reading() -> None:
    run = "111213"
    assert len({way.count for way in readings(run)}) > 1
    (finding,) = damaged_dates(f"移送2次，分别为{run}，")
    for way in (finding.proposal, *finding.candidates):
        assert way is None or way.count("日") == 2


@pytest.mark.parametrize(
    "text",
    [
        "自收到申请之日起20个工作日内答复",
        "应当在60日内作出决定",
        "期限为45日，延长不超过15日",
        "自公布之日起30日后施行",
        "满45日起计算",
        "8月18日20时30分",
        "2008年1月1日至2008年12月31日",
        "5月1日、6月1日和5月1、2、3日",
        "1、2、3月份，2007、2008年",
        "36个月，24月龄，有效期10年",
        "期限分别为30日、45日、60日，",
        "行政拘留15日，罚款45日内缴清",
        "超过45日召开的，应当说明理由",
        "不少于45日起算",
        "在45日的期限届满前",
        "电话：20081224，邮编102300",
        "国办发〔2008〕36号，第20081224号",
        "索引号20191202-189769",
        "共印制2008512份，支出200812元",
        "截至2008年底共清理各类信息453条",
        "2008-12-24 00:00，2008.12.24，2008/12/24",
        "一季度增长12.5%，涉及31家企业",
        "http://example.gov.cn/2008/20081224/t20081224_1.html",
    ],
)
def test_sound_prose(text: str) -> None:
    assert damaged_dates(text) == []
    assert impossible_dates(text) == []


@given(days, st.sampled_from(["截至{}，", "自{}起", "（{}）", "于{}召开会议"]))
def test_whole_dates_are_never_flagged(day: date, frame: str) -> None:
    text = frame.format(spelled(day))
    assert damaged_dates(text) == []
    assert impossible_dates(text) == []


@given(days)
def test_the_true_date_is_among_the_readings(day: date) -> None:
    text = f"截至{without_signs(spelled(day))}日，共"
    (finding,) = damaged_dates(text)
    assert spelled(day) in (finding.proposal, *finding.candidates)


@given(st.lists(days, min_size=2, max_size=4, unique=True))
def test_lists_read_back(found: list[date]) -> None:
    pairs = sorted({(day.month, day.day) for day in found})
    assume(len(pairs) >= 2)
    whole = "、".join(f"{month}月{day}日" for month, day in pairs)
    assert whole in [way.spelled for way in readings(without_signs(whole))]


@given(st.from_regex(r"[0-9年月日、]{1,14}", fullmatch=True))
def test_readings_are_real_and_explain_the_run(run: str) -> None:
    for way in readings(run):
        assert without_signs(way.spelled) == without_signs(run)
        rest = iter(way.spelled)
        assert all(char in rest for char in run), "only losing signs leads from reading to run"
        for year, month, day in re.findall(
            r"(?:(\d{4})年)?(\d{1,2})月(?:(\d{1,2})日)?", way.spelled
        ):
            date(int(year or 2000), int(month), int(day or 1))


@given(st.text(alphabet="0123456789年月日、，。起止于自截 今本分别为次内-〔〕号", max_size=40))
def test_any_text_gives_sound_findings(text: str) -> None:
    for finding in [*damaged_dates(text), *impossible_dates(text)]:
        assert text[finding.start : finding.end] == finding.evidence


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("2008年2月30日", "impossible_date"),
        ("2023-13-05", "impossible_date"),
        ("定于9月31日举行", "impossible_date"),
        ("1970-01-01 08:00", "epoch_date"),
        ("0000-00-00", "epoch_date"),
    ],
)
def test_dates_that_cannot_be(text: str, kind: str) -> None:
    (finding,) = impossible_dates(text)
    assert finding.kind == kind
    assert finding.proposal is None


@pytest.mark.parametrize(
    ("raw", "day"),
    [
        ("2008-12-24 00:00", date(2008, 12, 24)),
        ("２００８年１２月２４日", date(2008, 12, 24)),
        ("2021-11-19T00:00:00.000+0800", date(2021, 11, 19)),
        ("2019.11.26", date(2019, 11, 26)),
        ("20081224", date(2008, 12, 24)),
        ("二〇〇八年十二月二十四日", date(2008, 12, 24)),
        ("二○一○年十月三十日", date(2010, 10, 30)),
        ("2008年12月", None),
        ("2008-02-30", None),
        ("", None),
        ("尽快", None),
        ("Mon, 03 Mar 2008 08:00:00 GMT", date(2008, 3, 3)),
        ("Mon, 03 Mar 2008 20:00:00 GMT", date(2008, 3, 4)),
        ("3 Mar 2008 20:00 +0800", date(2008, 3, 3)),
        ("31 Feb 2008", None),
        ("3 Mar 20081", None),
    ],
)
def test_parse_date(raw: str, day: date | None) -> None:
    assert parse_date(raw) == day


def test_epoch_values_are_days_in_china() -> None:
    assert from_epoch("1574067600000", unit="ms") == date(2019, 11, 18)
    assert from_epoch(1636646400, unit="s") == date(2021, 11, 12)
    assert from_epoch(1574697600, unit="s") == date(2019, 11, 26)  # 16:00 UTC is the next day
    assert from_epoch(0, unit="s") is None
    assert from_epoch("none", unit="ms") is None
