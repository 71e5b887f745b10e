"""Files, functions and parameter lists stay small; modules have names that say something."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

MOST_LINES, MOST_FUNCTION_LINES, MOST_PARAMETERS = 400, 50, 5
EMPTY_NAMES = {"utils", "util", "helpers", "helper", "common", "misc", "tools"}
Function = ast.FunctionDef | ast.AsyncFunctionDef


def sources(root: Path) -> list[Path]:
    """Python files of ours, without migrations (Django writes those)."""
    found = [p for part in ("src", "tests", "bench") for p in (root / part).rglob("*.py")]
    assert len(found) > 30
    return [p for p in found if "migrations" not in p.parts]


def functions(path: Path) -> Iterator[Function]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, Function):
            yield node


def too_long(path: Path) -> list[str]:
    lines = len(path.read_text(encoding="utf-8").splitlines())
    found = [f"{path}: {lines} lines"] if lines > MOST_LINES else []
    for node in functions(path):
        length = (node.end_lineno or node.lineno) - node.lineno + 1
        if length > MOST_FUNCTION_LINES:
            found.append(f"{path}:{node.lineno} {node.name}: {length} lines")
    return found


def too_many_parameters(path: Path) -> list[str]:
    """More than five that may be given by position; keyword-only ones carry their names."""
    found = []
    for node in functions(path):
        names = [a.arg for a in [*node.args.posonlyargs, *node.args.args]]
        names = [n for n in names if n not in {"self", "cls"}]
        if len(names) > MOST_PARAMETERS:
            found.append(f"{path}:{node.lineno} {node.name}: {len(names)} parameters")
    return found


def test_files_and_functions_are_short(project_root: Path) -> None:
    assert [line for path in sources(project_root) for line in too_long(path)] == []


def test_parameter_lists_are_short(project_root: Path) -> None:
    product = [p for p in sources(project_root) if "src" in p.parts]
    assert [line for path in product for line in too_many_parameters(path)] == []


def test_modules_have_names_that_say_something(project_root: Path) -> None:
    names = [p for p in sources(project_root) if {p.stem, p.parent.name} & EMPTY_NAMES]
    assert names == []


@pytest.mark.parametrize(
    "text", ["def f(a, b, c, d, e, g): ...", "def f():\n" + "    x = 1\n" * 51]
)
def test_the_measure_finds_what_it_should(text: str, tmp_path: Path) -> None:
    path = tmp_path / "long.py"
    path.write_text(text, encoding="utf-8")
    assert too_long(path) + too_many_parameters(path)
