"""``python -m tests.run``: the whole suite on SQLite, what touches tables again on PostgreSQL.

Run by ``make test``; arguments go to pytest. ``GONGKAI_TEST_PROCESSES`` sets the number of
parallel processes (default: one per core, at most 4).
"""

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

from tests import mail, postgres

CHROMIUM = Path("/usr/bin/chromium")
NO_TESTS = 5  # pytest's exit code when nothing was selected


def main(arguments: list[str]) -> int:
    """0 when every run passed."""
    ensure_browser()
    ensure_axe()
    ensure_imap()
    ensure_antiword()
    results = {"SQLite": run("SQLite", {}, arguments)}
    try:
        with postgres.server() as address:
            env = {"GONGKAI_TEST_DATABASE_URL": address}
            # No second look by the browser but at a whole case: pages differ by database no more
            # than queries do.
            chosen = ["-m", "not browser or both_databases", "--only-database", *arguments]
            results["PostgreSQL"] = run("PostgreSQL", env, chosen)
    except postgres.Unavailable as reason:
        print(f"== PostgreSQL: skipped. {reason}", flush=True)
    failed = [name for name, code in results.items() if code not in {0, NO_TESTS}]
    print(f"== {'; '.join(_said(n, c) for n, c in results.items())}", flush=True)
    return int(bool(failed))


def _said(name: str, code: int) -> str:
    return f"{name}: {'passed' if code in {0, NO_TESTS} else 'FAILED'}"


def run(name: str, more: dict[str, str], arguments: list[str]) -> int:
    """One run of pytest; its closing line stays visible."""
    processes = os.environ.get("GONGKAI_TEST_PROCESSES") or str(min(os.cpu_count() or 1, 4))
    print(f"== pytest on {name}", flush=True)
    began = time.monotonic()
    # Under CI the order is the same every time: a change is judged by its own faults.
    order = ["--randomly-seed=20081226"] if "CI" in os.environ else []
    code = subprocess.call(
        [sys.executable, "-m", "pytest", "-q", "-n", processes, *order, *arguments],
        env=dict(os.environ, **more),
    )
    print(f"== pytest on {name}: {time.monotonic() - began:.0f} s", flush=True)
    return code


def ensure_browser() -> None:
    """Debian's chromium and a Chinese font, where they may be installed."""
    if CHROMIUM.exists() or os.getuid() != 0:
        return
    postgres.install("chromium", "fonts-noto-cjk")
    if not CHROMIUM.exists():
        print("== 没有 chromium, 浏览器测试将跳过 (apt-get install chromium)。", flush=True)


def ensure_imap() -> None:
    """Debian's dovecot, where it may be installed; the tests start their own as a plain process."""
    if mail.DOVECOT.exists() or os.getuid() != 0:
        return
    postgres.install("dovecot-imapd")
    if not mail.DOVECOT.exists():
        print("== 没有 dovecot, IMAP 测试将跳过 (apt-get install dovecot-imapd)。", flush=True)


def ensure_antiword() -> None:
    """Debian's antiword, a small program; LibreOffice is used only where it is already."""
    if shutil.which("antiword") is None and os.getuid() == 0:
        postgres.install("antiword")


def ensure_axe() -> None:
    """The accessibility checker that package.json names, where npm is there to fetch it."""
    root = Path(__file__).resolve().parents[1]
    if (root / "node_modules" / "axe-core").is_dir() or not CHROMIUM.exists():
        return
    npm = shutil.which("npm")
    command = [npm or "", "install", "--no-package-lock", "--no-audit", "--no-fund", "--silent"]
    if npm is None or subprocess.call(command, cwd=root):
        print("== 没有 axe-core, 无障碍检查将跳过 (npm install --no-package-lock)。", flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
