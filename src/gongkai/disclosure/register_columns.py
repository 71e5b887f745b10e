"""The columns of a request register (台账): their names, codes, and how a cell is read.

One row is one request. Codes are those of the law's own tables; the Chinese label of a code is
read as well. A cell that cannot be read is refused in a sentence, never guessed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from gongkai.disclosure.models import RemedyKind, RemedyOutcome
from gongkai.kit.refusal import Refusal
from gongkai.law.annual_report.requests_table import LEAVES_2021
from gongkai.law.applications import ApplicantKind
from gongkai.law.receipt import Channel
from gongkai.law.replies import OUTCOMES
from gongkai.text.dates import parse_date
from gongkai.text.normalise import fold

TEXT, DAY, CODE, NUMBER = "text", "day", "code", "number"
OPINIONS = {"agrees": "同意公开", "disagrees": "不同意公开", "silent": "逾期未答"}
FEE_WAYS = {"items": "按件", "pages": "按量"}


@dataclass(frozen=True, slots=True)
class Column:
    """One column: `key` and the Chinese headings read as it; `codes` maps each code to its label.

    `words` are further words read as a code. `personal` columns are only exported when asked for.
    """

    key: str
    label: str
    kind: str = TEXT
    headings: tuple[str, ...] = ()
    codes: Mapping[str, str] = field(default_factory=dict)
    words: Mapping[str, str] = field(default_factory=dict)
    personal: bool = False
    note: str = ""

    def read(self, cell: object) -> str:
        """The cell as kept: ISO day, code, digits or plain text; "" when empty."""
        text = _text(cell)
        if not text:
            return ""
        return {DAY: self._day, CODE: self._code, NUMBER: self._number}.get(self.kind, str)(text)

    def _day(self, text: str) -> str:
        found = parse_date(text)
        if found is None:
            raise self.refuse(f"“{text}”不是一个日期，请写成2024-03-05这样的日期。")
        return found.isoformat()

    def _code(self, text: str) -> str:
        wanted = plain(text)
        for code, label in self.codes.items():
            if wanted in (plain(code), plain(label)):
                return code
        if wanted in self.words:
            return self.words[wanted]
        known = "、".join(f"{code}（{label}）" for code, label in self.codes.items())
        raise self.refuse(f"没有“{text}”这个代码，请改用下列之一：{known}。")

    def _number(self, text: str) -> str:
        whole = text.removesuffix("元").removesuffix(".00").removesuffix(".0")
        if not (whole.isascii() and whole.isdigit() and len(whole) <= 9):
            raise self.refuse(f"“{text}”不是整数，请填写整数。")
        return str(int(whole))

    def refuse(self, sentence: str) -> Refusal:
        """A refusal of this cell, naming the column."""
        whole = f"“{self.label}”一栏：{sentence}"
        return Refusal("register.cell", whole, fields={self.key: whole})


def plain(text: str) -> str:
    """A heading or label without blanks, brackets and case, for comparing."""
    return "".join(c for c in fold(text).lower() if c.isalnum() or c == "_")


def _text(cell: object) -> str:
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    text = str(cell).strip()
    # Our own CSV keeps spreadsheets from calculating a text by a leading apostrophe.
    return text[1:] if text[:1] == "'" and text[1:2] in "=+-@" else text


def _outcome_words() -> dict[str, str]:
    """Words of the yearly report's rows, where a row means one outcome only."""
    words: dict[str, str] = {}
    for line in LEAVES_2021:
        keys = [o.key for o in OUTCOMES if o.row == line.key]
        if len(keys) == 1:
            words[plain(line.label)] = keys[0]
    for each in OUTCOMES:
        words.setdefault(plain(each.label.removeprefix("不予公开：")), each.key)
    extra = {
        "公开": "granted",
        "部分公开": "partly_granted",
        "信息不存在": "not_held",
        "不存在": "not_held",
        "非本机关公开": "not_ours",
        "重复申请": "repeated",
        "撤回": "other",
        "申请人撤回": "other",
        "其他": "other",
        "逾期不补正": "abandoned_no_supplement",
        "逾期不缴费": "abandoned_no_fee",
    }
    return words | extra


CHANNELS = {c.value: c.label for c in Channel}
KINDS = {k.value: k.label for k in ApplicantKind}
RESULTS = {o.key: o.label for o in OUTCOMES}
GROUNDS = {
    "state_secret": "国家秘密",
    "prohibited_by_law": "法律、行政法规禁止公开",
    "endangers_security": "三安全一稳定",
    "trade_secret": "商业秘密",
    "privacy": "个人隐私",
    "third_party": "第三方合法权益",
    "internal_affairs": "内部事务信息",
    "deliberative": "过程性信息",
    "enforcement_file": "行政执法案卷",
}
_CHANNEL_WORDS = {
    "当面": "counter",
    "现场": "counter",
    "挂号信": "signed_post",
    "ems": "signed_post",
    "平信": "ordinary_post",
    "网站": "web",
    "网上": "web",
    "网络": "web",
    "在线": "web",
    "电子邮箱": "email",
}
_KIND_WORDS = {
    "公民": "natural",
    "个人": "natural",
    "企业": "business",
    "公益组织": "welfare",
    "律师事务所": "legal_service",
    "其他组织": "other_org",
}
_TWICE = "复议诉讼一类有几件的，只列第一件"


def _remedy(kind: str, label: str) -> tuple[Column, ...]:
    results = {o.value: o.label for o in RemedyOutcome}
    return (
        Column(f"{kind}_filed_on", f"{label}受理日期", DAY, note=_TWICE),
        Column(f"{kind}_authority", f"{label}机关"),
        Column(f"{kind}_outcome", f"{label}结果", CODE, codes=results),
        Column(f"{kind}_ended_on", f"{label}审结日期", DAY),
    )


COLUMNS: tuple[Column, ...] = (
    Column("number", "登记号", headings=("编号", "受理编号", "登记编号"), note="空着的由程序编号"),
    Column(
        "received_on",
        "收到申请之日",
        DAY,
        ("收到日期", "收到申请日期", "受理日期"),
        note="必填；只有到达日期、还没有双方确认的可以空着",
    ),
    Column("arrived_on", "到达日期", DAY, note="与收到日不同时填写，如网上申请提交之日"),
    Column(
        "channel", "渠道", CODE, ("申请渠道", "申请方式"), CHANNELS, _CHANNEL_WORDS, note="必填"
    ),
    Column(
        "applicant_kind",
        "申请人类型",
        CODE,
        ("申请人类别",),
        KINDS,
        _KIND_WORDS,
        note="必填；年度报告表三的列",
    ),
    Column(
        "outcome",
        "办理结果",
        CODE,
        ("答复类型", "处理结果", "答复结果"),
        RESULTS,
        _outcome_words(),
        note="空着的作为在办申请录入",
    ),
    Column("replied_on", "答复日期", DAY, ("答复时间", "办结日期"), note="有办理结果的必填"),
    Column("subject", "所需信息名称", TEXT, ("申请内容", "信息名称"), personal=True),
    Column("document_number", "文号", personal=True),
    Column("description", "其他特征描述", TEXT, ("内容描述",), personal=True),
    Column("name", "姓名或名称", TEXT, ("申请人", "姓名", "申请人姓名"), personal=True),
    Column("phone", "联系电话", TEXT, ("电话",), personal=True),
    Column("address", "通信地址", TEXT, ("地址",), personal=True),
    Column("earlier_reply", "此前答复的登记号", note="重复申请：原申请在本台账的登记号"),
    Column("ground", "不予公开的理由", CODE, codes=GROUNDS, note="须与办理结果一致"),
    Column("supplement_asked_on", "补正告知日期", DAY),
    Column("supplement_due_on", "补正期限", DAY),
    Column("supplemented_on", "收到补正日期", DAY),
    Column("third_party_asked_on", "征求第三方意见日期", DAY),
    Column("third_party_opinion", "第三方意见", CODE, codes=OPINIONS),
    Column("third_party_opinion_on", "收到第三方意见日期", DAY),
    Column("extended_on", "批准延期日期", DAY),
    Column("extended_days", "延期工作日数", NUMBER),
    Column("fee_way", "收费方式", CODE, codes=FEE_WAYS),
    Column("fee_yuan", "信息处理费（元）", NUMBER, ("收费金额", "信息处理费")),
    Column("fee_noticed_on", "收费通知送达日期", DAY),
    Column("fee_paid_on", "缴费日期", DAY),
    *_remedy(RemedyKind.RECONSIDERATION, "行政复议"),
    *_remedy(RemedyKind.DIRECT_SUIT, "直接起诉"),
    *_remedy(RemedyKind.SUIT_AFTER, "复议后起诉"),
)
BY_KEY: Mapping[str, Column] = {column.key: column for column in COLUMNS}
NAMES: Mapping[str, str] = {
    plain(name): column.key
    for column in COLUMNS
    for name in (column.key, column.label, *column.headings)
}
NEEDED = ("channel", "applicant_kind")


def heads(cells: Iterable[object]) -> list[str]:
    """The key of each cell of a heading row, "" for a heading nobody knows."""
    return [NAMES.get(plain(_text(cell)), "") for cell in cells]
