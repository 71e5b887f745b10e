"""Event names of records, with the sentence each is read as."""

from __future__ import annotations

EVENTS = {
    "record.captured": "{actor}登记了{subject}。",
    "record.edited": "{actor}修改了{subject}的{changed}。",
    "record.discarded": "{actor}删除了{subject}的草稿：{reason}。",
    "record.file_attached": "{actor}为{subject}添加了文件。",
    "record.file_detached": "{actor}从{subject}移除了文件。",
    "record.file_redacted": "{actor}为{subject}的附件做了遮盖，遮去{places}处，副本经复查。",
    "record.related": "{actor}为{subject}登记了关联“{label}”。",
    "record.unrelated": "{actor}取消了{subject}的关联“{label}”。",
    "record.validity_changed": "{actor}把{subject}的有效性改为“{label}”：{reason}。",
    "record.deadlines_recounted": "{actor}按新的放假安排重算了{moved}条信息的公开期限。",
    "class.created": "{actor}设立了信息分类{name}。",
    "class.edited": "{actor}修改了信息分类{name}的{changed}。",
}
KINDS = {"record": "政府信息", "catalog_class": "信息分类"}
