"""The supervisor starts, restarts and stops what it was given, and leaves nobody behind."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path

import pytest

from gongkai.project import serve
from gongkai.project.config import Config
from gongkai.project.serve import Program, Supervisor
from tests.project.conftest import Gongkai

SLEEPER = [sys.executable, "-c", "import time; time.sleep(60)"]


def stop_after(seconds: float) -> None:
    """SIGTERM to this process; the supervisor under test catches it."""
    code = f"import os, time; time.sleep({seconds}); os.kill({os.getpid()}, 15)"
    subprocess.Popen([sys.executable, "-c", code])


def test_a_dead_child_is_restarted_alone(tmp_path: Path) -> None:
    said: list[str] = []
    log = tmp_path / "starts"
    code = f"open({str(log)!r}, 'a').write('x'); import sys; sys.exit(3)"
    dying, living = Program("甲", [sys.executable, "-c", code]), Program("乙", SLEEPER)
    supervisor = Supervisor([dying, living], said.append)
    stop_after(3.0)
    assert supervisor.run(is_ready=lambda: True, on_ready=lambda: said.append("ready")) == 0
    assert log.read_text().count("x") >= 2
    assert any("甲意外停止 (代码 3)" in line for line in said)
    assert not any("乙" in line for line in said)
    assert not living.alive()


def test_what_never_comes_up_is_given_up() -> None:
    said: list[str] = []
    dying = Program("网站", [sys.executable, "-c", "raise SystemExit(1)"])
    supervisor = Supervisor([dying], said.append)
    assert supervisor.run(is_ready=lambda: False, on_ready=lambda: None) == 1
    assert "接连启动失败" in said[-1]


def test_who_will_not_stop_is_killed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(serve, "STOP_SECONDS", 0.5)
    deaf = "import signal, time; signal.signal(15, signal.SIG_IGN); time.sleep(60)"
    program = Program("网站", [sys.executable, "-c", deaf])
    supervisor = Supervisor([program], lambda _line: None)
    stop_after(1.5)
    assert supervisor.run(is_ready=lambda: True, on_ready=lambda: None) == 1
    assert not program.alive()


def test_an_address_in_use_is_noticed() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert not serve.port_is_free(Config(port=port))
    assert serve.port_is_free(Config(port=port))


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def served(env: dict[str, str]) -> Iterator["subprocess.Popen[str]"]:
    """``gongkai serve`` until it says that it is ready."""
    process = subprocess.Popen(
        [sys.executable, "-m", "gongkai", "serve"],
        env=env,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        assert process.stdout is not None
        said = [process.stdout.readline() for _ in range(3)]
        assert said[0].startswith("门户  http://127.0.0.1:"), said
        assert said[1].rstrip().endswith("/desk/")
        yield process
    finally:
        if process.poll() is None:
            process.kill()
        process.communicate()


def status(port: int, path: str) -> int:
    connection = HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request("GET", path)
    return connection.getresponse().status


def until(true: Callable[[], bool], seconds: float = 90) -> None:
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.1)


def connection_refused(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) != 0


@pytest.mark.slow
def test_the_product_starts_serves_and_stops(gongkai: Gongkai, environment: dict[str, str]) -> None:
    assert gongkai("setup").returncode == 0
    port = free_port()
    env = environment | {"GONGKAI_PORT": str(port), "GONGKAI_WEB_WORKERS": "1"}
    with served(env) as process:
        assert (status(port, "/healthz"), status(port, "/no-such-page")) == (200, 404)
        second = gongkai("serve", GONGKAI_PORT=str(free_port()))
        assert (second.returncode, "正被另一个 gongkai 使用" in second.stderr) == (1, True)
        process.send_signal(signal.SIGINT)
        assert process.wait(30) == 0
    assert connection_refused(port)
    with served(env) as process:
        # The supervisor itself is killed: what it started must not stay behind.
        process.kill()
        until(lambda: connection_refused(port))


def test_the_commands_refuse_in_one_sentence(gongkai: Gongkai) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        done = gongkai("serve", GONGKAI_PORT=str(taken.getsockname()[1]))
    assert (done.returncode, done.stderr.count("\n")) == (1, 1)
    assert "已被占用" in done.stderr
    done = gongkai("serve", GONGKAI_BIND="0.0.0.0")
    assert (done.returncode, "拒绝启动" in done.stderr) == (1, True)


@pytest.mark.slow
def test_set_up_back_up_restore_examine(gongkai: Gongkai, tmp_path: Path) -> None:
    assert gongkai("setup").returncode == 0
    data = tmp_path / "data"
    assert data.stat().st_mode & 0o777 == 0o700
    done = gongkai("backup", str(tmp_path / "b.tar"), "--json")
    assert (done.returncode, '"database.sqlite3"' in done.stdout) == (0, True)
    assert gongkai("restore", str(tmp_path / "b.tar")).returncode == 1
    assert gongkai("restore", str(tmp_path / "b.tar"), "--replace").returncode == 0
    done = gongkai("doctor", "--json", "--settings")
    assert (done.returncode, '"GONGKAI_SECRET_KEY": "未设置"' in done.stdout) == (0, True)
    (data / "secrets" / "secret_key").chmod(0o644)
    (tmp_path / "gongkai.toml").write_text("port = 9000\n", "utf-8")
    (tmp_path / "gongkai.toml").chmod(0o644)
    done = gongkai("doctor", GONGKAI_CONFIG=str(tmp_path / "gongkai.toml"))
    assert "✗ 配置文件" in done.stdout
    assert (done.returncode, "✗ 密钥" in done.stdout) == (1, True)
