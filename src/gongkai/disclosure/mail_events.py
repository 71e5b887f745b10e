"""Events of reminders and of mail, besides those of `events.py`. `apps.ready` registers both."""

from __future__ import annotations

MAIL_EVENTS = {
    "request.due_moved": "{actor}录入{notice}后，{subject}的答复期限由{from_on}改为{due_on}。",
    "request.due_certified": "{actor}录入{notice}后，{subject}的答复期限{due_on}不再是暂定。",
    "request.reminded": "系统就{subject}的答复期限{due_on}（{when}）提醒了{people}人。",
    "request.warnings_set": "{actor}设定了{subject}公开申请到期提醒的天数。",
}
KINDS: dict[str, str] = {}
