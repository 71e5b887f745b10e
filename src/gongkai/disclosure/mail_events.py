"""Events of reminders and of mail, besides those of `events.py`. `apps.ready` registers both."""

from __future__ import annotations

MAIL_EVENTS = {
    "request.due_moved": "{actor}录入{notice}后，{subject}的答复期限由{from_on}改为{due_on}。",
    "request.due_certified": "{actor}录入{notice}后，{subject}的答复期限{due_on}不再是暂定。",
    "request.reminded": "系统就{subject}的答复期限{due_on}（{when}）提醒了{people}人。",
    "request.warnings_set": "{actor}设定了{subject}公开申请到期提醒的天数。",
    "mail.mailbox_set": "{actor}设置了{subject}的收件邮箱（{host}）。",
    "mail.fetched": "系统从{subject}的邮箱收取了{count}封来信。",
    "mail.filed": "{actor}把一封来信登记为{subject}。",
    "mail.joined": "{actor}把一封来信归入{subject}。",
    "mail.read": "{actor}查看了{subject}的原件。",
    "mail.set_aside": "{actor}认定{subject}不是申请。",
    "mail.put_back": "{actor}把{subject}放回待处理。",
    "letter.accepted": "{subject}的{letter}（{number}）已由邮件服务器接收。",
    "letter.came_back": "{subject}用电子邮件发出的{letter}（{number}）被退回。",
}
KINDS = {"mail": "来信"}
