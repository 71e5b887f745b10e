"""The repository names no machine, no index host, no workplace: it is the same everywhere."""

import re
import subprocess
from pathlib import Path

import pytest

# Put together from pieces, so that this file does not find itself.
PLACES = re.compile(
    "|".join(
        [
            r"(?<![\w.<])/" + "work/",
            "/" + r"root/\.",
            "/" + r"home/\w+/",
            "pypi" + r"\.(org|python)",
            "files" + r"\.pythonhosted",
            "index" + r"-url\s*=?\s*http",
            "tsinghua" + r"\.edu",
            "aliyun" + r"\.com/pypi",
        ]
    )
)
OPTIONS = ("--index-url", "--extra-index-url", "--find-links", "--trusted-host", "://")


def tracked(root: Path) -> list[Path]:
    """Files git knows, and new ones it does not ignore."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    done = subprocess.run(command, cwd=root, capture_output=True, check=False)
    if done.returncode != 0:
        pytest.skip("不是 git 检出的目录, 无法列出文件。")
    names = [name for name in done.stdout.decode().split("\0") if name]
    assert "Makefile" in names
    return [root / name for name in names if (root / name).is_file()]


def text_of(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return ""


def test_no_file_names_a_machine_or_an_index(project_root: Path) -> None:
    found = [
        f"{path.relative_to(project_root)}: {match.group()}"
        for path in tracked(project_root)
        for match in PLACES.finditer(text_of(path))
    ]
    assert found == []


def test_requirements_are_pinned_with_hashes_and_name_no_index(project_root: Path) -> None:
    for name in ("base.txt", "dev.txt"):
        text = (project_root / "requirements" / name).read_text(encoding="utf-8")
        lines = [line for line in text.splitlines() if not line.lstrip().startswith("#")]
        assert [line for line in lines if any(option in line for option in OPTIONS)] == []
        pins = [line for line in lines if re.match(r"[A-Za-z0-9]", line)]
        assert len(pins) > 20
        assert [p for p in pins if not re.match(r"[\w.\[\]-]+==\S+( ;.*)? \\$", p)] == []
        assert text.count("--hash=sha256:") >= len(pins)


def test_base_and_dev_pin_the_same_versions(project_root: Path) -> None:
    base, dev = (
        dict(
            re.findall(r"(?m)^([\w.-]+(?:\[[\w,]+\])?)==(\S+)", (folder / name).read_text("utf-8"))
        )
        for folder, name in [(project_root / "requirements", n) for n in ("base.txt", "dev.txt")]
    )
    assert {n: v for n, v in base.items() if dev.get(n) != v} == {}
