"""Event names of the assessment, with the sentence each is read as."""

from __future__ import annotations

EVENTS: dict[str, str] = {}
KINDS: dict[str, str] = {"assessment_round": "考核轮次"}
