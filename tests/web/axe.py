"""axe-core in a page: the accessibility rules of WCAG 2.2 A and AA, and good practice."""

from __future__ import annotations

import os
from functools import lru_cache
from pathlib import Path

import pytest
from playwright.sync_api import Page

ROOT = Path(__file__).resolve().parents[2]
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
_RUN = "rules => axe.run({runOnly: {type: 'tag', values: rules}}).then(r => r.violations)"


@lru_cache(maxsize=1)
def source() -> str:
    """The script from `npm install`, or from the file that GONGKAI_TEST_AXE names."""
    named = os.environ.get("GONGKAI_TEST_AXE")
    place = Path(named) if named else ROOT / "node_modules" / "axe-core" / "axe.min.js"
    if not place.is_file():
        pytest.skip("没有 axe-core，无障碍检查跳过（npm install --no-package-lock）。")
    return place.read_text(encoding="utf-8")


def faults(page: Page) -> list[str]:
    """What axe finds on the page as it stands: rule, gravity, where."""
    page.evaluate(source())
    return [
        f"{found['id']} ({found['impact']}): {found['help']}: "
        + "; ".join(str(node["html"])[:120] for node in found["nodes"][:3])
        for found in page.evaluate(_RUN, RULES)
    ]
