"""Damage is found, named and never repaired; sound prose has none."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.text.damage import KINDS, find_damage
from gongkai.text.sums import sum_findings

AD = "滚球app_188足球比分|官网:"  # damage made for the test

PROSE = """
为贯彻《中华人民共和国政府信息公开条例》，本局于2008年4月30日召开动员会，自5月1日起施行新的工作办法。
全年共举办培训3次，参加120人次；收到申请15件，答复14件，其余1件在法定期限20个工作日内办理。
严厉打击网络赌博和非法彩票投注，加强体育彩票销售网点管理；请登录区政府官网，下载“办事通”APP。
联系电话：69842345，邮编102300；文件见国办发〔2008〕36号，附件共12页。是否公开？？请示后决定。
在主动公开的200条信息中，法规类50条，占总体的比例为25%；动态类150条，占75%。
全年共受理80件，其中网上50件，信函20件，窗口10件。垚（yáo）山社区。
"""


def test_sound_prose_has_none() -> None:
    assert find_damage(PROSE, place="某区") == []


@pytest.mark.parametrize(
    ("text", "kind", "evidence", "proposal"),
    [
        (f"某市{AD}商务局工作总结", "replaced_name", AD, "某区"),
        (f"《{AD}政府信息公开办法》", "replaced_name", AD, "某区"),
        ("app_bet365_足球比分 关于放假的通知", "inserted_ad", "app_bet365_足球比分", ""),
        ("北京關(guān)于", "inserted_reading", "關(guān)", "关"),
        ("见鏀垮簻淇℃伅网站", "mojibake", "鏀垮簻淇℃伅", "政府信息"),
        ("ÕþÎñ¹«¿ª", "mojibake", "ÕþÎñ¹«¿ª", "政务公开"),
        ("锟斤拷锟斤拷", "mojibake", "锟斤拷锟斤拷", None),
        ("某某??信息", "lost_characters", "??", None),
        ("信\ufffd息", "lost_characters", "\ufffd", None),
        ("信\u200b息", "invisible_character", "\u200b", ""),
        ("信\ue123息", "private_character", "\ue123", None),
        ("&ldquo;公开", "html_entity", "&ldquo;", "“"),
        ("于今年51日起", "damaged_date", "51日", "5月1日"),
    ],
)
def test_each_kind(text: str, kind: str, evidence: str, proposal: str | None) -> None:
    (finding,) = find_damage(text, place="某区")
    assert (finding.kind, finding.evidence, finding.proposal) == (kind, evidence, proposal)
    assert finding.kind in KINDS
    assert finding.reason.endswith("。")


@pytest.mark.parametrize(
    ("text", "evidence"),
    [
        ("某市开云体育入口_开云(中国)登录网址:教育局年度报告", "开云体育入口_开云(中国)登录网址:"),
        ("bet365官方网站(中国)有限公司-民政局", "bet365官方网站(中国)有限公司-"),
        ("乐某网页版登录官网_ley体育 | 财政局预算", "乐某网页版登录官网_ley体育 | "),
        ("ng28某牌力量_南某28官网:发展和改革委员会", "ng28某牌力量_南某28官网:"),
        ("js某某3833(中国)有限公司-官方网站:卫生健康局", "js某某3833(中国)有限公司-官方网站:"),
        ("365wm某美体育|官网:人民政府办公室", "365wm某美体育|官网:"),
        ("公开责任部门:188某宝体育_某宝app官网:某区文化委员会", "188某宝体育_某宝app官网:"),
        (
            "某县永利集团3044官网欢迎您(中国)有限公司:统计局",
            "永利集团3044官网欢迎您(中国)有限公司:",
        ),
        ("九某体育(JY SPORTS)官方网站|app下载:商务局", "九某体育(JY SPORTS)官方网站|app下载:"),
        ("www.bet365体育在线.com商务局", "www.bet365体育在线.com"),
    ],
)
def test_advertisements_of_houses_nobody_listed(text: str, evidence: str) -> None:
    (finding,) = find_damage(text, place="某区")
    assert (finding.kind, finding.evidence) == ("replaced_name", evidence)


@pytest.mark.parametrize(
    "text",
    [
        "请登录www.example.gov.cn官网-商务局下载表格",
        "下载“办事通”APP，在政务服务平台注册登录：财政局办理",
        "体育局官网：教育局与体育局联合直播足球比赛",
        "12345热线平台官网：商务局负责回复",
        "首页|登录|注册|English|政务公开",
        "附件1_商务局_2008年总结.doc",
        "IMG_2008体育中心",
        "中国体育彩票管理中心官方网站公布：财政局拨付彩票公益金",
        "某某（中国）有限公司诉某市市场监督管理局",
    ],
)
def test_shapes_that_are_no_advertisements(text: str) -> None:
    assert find_damage(text) == []


def test_name_unknown_gives_no_proposal() -> None:
    (finding,) = find_damage(f"某市{AD}商务局")
    assert finding.proposal is None


def test_same_advertisement_is_cut_alike_everywhere() -> None:
    text = f"官方{AD}商务局\n某市{AD}商务局\n《{AD}政府办法》"
    assert [finding.evidence for finding in find_damage(text)] == [AD] * 3


@pytest.mark.parametrize("word", ["博彩", "彩票", "直播", "官网", "投注", "bet365"])
def test_a_word_alone_is_no_advertisement(word: str) -> None:
    assert find_damage(f"打击{word}违法行为") == []


def test_traditional_text_is_one_finding_beside_its_readings() -> None:
    text = "關(guān)於開展政府資(zī)訊公開工作的通知"
    kinds = [finding.kind for finding in find_damage(text)]
    assert kinds.count("traditional_script") == 1
    assert kinds.count("inserted_reading") == 2


def test_classes_that_add_up_to_more_than_the_stated_whole() -> None:
    text = "在公开的36条信息中，甲类10条，占总体的比例为26.32%；乙类28条，占总体的比例为73.68%。"
    (finding,) = sum_findings(text)
    assert (finding.kind, finding.evidence, finding.proposal) == ("sum_mismatch", "36条", "38条")
    assert "10+28=38" in finding.reason
    assert "38的比例" in finding.reason


def test_whole_and_shares_both_off_gives_no_single_answer() -> None:
    text = "在公开的36条信息中，甲类10条，占20%；乙类28条，占30%。"
    first, *shares = sum_findings(text)
    assert first.proposal is None
    assert first.candidates == ("38条",)
    assert [finding.kind for finding in shares] == ["share_mismatch", "share_mismatch"]


def test_wrong_share() -> None:
    (finding,) = sum_findings("共20件中，来信12件，占60%；来访8件，占45%。")
    assert (finding.kind, finding.proposal) == ("share_mismatch", "40%")


def test_parts_above_the_whole() -> None:
    assert sum_findings("共100条，其中甲类60条，乙类40条。") == []
    # The next clause is no part; where semicolons divide the list itself they are.
    assert sum_findings("办结8件，其中公开3件，其他处理5件；结转下年度7件。") == []
    assert sum_findings("办结8件，其中公开3件；不予公开6件。") != []
    (finding,) = sum_findings("共100条，其中甲类60条，乙类50条。")
    assert finding.evidence == "100条"


@given(st.lists(st.integers(1, 999), min_size=2, max_size=6), st.integers(-1, 3))
def test_sums_are_right_exactly_when_they_add_up(counts: list[int], off: int) -> None:
    total = sum(counts)
    stated = total + off
    parts = "；".join(f"第类{n}条，占{round(n * 100 / total, 2):.2f}%" for n in counts)
    kinds = [f.kind for f in sum_findings(f"在公开的{stated}条信息中，{parts}。")]
    assert kinds.count("sum_mismatch") == (1 if off else 0)


@given(st.text(max_size=80))
def test_any_text_gives_sound_findings(text: str) -> None:
    for finding in find_damage(text):
        assert text[finding.start : finding.end] == finding.evidence
        assert finding.start < finding.end


def test_the_document_the_project_started_from(shared_dir: Path) -> None:
    text = (shared_dir / "seed" / "summary-2008.txt").read_text("utf-8")
    found = find_damage(text, place="门头沟区")
    replaced = [finding for finding in found if finding.kind == "replaced_name"]
    assert len(replaced) == 11
    assert {finding.proposal for finding in replaced} == {"门头沟区"}
    assert {finding.evidence[-3:] for finding in replaced} == {"官网:"}
    dates = [(f.evidence, f.proposal) for f in found if f.kind == "damaged_date"]
    assert dates == [
        ("51日", "5月1日"),
        ("200712月", "2007年12月"),
        ("2008228日", "2008年2月28日"),
        ("20083月", "2008年3月"),
        ("20083月", "2008年3月"),
        ("20081224", "2008年12月24日"),
        ("20083月", "2008年3月"),
        ("513623818", "5月13日、6月23日、8月18日"),
    ]
    (total,) = [finding for finding in found if finding.kind == "sum_mismatch"]
    assert (total.evidence, total.proposal) == ("366条", "368条")
    assert "13+19+28+44+264=368" in total.reason
    assert len(found) == 20

    repaired = text
    for finding in reversed(found):
        assert finding.proposal is not None
        repaired = repaired[: finding.start] + finding.proposal + repaired[finding.end :]
    assert find_damage(repaired, place="门头沟区") == []
