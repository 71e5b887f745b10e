"""What sources call our fields: Chinese labels, initials of pinyin, English words.

Only for proposing a mapping to a person; no file is read by these names.
"""

from __future__ import annotations

import re

from gongkai.inventory.labels import FIELD_LABELS
from gongkai.inventory.reading import OF_LISTS
from gongkai.text.header import FIELD_OF, plain_label

NAMES: dict[str, tuple[str, ...]] = {
    "title": ("bt", "wjbt", "biaoti", "title", "subject", "name", "topic", "xxmc", "wjmc", "mc"),
    "index_number": ("syh", "suoyinhao", "identifier", "indexno", "indexnumber", "idxid", "xxsyh"),
    "document_number": (
        "wh", "wenhao", "fwzh", "fwh", "docno", "docnumber", "documentnumber", "fileno",
        "filenumber", "pcode", "wjbh", "zh",
    ),
    "responsible_unit": (
        "fbjg", "fwjg", "fbdw", "zrbm", "bm", "dept", "department", "org", "organ", "publisher",
        "puborg", "source", "ly", "unit", "agency", "creator", "author",
    ),
    "validity": ("yxx", "sxx", "shixiao", "xlzt", "zt", "validity", "status"),
    "created_on": (
        "cwrq", "cwsj", "scrq", "xcrq", "yfrq", "fwrq", "fawentime", "writedate", "createdon",
        "docdate", "date", "rq", "ptime",
    ),
    "published_on": (
        "fbrq", "fbsj", "gkrq", "gksj", "pubdate", "publishdate", "publishtime", "pubtime",
        "published", "publishedon", "releasedate", "inputtime", "updated",
    ),
    "effective_from": ("ssrq", "sxrq", "effectivedate", "effectivefrom", "implementdate"),
    "expires_on": ("yxq", "yxqz", "expiredate", "expires"),
    "repealed_on": ("fzrq", "repealdate", "abolishdate"),
    "abstract": ("nrgs", "zy", "jj", "summary", "abstract", "description", "desc", "intro"),
    "text": ("nr", "zw", "zwnr", "content", "body", "text", "doccontent", "html"),
    "theme": ("ztfl", "fl", "lm", "lanmu", "category", "channel", "column", "theme", "classname"),
    "genre": ("tc", "ticai", "wz", "wenzhong", "genre", "doctype"),
    "keywords": ("gjc", "ztc", "keyword", "keywords", "tags", "subjectword"),
    "attribute": ("gkfs", "gksx", "gkxs", "openmode", "opentype"),
    "section": ("ks", "zrks", "keshi", "office"),
    "attachments": ("fj", "fujian", "attachment", "attachments", "attach", "files"),
    "url": ("dz", "wz", "wzdz", "lj", "url", "link", "href", "docpuburl", "address"),
}  # fmt: skip
_OF_NAME = {name: ours for ours, names in reversed(NAMES.items()) for name in names}
_OF_LABEL = {
    **{label: name for name, label in FIELD_LABELS.items()},
    # What lists of web sites write where one knows what is meant.
    "时间": "published_on", "日期": "published_on", "访问地址": "url", "原文链接": "url",
    "附件链接": "attachments", "类别": "theme", "一级类别": "theme", "栏目": "theme",
    "部门": "responsible_unit", "单位": "responsible_unit", "科室": "section",
}  # fmt: skip
# A word that says nothing of itself: the name of whatever stands before it.
_OF_BEFORE = re.compile(r"(?:name|text|value|mc|名称|href)", re.IGNORECASE)
_TAIL = re.compile(r"(?:name|mc|str|text)$")


def field_called(path: str) -> str:
    """Our field that a path is called after, or nothing."""
    *before, word = path.split(".")
    if before and _OF_BEFORE.fullmatch(word):
        word = before[-1]
    label = plain_label(word)
    plain = re.sub(r"[^a-z0-9]", "", word.rpartition(":")[2].lower())
    tables = (FIELD_OF, OF_LISTS, _OF_LABEL)
    ours = next((table[label] for table in tables if label in table), "")
    ours = ours or _OF_NAME.get(plain, "") or _OF_NAME.get(_TAIL.sub("", plain), "")
    return ours if ours in FIELD_LABELS else ""
