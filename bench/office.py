"""An invented body with thousands of published records, written straight into the tables.

Only for measuring: the rows satisfy the triggers (every one has its decided sheet), but nobody
carried them through the desk one by one.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from gongkai.catalog import showings
from gongkai.catalog.models import CatalogEntry, Showing
from gongkai.kit.dates import CHINA
from gongkai.law.catalog import FIVE_CLASSES
from gongkai.orgs.models import Body, Person, Section
from gongkai.records.models import (
    HEADER_FIELDS,
    CatalogClass,
    Record,
    RecordVersion,
    StoredFile,
    VersionFile,
    VersionText,
)
from gongkai.review.models import ReviewSheet

SUBJECTS = (
    "便民商业网点建设", "菜市场升级改造", "成品油市场管理", "再生资源回收体系建设", "家政服务信用",
    "老字号保护", "农村电子商务", "预付卡管理", "酒类流通管理", "商务领域安全生产", "节日市场供应",
    "促消费活动", "汽车销售管理", "会展活动安全", "外商投资企业年度报告", "粮油储备",
)  # fmt: skip
SHAPES = (
    ("关于印发《{}实施办法》的通知", "notice"),
    ("关于{}情况的通报", "circular"),
    ("{}工作方案", "plan"),
    ("关于开展{}专项检查的公告", "announcement"),
    ("{}统计数据", "statistics"),
)
# A text is made of these; each word stands in a part of the records, as in real ones.
WHO = (
    "各镇人民政府", "各街道办事处", "区发展改革委", "区财政局", "区市场监管局", "区应急局",
    "区教育局", "区卫生健康委", "区文化和旅游局", "区农业农村局", "区交通局",
    "区生态环境局", "区统计局", "区人力社保局", "各商贸企业", "行业协会",
    "各社区居委会", "区政务服务局", "区档案馆",
)  # fmt: skip
HOW = (
    "会同有关部门", "于每年三月底前", "按照职责分工", "结合实际情况", "在十五个工作日内",
    "通过公开招标", "以书面形式", "利用信息化手段", "在充分征求意见的基础上",
    "依照法定程序", "采取随机抽查方式", "分批分期", "根据考核结果", "委托专业机构", "由专人负责",
)  # fmt: skip
WHAT = (
    "完成网点普查并建立台账", "拟订实施细则", "组织业务培训", "开展满意度调查", "公布办理结果",
    "报送季度统计报表", "核发经营许可证", "落实补贴资金", "查处违法行为", "受理群众投诉",
    "更新设施设备", "编制应急预案", "开展节前检查", "推广电子支付", "完善配送体系",
    "建立信用档案", "签订责任书", "清理僵尸企业", "扶持小微企业", "举办展销活动",
    "规范停车秩序", "改善购物环境", "保障蔬菜供应",
    "储备应急物资", "公开收费标准", "简化办事流程", "设立便民窗口", "整治无照经营", "实行分类管理",
    "评定服务等级", "支持夜间经济", "引进品牌连锁", "盘活闲置厂房", "建设冷链仓库",
)  # fmt: skip
LETTERS = 1300
STEP = 2000


@dataclass(frozen=True, slots=True)
class Bench:
    """The body with its classes and the three people of every sheet."""

    body: Body
    sections: list[Section]
    classes: list[CatalogClass]
    people: list[Person]


def bench_office() -> Bench:
    """The body, five sections, five classes with their sub-classes, three people."""
    body = Body.objects.create(
        code="11Y025",
        name="云岭区商务局",
        site_name="云岭区商务局政府信息公开",
        site_code="1101990025",
        is_demo=True,
        profile={"index_number": {"pattern": "11Y025/ZK-{year}-{serial:06d}"}},
    )
    sections = [
        Section.objects.create(body=body, code=f"s{n}", name=name, ordinal=n)
        for n, name in enumerate(("办公室", "法规科", "市场科", "外贸科", "财务科"))
    ]
    classes = []
    for n, seed in enumerate(FIVE_CLASSES):
        top = CatalogClass.objects.create(body=body, code=seed.key, name=seed.label, ordinal=n)
        for key, label in seed.subclasses:
            code = f"{seed.key}-{key}"
            classes.append(
                CatalogClass.objects.create(body=body, parent=top, code=code, name=label)
            )
    people = [Person.objects.create(username=f"p{n}", name=f"某{n}", body=body) for n in range(3)]
    return Bench(body, sections, classes, people)


def fill(at: Bench, count: int) -> None:
    """Publish `count` records, one in four with a file; then turn the generation."""
    chance = random.Random(20081226)  # the same texts in every run
    now = datetime.now(CHINA)
    file = StoredFile.objects.create(
        sha256="0" * 64, size=20480, media_type="application/pdf", stored_at=now
    )
    for start in range(0, count, STEP):
        _block(at, range(start, min(start + STEP, count)), chance, file)
    showings.turn()


def _block(at: Bench, numbers: range, chance: random.Random, file: StoredFile) -> None:
    done = reviewed(at, numbers, chance, file)
    entries = CatalogEntry.objects.bulk_create(
        CatalogEntry(
            uuid=r.uuid, record=r, version=v, sheet=s, body=at.body, catalog_class=v.catalog_class,
            top_class_id=v.catalog_class.parent_id if v.catalog_class else None,
            section=r.section, index_number=r.index_number, published_on=_day(r),
            published_at=r.captured_at, released_on=_day(r), updated_at=r.captured_at,
            year=_day(r).year, **{name: getattr(v, name) for name in HEADER_FIELDS},
        )
        for r, v, s in done
    )  # fmt: skip
    Showing.objects.bulk_create(
        Showing(entry=e, version_id=e.version_id, shown_from=e.updated_at) for e in entries
    )
    Record.objects.filter(pk__in=[r.pk for r, _v, _s in done]).update(state="published")


def _day(record: Record) -> date:
    return record.captured_at.date()


def reviewed(
    at: Bench, numbers: range, chance: random.Random, file: StoredFile | None = None
) -> list[tuple[Record, RecordVersion, ReviewSheet]]:
    """Records with a finished review, ready to be published; with a file, one in four has it."""
    today = datetime.now(CHINA).date()
    days = [today - timedelta(days=chance.randint(0, 6500)) for _ in numbers]
    headers = [_header(at, n, day, chance) for n, day in zip(numbers, days, strict=True)]
    records = Record.objects.bulk_create(
        Record(
            body=at.body, section=chance.choice(at.sections), captured_at=_nine(day),
            state="decided", version_number=1, attribute="proactive",
            catalog_class=chance.choice(at.classes), index_number=_number(n, day), **header,
        )
        for n, day, header in zip(numbers, days, headers, strict=True)
    )  # fmt: skip
    versions = RecordVersion.objects.bulk_create(
        RecordVersion(
            record=r, number=1, digest="0" * 64, frozen_at=r.captured_at,
            catalog_class=r.catalog_class, **header,
        )
        for r, header in zip(records, headers, strict=True)
    )  # fmt: skip
    VersionText.objects.bulk_create(VersionText(version=v, text=text(chance)) for v in versions)
    if file is not None:
        with_file = [v for v in versions if v.pk % 4 == 0]
        VersionFile.objects.bulk_create(
            VersionFile(version=v, file=file, name=f"附件{v.pk}.pdf") for v in with_file
        )
    sheets = _sheets(at, numbers, records, versions)
    return list(zip(records, versions, sheets, strict=True))


def _nine(day: date) -> datetime:
    return datetime.combine(day, time(9), CHINA)


def _sheets(
    at: Bench, numbers: range, records: list[Record], versions: list[RecordVersion]
) -> list[ReviewSheet]:
    """One sheet each, taken through its three steps in order, as the triggers ask."""
    a, b, c = at.people
    moment = datetime.now(CHINA)
    sheets = ReviewSheet.objects.bulk_create(
        ReviewSheet(
            body=at.body, record=r, version=v, number=f"审{n}",
            proposed_attribute="proactive", proposed_by=a, proposed_at=moment,
        )
        for n, r, v in zip(numbers, records, versions, strict=True)
    )  # fmt: skip
    rows = ReviewSheet.objects.filter(state="proposed")
    rows.update(state="verified", verified_attribute="proactive", verified_by=b, verified_at=moment)
    rows = ReviewSheet.objects.filter(state="verified")
    rows.update(state="decided", decided_attribute="proactive", decided_by=c, decided_at=moment)
    return sheets


def _header(at: Bench, n: int, day: date, chance: random.Random) -> dict[str, object]:
    shape, genre = chance.choice(SHAPES)
    subject = chance.choice(SUBJECTS)
    return {
        "title": at.body.name + shape.format(subject),
        "document_number": f"云商字〔{day.year}〕{n + 1}号" if n % 10 else "",
        "abstract": f"部署{subject}工作，" + _sentence(chance),
        "created_on": day - timedelta(days=3),
        "validity": chance.choice(("in_force", "in_force", "unknown", "repealed")),
        "genre": genre,
        "legal_item": f"2019-20-{chance.randint(1, 15):02d}",
        "responsible_unit": chance.choice(at.sections).name,
        "keywords": subject,
    }


def _number(n: int, day: date) -> str:
    return f"11Y025/ZK-{day.year}-{n + 1:06d}"


def text(chance: random.Random) -> str:
    """About 1,300 characters of invented text in paragraphs (the mean of real records)."""
    parts, length = [], 0
    topics = chance.sample(WHAT, 7)
    while length < LETTERS:
        line = "".join(_sentence(chance, topics) for _ in range(4))
        parts.append(line)
        length += len(line)
    return "\n".join(parts)


def _sentence(chance: random.Random, topics: list[str] | None = None) -> str:
    what = chance.choice(topics or WHAT)
    number = chance.randint(2, 999)
    return f"{chance.choice(WHO)}{chance.choice(HOW)}{what}，涉及{number}处。"
