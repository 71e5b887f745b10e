"""`gongkai jobs` and `gongkai worker`, as an operator types them."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest

from gongkai.project.cli import main
from gongkai.queue.models import Job
from gongkai.queue.run import drain
from tests.queue import sample_tasks as tasks

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _quiet() -> Iterator[None]:
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


def test_list_cancel_resume_purge(seen: list[Any], capsys: pytest.CaptureFixture[str]) -> None:
    tasks.note.enqueue(1)
    tasks.give_up.enqueue()
    waiting = tasks.note.using(queue_name="slow").enqueue(2)
    assert main(["jobs", "cancel", waiting.id]) == 0
    drain()
    assert main(["jobs", "list"]) == 0
    said = capsys.readouterr().out
    assert "已完成 1，多次失败，已停止 1，已取消 1" in said
    assert "GiveUpError: 没用" in said
    assert main(["jobs", "resume", waiting.id]) == 0
    capsys.readouterr()
    assert main(["jobs", "list", "--state", "ready", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["counts"]["ready"] == 1
    assert [job["uuid"] for job in found["jobs"]] == [waiting.id]
    assert main(["jobs", "purge"]) == 0
    assert "删去 0 个" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        (["jobs", "list", "--state", "nonsense"], "没有“nonsense”这个状态"),
        (["jobs", "cancel", "nonsense"], "不是任务编号"),
        (["jobs", "resume", "12345678-1234-4678-8234-567812345678"], "没有编号为"),
        (["worker", "--processes", "0"], "应是 1 至 64"),
        (["worker", "--processes", "2", "--once"], "只用一个进程"),
    ],
)
def test_refusals_are_one_sentence(
    asked: list[str], sentence: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(asked) == 1
    said = capsys.readouterr().err.strip()
    assert sentence in said
    assert len(said.splitlines()) == 1
    assert not Job.objects.exists()
