"""Statutory metadata: the 14 core elements of the catalog system and the page tags of sites.

国办秘函〔2009〕6号 Part 2 (elements beyond the first three from memory); tags of 国办发〔2017〕47号
(names seen on live pages, obligations from memory).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from gongkai.kit.refusal import Refusal
from gongkai.law.cite import Cite


class Obligation(StrEnum):
    """Whether an element must be there."""

    MUST = "must"
    CONDITIONAL = "conditional"
    OPTIONAL = "optional"


@dataclass(frozen=True, slots=True)
class Element:
    """A core element: key, Chinese and English name, obligation."""

    key: str
    label: str
    english: str
    obligation: Obligation


CORE_ELEMENTS: tuple[Element, ...] = (
    Element("index_number", "索引号", "Identifier", Obligation.MUST),
    Element("title", "名称", "Title", Obligation.MUST),
    Element("abstract", "内容概述", "Description", Obligation.OPTIONAL),
    Element("created_on", "生成日期", "DateCreated", Obligation.MUST),
    Element("publisher", "发布机构", "Publisher", Obligation.MUST),
    Element("subject", "主题分类", "Subject", Obligation.MUST),
    Element("genre", "体裁分类", "Type", Obligation.CONDITIONAL),
    Element("audience", "服务对象分类", "Audience", Obligation.OPTIONAL),
    Element("document_number", "发文字号", "DocumentNumber", Obligation.CONDITIONAL),
    Element("keywords", "主题词", "Keywords", Obligation.CONDITIONAL),
    Element("published_on", "发布日期", "DateIssued", Obligation.MUST),
    Element("format", "信息格式", "Format", Obligation.OPTIONAL),
    Element("language", "语种", "Language", Obligation.OPTIONAL),
    Element("link", "在线链接地址", "Link", Obligation.OPTIONAL),
)


class Page(StrEnum):
    """Kinds of pages that carry tags."""

    SITE = "site"
    COLUMN = "column"
    ARTICLE = "article"


PAGE_TAGS: dict[Page, tuple[str, ...]] = {
    Page.SITE: ("SiteName", "SiteDomain", "SiteIDCode"),
    Page.COLUMN: ("ColumnName", "ColumnDescription", "ColumnKeywords", "ColumnType"),
    Page.ARTICLE: ("ArticleTitle", "PubDate", "ContentSource"),
}


def required_tags(page: Page) -> tuple[str, ...]:
    """The tags a page must carry: those of every page and those of its kind."""
    return PAGE_TAGS[Page.SITE] if page is Page.SITE else PAGE_TAGS[Page.SITE] + PAGE_TAGS[page]


def pub_date(moment: date | datetime) -> str:
    """`PubDate` as the tag wants it: YYYY-MM-DD HH:MM; a bare day is midnight."""
    if isinstance(moment, datetime):
        return moment.strftime("%Y-%m-%d %H:%M")
    return f"{moment.isoformat()} 00:00"


def require_true_moment(shown: datetime, released: datetime) -> None:
    """Refuse a publication date before the true release (国办秘函〔2019〕19号: forged)."""
    if shown < released:
        raise Refusal(
            "publication.forged_date",
            "发布日期不能早于实际发布的时刻，否则属于伪造发稿日期。请改为实际发布时间。",
            str(Cite("site_check_2019_19")),
            {"published_on": "不能早于实际发布的时刻。"},
        )
