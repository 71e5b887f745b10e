"""``python -m tests.deploy``: migrations are complete, and a production start is clean.

Run by ``make check``. Everything in a fresh data folder with production-like settings.
"""

import os
import subprocess
import sys
import tempfile

CHECKS = {
    "migrations": ("makemigrations", "--check", "--dry-run"),
    "deploy check": ("check", "--deploy", "--fail-level", "WARNING"),
}


def main() -> int:
    """The number of checks that failed."""
    failed = 0
    with tempfile.TemporaryDirectory(prefix="gongkai-deploy-") as data:
        env = {k: v for k, v in os.environ.items() if not k.startswith("GONGKAI_")}
        env |= {
            "GONGKAI_DATA": data,
            "GONGKAI_MODE": "production",
            "GONGKAI_HOSTS": "xxgk.example.test",
            "GONGKAI_HTTPS_PROXY": "true",
            "GONGKAI_PROXIES": "1",
        }
        running = {
            name: subprocess.Popen(
                [sys.executable, "-m", "gongkai", "manage", *arguments],
                env=env,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                text=True,
            )
            for name, arguments in CHECKS.items()
        }
        for name, process in running.items():
            output, _ = process.communicate()
            if process.returncode != 0:
                failed += 1
                sys.stdout.write(output)
            sys.stdout.write(f"{name}: {'ok' if process.returncode == 0 else 'FAILED'}\n")
    return failed


if __name__ == "__main__":
    sys.exit(main())
