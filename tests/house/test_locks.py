"""Row locks leave the keys of the row free.

A row inserted elsewhere that refers to a locked row has its foreign key checked at the commit, when
its transaction already holds the head of the journal. A plain FOR UPDATE would make that check wait
for somebody who waits for the journal: a deadlock on PostgreSQL, seen under eight writers. FOR NO
KEY UPDATE locks as well against every other writer and lets the check pass. A lock that follows a
join would take the joined row too: `of=("self",)` names the one that is meant.
"""

from __future__ import annotations

import ast
from pathlib import Path

import pytest


def _calls(path: Path) -> list[ast.Call]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return [node for node in ast.walk(tree) if isinstance(node, ast.Call)]


def _chain(call: ast.Call) -> list[ast.Call]:
    """The call and those it is chained on: `a.b().c()` gives c, b."""
    found = [call]
    while isinstance(found[-1].func, ast.Attribute) and isinstance(found[-1].func.value, ast.Call):
        found.append(found[-1].func.value)
    return found


def _name(call: ast.Call) -> str:
    return call.func.attr if isinstance(call.func, ast.Attribute) else ""


def test_every_row_lock_leaves_keys_free_and_names_its_table(project_root: Path) -> None:
    wrong: list[str] = []
    seen = 0
    for path in sorted((project_root / "src").rglob("*.py")):
        if "select_for_update" not in path.read_text(encoding="utf-8"):
            continue
        for call in _calls(path):
            names = {_name(link): link for link in _chain(call)}
            lock = names.get("select_for_update")
            if lock is None:
                continue
            seen += 1
            words = {word.arg for word in lock.keywords}
            where = f"{path.relative_to(project_root)}:{lock.lineno}"
            if "no_key" not in words:
                wrong.append(f"{where}: no_key=True is missing")
            if "select_related" in names and "of" not in words:
                wrong.append(f'{where}: of=("self",) is missing beside select_related')
    assert seen > 20
    if wrong:
        pytest.fail("\n".join(sorted(set(wrong))))
