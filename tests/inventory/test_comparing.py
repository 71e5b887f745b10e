"""Copies and versions are met again by their fingerprints, never by comparing all pairs."""

from __future__ import annotations

from random import Random

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bench.damage import sound, with_losses
from gongkai.inventory import actions
from gongkai.inventory.models import Fingerprint
from gongkai.orgs.models import Body, Person
from gongkai.records.models import Record
from gongkai.text.fingerprints import fingerprints, likeness, may_be_versions
from tests.inventory.conftest import NOW, carried_out

PAPERS = [sound(n, Random(n)).partition("\n\n")[2] for n in range(1, 5)]


def test_covering_notices_are_versions_only_under_names_alike() -> None:
    notice = "现将办法印发给你们，请遵照执行。" * 10
    one, other = "关于印发《摊位登记管理办法》的通知", "关于印发《夜市卫生检查细则》的通知"
    assert not may_be_versions(notice, one, other)
    assert may_be_versions(notice, one, "关于《摊位登记管理办法（征求意见稿）》的公告")
    assert may_be_versions(notice * 9, one, other)


def test_fingerprints_of_a_damaged_copy_are_mostly_those_of_the_sound_text() -> None:
    copy = with_losses(sound(1, Random(1)), Random(2))
    mine, its = set(fingerprints(copy.sound)), set(fingerprints(copy.text))
    assert len(mine & its) > len(mine) * 0.8
    assert not mine & set(fingerprints("别的文字。" * 3))
    assert fingerprints("短文") == []
    assert likeness("关于开展检查。", "关于，开展检查") == 100
    assert 0 < likeness("关于开展检查的通知", "关于开展检查的报告") < 100


@pytest.mark.django_db
def test_a_copy_a_version_and_a_name_are_told_once(bureau: Body, clerk: Person) -> None:
    first, copied, changed = PAPERS[0], PAPERS[0].replace("施行", "实行"), PAPERS[0]
    lines = changed.split("\n")
    changed = "\n".join([*lines[:8], *PAPERS[1].split("\n")[1:3]])
    texts = {"甲市场办法": first, "乙市场办法": copied, "丙市场办法": changed, "丁": PAPERS[2]}
    rows = [f'{name},2008-01-0{n},"{text}"' for n, (name, text) in enumerate(texts.items(), 1)]
    rows.append(f'丁,2009-01-01,"{PAPERS[3]}"')
    rows.append(f'丁,2009-02-01,"{texts["丁"].replace("，", "、")}又"')
    run = carried_out(bureau, clerk, ("清单.csv", "信息名称,生成日期,正文\n" + "\n".join(rows)))
    for _ in range(2):
        after = 0
        while after := actions.compare(run=run, now=NOW, after=after):
            pass
    kinds = ("near_duplicate", "possible_version", "repeated_title")
    told = [
        [f.kind for f in record.findings.filter(kind__in=kinds)]
        for record in Record.objects.order_by("id")
    ]
    once = ["near_duplicate"]
    assert told == [[], once, ["possible_version"], [], ["repeated_title"], once]
    sentence = Record.objects.order_by("id")[1].findings.get(kind="near_duplicate").sentence
    assert "《甲市场办法》" in sentence and "几乎相同" in sentence


@pytest.mark.django_db
def test_stretches_that_all_papers_hold_are_not_written_down_for_ever(
    bureau: Body, clerk: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("gongkai.inventory.actions.comparing.COMMON", 2)
    rows = "".join(f'第{n}号,2008-01-0{n},"{PAPERS[0]}"\n' for n in range(1, 6))
    run = carried_out(bureau, clerk, ("清单.csv", f"信息名称,生成日期,正文\n{rows}"))
    with CaptureQueriesContext(connection) as asked:
        actions.compare(run=run, now=NOW)
    assert Fingerprint.objects.count() == 2 * len(fingerprints(PAPERS[0]))
    assert len(asked) < 5 * 25
