"""Every kind of fault that a clean-up has to find, each from a file to the draft on the desk.

A row of the table is a sample of ours; all are taken in by one run and looked for among the
findings of their drafts: with the words they are about, their place, and a proposal where one is
safe. The samples are written here; the words of betting in them are invented houses.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from dataclasses import dataclass

import pytest

from gongkai.inventory import actions
from gongkai.inventory.kinds import KINDS
from gongkai.inventory.models import InventoryRun
from gongkai.orgs.models import Body, Person
from gongkai.records.models import Record
from gongkai.review.fields import is_editable, texts_of
from gongkai.review.models import Finding
from tests.inventory.conftest import opened

pytestmark = pytest.mark.django_db
COLUMNS = (
    "信息名称", "文号", "信息分类", "信息有效性", "生成日期", "发布日期", "附件链接", "正文",
)  # fmt: skip
LONG = "".join(f"第{n}条　摊位由管理方逐日登记，按月汇总后报主管部门备案。" for n in range(1, 13))


@dataclass(frozen=True)
class Sample:
    """What is found: the kind, the words and the proposal; `""` as words where it has no place."""

    kind: str
    evidence: str
    proposal: str | None
    row: dict[str, str]
    target: str = ""


def row(name: str, text: str = "请照此办理。", **more: str) -> dict[str, str]:
    return {
        "信息名称": name,
        "文号": "",
        "信息有效性": "有效",
        "生成日期": "2008-01-20",
        "发布日期": "2008-01-22",
        "正文": text,
        **more,
    }


CUT = "关于加强夏季露天市场消防安全管理..."
AD = "km888体育_wz188官网:"
WHOLE = "關(guān)於開(kāi)展節日市場檢查的通知，請各單位認真組織實施並報告結果。"
SIMPLE = "关于开展节日市场检查的通知，请各单位认真组织实施并报告结果。"
SAMPLES = (
    # repeats, also across sections, and versions
    Sample("possible_duplicate", "关于甲的通知", None, row("关于甲的通知", "另一份。")),
    Sample("repeated_title", "", None, row("关于甲的通知", "又一份。", 生成日期="2008-01-21")),
    Sample("near_duplicate", "", None, row("关于丙的通知", f"{LONG}此复")),
    Sample("possible_version", "", None, row("关于丁的通知", f"{LONG[:150]}{LONG[190:]}另附清单")),
    # titles
    Sample("cut_title", CUT, "关于加强夏季露天市场消防安全管理工作的通知",
           row(CUT, "关于加强夏季露天市场消防安全管理工作的通知\n各市场：请照办。")),
    Sample("spread_title", "青  石  区  商  务  局", "青石区商务局",
           row("青  石  区  商  务  局关于戊的通知")),
    Sample("spread_title", "好 2008 年", "好2008年", row("关于做好 2008 年工作的通知")),
    # bodies
    Sample("no_text", "", None, row("关于己的通知", "")),
    Sample("no_text", "附件：1.名单 2.表格", None, row("关于庚的通知", "附件：1.名单 2.表格")),
    # addresses
    Sample("glued_addresses", "http://a.gov.cn/1http://a.gov.cn/2", None,
           row("关于辛的通知", 附件链接="http://a.gov.cn/1http://a.gov.cn/2")),
    # dates
    Sample("dates_disagree", "2008-02-01", None, row("关于壬的通知", 生成日期="2008-02-01")),
    Sample("dates_disagree", "2008年3月5日", None,
           row("关于癸的通知", "请照办。\n青石区商务局\n2008年3月5日", 生成日期="")),
    Sample("epoch_date", "1970-01-01", None, row("关于子的通知", 生成日期="1970-01-01")),
    Sample("not_read", "2008-02-30", None, row("关于丑的通知", 生成日期="2008-02-30")),
    Sample("not_read", "39500", "2008-02-22", row("关于寅的通知", 发布日期="39500"),
           "first_published_on"),
    Sample("mixed_dates", "2008.1.20", None, row("关于卯的通知", 生成日期="2008.1.20")),
    Sample("empty_field", "", None, row("关于辰的通知", 生成日期="", 发布日期="")),
    Sample("unfilled_date", "2008年1月9日", "2008-01-09",
           row("关于巳的通知", "请照办。\n青石区商务局\n2008年1月9日", 生成日期=""), "created_on"),
    Sample("damaged_date", "2008228日", "2008年2月28日",
           row("关于午的通知", "本通知自2008228日起施行。")),
    Sample("impossible_date", "2008年2月30日", None,
           row("关于未的通知", "自2008年2月30日起施行。")),
    # numbers
    Sample("document_number_form", "青商字[2008]08号", "青商字〔2008〕8号",
           row("关于申的通知", 文号="青商字[2008]08号")),
    Sample("document_number", "见原件", None, row("关于酉的通知", 文号="见原件")),
    Sample("unfilled_document_number", "青商字〔2008〕9号", "青商字〔2008〕9号",
           row("关于戌的通知", "青商字〔2008〕9号\n各单位：请照办。"), "document_number"),
    Sample("sum_mismatch", "11件", None,
           row("关于亥的通知", "共受理申请11件，其中同意5件，不同意7件。")),
    # validity
    Sample("not_read", "也许", None, row("关于一的通知", 信息有效性="也许")),
    Sample("validity_in_doubt", "本办法有效期至2012年5月31日", "失效",
           row("关于二的通知", "本办法有效期至2012年5月31日。"), "validity"),
    Sample("missing_validity", "规范性文件", None,
           row("关于三的通知", 信息分类="规范性文件", 信息有效性=""), "validity"),
    # text
    Sample("inserted_reading", "關(guān)", "关", row("关于四的通知", WHOLE)),
    Sample("traditional_script", WHOLE[:-2], SIMPLE[:-2], row("关于五的通知", f"{WHOLE}")),
    Sample("mojibake", "鏀垮簻淇℃伅", "政府信息",
           row("关于六的通知", "鏀垮簻淇℃伅请照办。")),
    Sample("lost_characters", "??", None, row("关于七的通知", "请各单??照办。")),
    Sample("invisible_character", "\u200b", "", row("关于八的通知", "请各\u200b单位照办。")),
    Sample("html_entity", "&ldquo;", "“", row("关于九的通知", "请按&ldquo;通知办理。")),
    # names, hosts, advertisements
    Sample("replaced_name", AD, "青石区", row("关于十的通知", f"请到{AD}商务局办理。")),
    Sample("inserted_ad", AD, "", row(f"{AD}关于十一的通知")),
    Sample("foreign_name", "海淀区", "青石区",
           row("海淀区商务局关于十二的通知", "请照办。\n海淀区商务局\n2008年1月20日",
               文号="青商字〔2008〕12号")),
    Sample("replaced_host", "www.km888.com", None,
           row("关于十三的通知", "详见政府网站www.km888.com公布的清单。")),
    Sample("foreign_host", "http://www.lianjie.example.com/", None,
           row("关于十四的通知", "详见http://www.lianjie.example.com/所列清单。")),
    Sample("spam_word", "百家乐", None, row("关于十五的通知", "百家乐、老虎机样样有。")),
)  # fmt: skip
FIRST = (row("关于甲的通知"), row("关于乙的通知", LONG))


def listed() -> str:
    """The samples as one list, as departments hand it in, with a header inside."""
    stream = io.StringIO()
    writer = csv.DictWriter(stream, COLUMNS)
    writer.writeheader()
    writer.writerows(FIRST)
    writer.writeheader()
    writer.writerows(sample.row for sample in SAMPLES)
    return stream.getvalue()


@pytest.fixture
def run(bureau: Body, clerk: Person) -> InventoryRun:
    taken = opened(bureau, clerk, ("清单.csv", listed()))
    while actions.work(run=taken, now=taken.opened_at):
        pass
    after = 0
    while after := actions.compare(run=taken, now=taken.opened_at, after=after):
        pass
    return taken


def of(run: InventoryRun, number: int) -> Record:
    item = run.items.get(row=number + 1 + len(FIRST) + 1)
    assert item.record is not None, (item.row, item.outcome, item.reason)
    return item.record


def meets(sample: Sample) -> Callable[[Finding], bool]:
    def told(finding: Finding) -> bool:
        same = (finding.kind, finding.proposal) == (sample.kind, sample.proposal)
        return same and finding.evidence == sample.evidence and finding.target == sample.target

    return told


def test_every_kind_is_found_on_the_draft_with_its_words_and_its_proposal(
    run: InventoryRun,
) -> None:
    missed = []
    for number, sample in enumerate(SAMPLES):
        findings = list(of(run, number).findings.all())
        if not any(map(meets(sample), findings)):
            missed.append((sample, [(f.kind, f.evidence, f.proposal) for f in findings]))
    assert missed == []
    _every_place_holds_its_words_and_every_kind_has_its_name()
    _the_header_inside_is_no_record_and_nothing_is_changed_by_itself(run)


def _every_place_holds_its_words_and_every_kind_has_its_name() -> None:
    rows = Finding.objects.select_related("record", "record__body_text")
    assert rows.count() >= len(SAMPLES)
    for finding in rows:
        assert finding.kind in KINDS
        assert finding.sentence.endswith("。")
        if is_editable(finding.field):
            text = texts_of(finding.record).get(finding.field, "")
            assert text[finding.start : finding.end] == finding.evidence


def _the_header_inside_is_no_record_and_nothing_is_changed_by_itself(run: InventoryRun) -> None:
    rejected = run.items.get(outcome="rejected")
    assert rejected.row == 3
    assert "重复的表头" in rejected.reason
    for number, sample in enumerate(SAMPLES):
        record = of(run, number)
        assert record.title == sample.row["信息名称"]
        kept = record.body_text.text if hasattr(record, "body_text") else ""
        assert kept == sample.row["正文"]
    assert run.items.count() == len(SAMPLES) + len(FIRST) + 1
    assert not Finding.objects.exclude(answer="open").exists()
