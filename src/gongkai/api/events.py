"""Event names of the staff API, with the sentence each is read as."""

from __future__ import annotations

EVENTS = {"api.called": "{actor}凭访问令牌“{token}”通过接口办理了{subject}（{deed}）。"}
