"""Every link inside the documentation leads somewhere."""

import re
from pathlib import Path

LINK = re.compile(r"!?\[[^\]]*\]\((?!https?:|mailto:|#)([^)#\s]+)(#[^)\s]*)?\)")


def test_links_lead_somewhere(project_root: Path) -> None:
    pages = [*project_root.glob("*.md"), *(project_root / "docs").rglob("*.md")]
    assert len(pages) > 10
    broken = [
        f"{page.relative_to(project_root)}: {match.group(1)}"
        for page in pages
        for match in LINK.finditer(page.read_text(encoding="utf-8"))
        if not (page.parent / match.group(1)).exists()
    ]
    assert broken == []
