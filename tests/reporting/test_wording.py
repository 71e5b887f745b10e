"""Drafted words say only what rows hold."""

from __future__ import annotations

from datetime import date

from gongkai.assessment.actions.activities import record_activity
from gongkai.assessment.activities import ActivityText
from gongkai.assessment.models import ActivityKind
from gongkai.reporting import actions, narrative
from tests.factories import NOW, Office


def test_supervision_tells_the_trainings_and_claims_nothing_more(office: Office) -> None:
    report = actions.begin(body=office.body, year=2026, by=office.officer, now=NOW)

    def drafted() -> str:
        actions.redraft(report=report, by=office.officer, now=NOW)
        return narrative.current(report)["overview"].splitlines()[-1]

    assert drafted() == "（五）监督保障。本年度没有登记培训。"
    for day, came in ((date(2026, 3, 2), 30), (date(2026, 9, 1), None)):
        text = ActivityText(ActivityKind.TRAINING, "政府信息公开培训", day, attendance=came)
        record_activity(body=office.body, text=text, by=office.officer, now=NOW)
    assert drafted() == "（五）监督保障。全年组织培训2次，登记到会30人次。"


def test_empty_sections_are_named() -> None:
    words = dict.fromkeys(narrative.SECTIONS, "写了。") | {"problems": " \n"}
    assert narrative.unwritten(words, "2021") == ["五、存在的主要问题及改进情况"]
