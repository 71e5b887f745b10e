"""The console command: its map, its exit codes, its one sentence on refusal."""

import argparse
import json
import subprocess
import sys

import pytest

from gongkai.kit.refusal import Refusal
from gongkai.project import cli
from gongkai.project.command import Failure
from tests.project.conftest import Gongkai


def fake(monkeypatch: pytest.MonkeyPatch, error: BaseException | None, code: int | None) -> None:
    """A map with one command ``act`` that raises or returns what it is told."""

    def run(_args: argparse.Namespace) -> int | None:
        if error is not None:
            raise error
        return code

    def build() -> argparse.ArgumentParser:
        parser = argparse.ArgumentParser()
        parser.add_argument("--traceback", action="store_true")
        parser.add_argument("--json", action="store_true")
        commands = parser.add_subparsers(dest="command")
        commands.add_parser("act").set_defaults(run=run, django=False)
        return parser

    monkeypatch.setattr(cli, "build_parser", build)


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        (Refusal("publish.no_review", "请先完成审查。", "第17条"), "请先完成审查。"),
        (Failure("没有办成。"), "没有办成。"),
        (ZeroDivisionError("oops"), "程序出错: ZeroDivisionError: oops"),
    ],
)
def test_a_refusal_is_one_sentence_and_not_zero(
    error: Exception,
    sentence: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    fake(monkeypatch, error, None)
    assert cli.main(["act"]) == 1
    out, err = capsys.readouterr()
    assert (out, err.startswith(sentence), err.count("\n")) == ("", True, 1)


def test_a_refusal_in_json_has_code_and_basis(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    fake(monkeypatch, Refusal("publish.no_review", "请先完成审查。", "第17条"), None)
    assert cli.main(["--json", "act"]) == 1
    found = json.loads(capsys.readouterr().out)["error"]
    assert (found["code"], found["basis"]) == ("publish.no_review", "第17条")


@pytest.mark.parametrize(("code", "expected"), [(None, 0), (0, 0), (3, 3)])
def test_the_exit_code_is_what_the_command_says(
    code: int | None, expected: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    fake(monkeypatch, None, code)
    assert cli.main(["act"]) == expected


def test_ctrl_c_ends_quietly(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    fake(monkeypatch, KeyboardInterrupt(), None)
    assert cli.main(["act"]) == 130
    assert capsys.readouterr().err == "已停止。\n"


@pytest.mark.parametrize("arguments", [["nothing-like-it"], ["backup"], ["backup", "x", "--what"]])
def test_a_wrongly_written_command_is_refused_in_chinese(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        cli.main(arguments)
    assert ended.value.code == 2
    err = capsys.readouterr().err
    assert err.count("\n") == 1
    assert "--help" in err
    assert "argument" not in err


def test_the_map_needs_no_django(gongkai: Gongkai) -> None:
    done = gongkai("--help")
    assert (done.returncode, "setup" in done.stdout) == (0, True)
    assert "django" not in _loaded_by_the_map()


def _loaded_by_the_map() -> list[str]:
    code = "import sys; from gongkai.project import cli; cli.build_parser(); print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return done.stdout.split()


def test_wrong_settings_are_one_sentence(gongkai: Gongkai) -> None:
    done = gongkai("doctor", GONGKAI_PORT="eighty")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == "环境变量 GONGKAI_PORT 应是整数, 现在是“eighty”。\n"
