"""A real PostgreSQL for one test run: Debian's package, a temporary folder, a Unix socket.

The server is never reached over the network and never runs as root.
"""

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote


class Unavailable(Exception):
    """No PostgreSQL here; ``str()`` is a sentence saying why."""


# Durability is not what these tests are about; the kill tests set their own.
FAST = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
PACKAGE = "postgresql"


def programs() -> Path:
    """Folder of ``initdb`` and ``pg_ctl``; installs Debian's package where that is allowed."""
    found = _installed()
    if found is None and os.getuid() == 0 and shutil.which("apt-get"):
        install(PACKAGE)
        found = _installed()
    if found is None:
        raise Unavailable("这台机器没有 PostgreSQL, 也无权安装 (apt-get install postgresql)。")
    return found


def install(*packages: str) -> None:
    """``apt-get install``, quietly; a failure shows later as a missing program."""
    env = dict(os.environ, DEBIAN_FRONTEND="noninteractive")
    command = ["apt-get", "install", "-y", "-q", "--no-install-recommends", *packages]
    done = subprocess.run(command, env=env, check=False, capture_output=True)
    if done.returncode != 0:
        subprocess.run(["apt-get", "update", "-q"], env=env, check=False, capture_output=True)
        subprocess.run(command, env=env, check=False, capture_output=True)


def _installed() -> Path | None:
    folders = sorted(
        Path("/usr/lib/postgresql").glob("*/bin"), key=lambda p: float(p.parent.name), reverse=True
    )
    on_path = shutil.which("initdb")
    if on_path:
        folders.append(Path(on_path).parent)
    return next((f for f in folders if (f / "initdb").exists() and (f / "pg_ctl").exists()), None)


@contextmanager
def server(settings: Mapping[str, str] = FAST) -> Iterator[str]:
    """Start one; gives the address of an empty database, stops and removes it at the end."""
    bin_dir = programs()
    account = _account()
    root = Path(tempfile.mkdtemp(prefix="gongkai-pg-"))
    try:
        if account:
            shutil.chown(root, account.pw_uid, account.pw_gid)
        data = root / "data"
        _run(account, [bin_dir / "initdb", "-D", data, "-U", "gongkai", "-A", "trust",
                       "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"])  # fmt: skip
        tuning = [f"-c {name}={value}" for name, value in settings.items()]
        options = " ".join(["-c listen_addresses=''", f"-k {root}", *tuning])
        control: list[str | Path] = [bin_dir / "pg_ctl", "-D", data, "-s", "-w"]
        _run(account, [*control, "-l", root / "log", "-o", options, "start"])
        try:
            yield f"postgresql://gongkai@/postgres?host={quote(str(root), safe='')}"
        finally:
            _run(account, [*control, "-m", "immediate", "stop"])
    finally:
        shutil.rmtree(root, ignore_errors=True)


def _account() -> pwd.struct_passwd | None:
    """Whom to become: PostgreSQL refuses to run as root."""
    if os.getuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise Unavailable("以 root 运行时需要 postgres 或 nobody 账号来启动 PostgreSQL。")


def _run(account: pwd.struct_passwd | None, command: Sequence[str | Path]) -> None:
    done = subprocess.run(
        [str(part) for part in command],
        user=account.pw_uid if account else None,
        group=account.pw_gid if account else None,
        extra_groups=[] if account else None,
        cwd="/",
        check=False,
        # Files, not pipes: the server keeps them open and would hold us for ever.
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    if done.returncode != 0:
        raise Unavailable(f"PostgreSQL 没有启动: {Path(command[0]).name} 返回 {done.returncode}。")
