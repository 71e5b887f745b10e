"""Event names of bulletins, with the sentence each is read as."""

from __future__ import annotations

BULLETIN_EVENTS = {
    "bulletin.drafted": "{actor}起草了{subject}（{title}）。",
    "bulletin.edited": "{actor}修改了{subject}。",
    "bulletin.recounted": "{actor}为{subject}重新取数，截至{counted_on}。",
    "bulletin.discarded": "{actor}删去了{subject}的草稿（{title}）。",
    "bulletin.issued": "{actor}印发了{subject}，编号{number}，校验值{digest}。",
}
BULLETIN_KINDS = {"bulletin": "通报"}
