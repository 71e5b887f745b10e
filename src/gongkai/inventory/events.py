"""Event names of clean-up runs, with the sentence each is read as."""

from __future__ import annotations

EVENTS = {
    "inventory.opened": "{actor}登记了清理批次“{label}”。",
    "inventory.files_added": "{actor}为清理批次添加了{count}个文件。",
    "inventory.mapping_chosen": "{actor}为“{file}”选定了字段对照{mapping}。",
    "inventory.started": "{actor}开始了清理。",
    "inventory.stopped": "{actor}暂停了清理。",
    "inventory.finished": (
        "清理完成：共{total}条，登记{record}条，重复{duplicate}条，未录入{rejected}条。"
    ),
    "mapping.saved": "{actor}保存了字段对照{name}。",
    "mapping.dropped": "{actor}删除了字段对照{name}，恢复为内置的。",
}
KINDS = {"inventory_run": "清理批次", "source_mapping": "字段对照"}
