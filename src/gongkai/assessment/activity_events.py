"""Event names of the register of activities, with the sentence each is read as."""

from __future__ import annotations

ACTIVITY_EVENTS = {
    "activity.recorded": "{actor}登记了{subject}（{kind}，{held_on}）。",
    "activity.amended": "{actor}修改了{subject}：{changed}。",
    "activity.struck": "{actor}划去了{subject}：{reason}。",
    "activity.file_added": "{actor}为{subject}添加了材料。",
}
ACTIVITY_KINDS = {"activity": "活动"}
