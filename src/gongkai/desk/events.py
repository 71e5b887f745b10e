"""Event names of the desk's own deeds, with the sentence each is read as."""

from __future__ import annotations

EVENTS = {
    "account.calendar_made": "账号{account}取得了日历订阅地址。",
    "account.calendar_revoked": "账号{account}停用了日历订阅地址。",
}
