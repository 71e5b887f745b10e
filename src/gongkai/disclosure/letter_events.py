"""Events of letters besides those of `events.py`. `apps.ready` registers both."""

from __future__ import annotations

LETTER_EVENTS = {
    "letter.edited": "{actor}修改了{subject}的{letter}。",
    "letter.mailed": "{actor}把{subject}的{letter}（{number}）交付电子邮件发送。",
    "letter.seal_set": "{actor}更换了文书用的印章图样。",
}
