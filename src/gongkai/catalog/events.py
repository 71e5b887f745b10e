"""Event names of the catalog, with the sentence each is read as."""

from __future__ import annotations

EVENTS = {
    "record.published": "{actor}发布了{subject}，索引号{index_number}，依据审查单{sheet}。",
    "record.withdrawn": "{actor}撤下了{subject}：{label}。",
    "record.revised": "{actor}开始修订{subject}：{reason}。",
    "publication.ordered": "{actor}定于{not_before}发布{subject}。",
    "publication.cancelled": "{actor}取消了{subject}的定时发布。",
    "publication.failed": "{subject}未能定时发布：{reason}",
    "guide.saved": "{actor}修改了公开指南第{number}版的草稿。",
    "guide.published": "{actor}公布了公开指南第{number}版。",
}
KINDS = {"guide": "公开指南", "record": "政府信息"}
