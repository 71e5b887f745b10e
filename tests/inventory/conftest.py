"""A bureau with a clerk, and papers written by us."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from gongkai.inventory import actions
from gongkai.inventory.models import InventoryRun
from gongkai.inventory.values import NewInput, RunOrder
from gongkai.orgs import actions as orgs
from gongkai.orgs.models import Body, Person, Role
from gongkai.orgs.values import RoleAward

NOW = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)

PAPER = """青石区商务局

索 引 号:11Y025/ZK-2008-000007

公开责任部门:青石区商务局办公室

信息名称:关于春节市场供应的通知

文   号:青商字〔2008〕7号

信息有效性:有效

生成日期:2008-01-20 00:00

发布日期:2008-01-22 00:00

内容概述:节日期间的供应安排。

关于春节市场供应的通知

    各商场于2008128日前备足货源。
"""


@pytest.fixture(autouse=True)
def _own_data(data_dir: Path) -> None:
    """Files land in a folder of the test."""


@pytest.fixture
def bureau(db: None) -> Body:
    return orgs.create_body(
        fields={"code": "Q1", "name": "青石区商务局", "place_name": "青石区"}, by=None, now=NOW
    )


@pytest.fixture
def clerk(bureau: Body) -> Person:
    made = orgs.create_person(
        fields={"username": "li", "name": "李文", "body": bureau}, by=None, now=NOW
    )
    award = RoleAward(Role.CASE_OFFICER, bureau)
    orgs.grant(person=made, award=award, by=None, now=NOW)
    return made


def opened(
    body: Body, by: Person | None, *files: tuple[str, str | bytes], mapping: str = ""
) -> InventoryRun:
    run = actions.open_run(body=body, order=RunOrder("试清理", mapping), by=by, now=NOW)
    given = [NewInput(n, c.encode() if isinstance(c, str) else c) for n, c in files]
    actions.add_files(run=run, files=given, by=by, now=NOW)
    return actions.start(run=run, by=by, now=NOW)


def carried_out(
    body: Body, by: Person | None, *files: tuple[str, str | bytes], mapping: str = ""
) -> InventoryRun:
    run = opened(body, by, *files, mapping=mapping)
    while actions.work(run=run, now=NOW):
        pass
    run.refresh_from_db()
    return run
