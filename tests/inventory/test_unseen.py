"""Files that hold what their readers do not see: taken in, looked through, told on the draft."""

from __future__ import annotations

import io
from collections.abc import Mapping
from pathlib import Path
from typing import Any, cast

import pytest
from docx import Document

from gongkai.inventory import chunks
from gongkai.inventory.paper import paper_of
from gongkai.orgs.models import Body, Person
from gongkai.ports import NOTHING_KNOWN, Concealed, Extracted, Known
from gongkai.records.models import Record
from gongkai.text.finding import Finding
from tests.backends.test_hidden_links import page
from tests.inventory.conftest import carried_out

pytestmark = pytest.mark.django_db
HIDDEN = (
    '<div style="display:none"><a href="http://www.km888.example/">x</a>'
    "<span>联系人电话13812345678</span></div>"
)


def test_hidden_links_and_hidden_words_are_told_on_the_draft(bureau: Body, clerk: Person) -> None:
    inside = f'{HIDDEN}<a href="http://www.wz188.example/">青石区人民政府</a>'
    source = page(inside, title="bet365体育_bet365官网")
    carried_out(bureau, clerk, ("值班.html", source))
    record = Record.objects.get()
    found = {(f.scanner, f.kind, f.evidence, f.severity) for f in record.findings.all()}
    assert {
        ("intake", "hidden_link", "www.km888.example", "error"),
        ("intake", "replaced_host", "www.wz188.example", "error"),
        ("intake", "inserted_ad", "bet365体育_bet365官网", "error"),
        ("intake", "mobile", "13812345678", "warning"),
        ("intake", "hidden_text", "", "warning"),
    } <= found
    told = record.findings.get(kind="mobile")
    assert told.sentence.startswith("在读者看不见的内容里（隐藏文字）：")
    assert (told.field, told.proposal) == ("source", None)
    link = record.findings.get(kind="hidden_link")
    assert "www.km888.example" in link.sentence and "样式隐藏" in link.sentence
    assert "km888" not in record.body_text.text
    assert not record.findings.filter(kind="foreign_host").exists(), "told as a hidden link"


def test_comments_of_a_document_are_looked_through(bureau: Body, clerk: Person) -> None:
    document = Document()
    paragraph = document.add_paragraph("关于春节值班的通知：各单位要做好值班工作。")
    document.add_comment(paragraph.runs[0], text="问王某13912345678", author="李某")
    content = io.BytesIO()
    document.save(content)
    carried_out(bureau, clerk, ("值班.docx", content.getvalue()))
    told = Record.objects.get().findings.get(kind="mobile")
    assert told.evidence == "13912345678"
    assert told.sentence.startswith("在读者看不见的内容里（批注）：")


class Counting:
    """A scanner that keeps what it was asked to look at, and finds a phone in it."""

    name = "counting"

    def __init__(self) -> None:
        self.asked: list[list[str]] = []

    def scan(self, fields: Mapping[str, str], *, known: Known = NOTHING_KNOWN) -> list[Finding]:
        self.asked.append(sorted(fields))
        return [
            Finding(kind=kind, start=0, end=2, evidence="电话", field=name)
            for name, text in fields.items()
            if text.startswith("电话")
            for kind in ("mobile", "foreign_host")
        ]


@pytest.mark.parametrize(
    ("concealed", "asked"),
    [
        ((), 1),
        ((Concealed("metadata", "", "电话"), Concealed("source", "网页其余部分", "电话")), 1),
        ((Concealed("hidden_link", "样式隐藏", "a.example http://a.example/"),), 1),
        ((Concealed("comment", "", "电话"),), 2),
    ],
)
def test_only_what_is_really_hidden_is_worth_a_second_look(
    tmp_path: Path, concealed: tuple[Concealed, ...], asked: int
) -> None:
    path = tmp_path / "件.docx"
    path.write_bytes(b"")
    scanner = Counting()
    how = chunks.How(
        extract=lambda _path, _name: Extracted(text="关于甲的通知\n请照办。", concealed=concealed),
        scanners=[scanner],
        known=NOTHING_KNOWN,
    )
    read = chunks.read_item({"path": str(path), "name": path.name}, how)
    assert isinstance(read, dict)
    paper = paper_of(cast("dict[str, Any]", read["paper"]))
    told = [f for f in paper.findings if f.kind in ("mobile", "foreign_host")]
    assert len(scanner.asked) == asked
    assert [f.kind for f in told] == ["mobile"] * (asked - 1)
    assert scanner.asked[0] == (["hidden"] if asked == 2 else ["text"])
