"""Papers of our own for redaction: twenty, by five producers, with what must go in many places.

Everything in them is invented. Targets stand in the body, in a table, in the running head, broken
over lines, with ligatures, in a form XObject, in annotations, properties, bookmarks, attachments.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf

DROID = Path("/usr/share/fonts/truetype/droid/DroidSansFallbackFull.ttf")
CHROMIUM = Path("/usr/bin/chromium")
_NAMES = ("陈皓然", "林若溪", "欧阳文博", "齐鸿飞", "贺知远")
_FILLER = (
    "经审查，该单位提交的材料齐全，符合规定的条件。自收到本决定书之日起，应当按照核定的内容办理，"
    "不得擅自变更。有关费用由申请单位承担，办理结果在本机关网站公布。"
)
_LATIN = "The certificate was filed with the office by {} after a first fluent briefing."


@dataclass(frozen=True, slots=True)
class Paper:
    """One paper: what it says and what has to go."""

    number: int
    name: str
    card: str
    phone: str
    account: str
    mail: str
    street: str

    @property
    def targets(self) -> tuple[str, ...]:
        return (self.name, self.card, self.phone, self.account, self.mail, self.street)

    @property
    def title(self) -> str:
        return f"关于第{self.number + 1}号事项的批复"

    @property
    def lines(self) -> list[str]:
        """Paragraphs; long ones break wherever the producer breaks them."""
        return [
            f"申请人{self.name}（身份证号码：{self.card}），联系电话{self.phone}。",
            _FILLER + f"收款账号{self.account}，请{self.name}于十五日内核对。" + _FILLER,
            f"住所地：{self.street}。" + _LATIN.format(self.mail),
            *([_FILLER] * (self.number % 7 + 2)),
            f"联系人：{self.name}，{self.phone}，{self.mail}。",
        ]

    @property
    def rows(self) -> list[tuple[str, str]]:
        return [
            ("事项", "内容"),
            ("姓名", self.name),
            ("证件号码", self.card),
            ("住址", self.street),
            ("备注", "无"),
        ]


def papers(count: int = 20) -> list[Paper]:
    """The first so many papers."""
    return [
        Paper(
            number=n,
            name=_NAMES[n % len(_NAMES)],
            card=f"1101011988{n % 12 + 1:02d}{n + 1:02d}{3700 + n * 7}",
            phone=f"139{10000000 + n * 7654321 % 89999999}",
            account=f"62220{30000000000000 + n * 987654321987}",
            mail=f"office.griffin{n}@affiliated.example",
            street=f"兰花路{n + 3}号院{n % 9 + 1}号楼{n % 5 + 1}单元{n + 101}室",
        )
        for n in range(count)
    ]


def typst(papers: Sequence[Paper]) -> list[bytes]:
    import typst as engine

    return [engine.compile(_typst(paper).encode(), format="pdf") for paper in papers]


def _typst(paper: Paper) -> str:
    def safe(text: str) -> str:
        return text.replace("@", "\\@").replace("#", "\\#")

    cells = "".join(f"[{safe(a)}],[{safe(b)}]," for a, b in paper.rows)
    lines = "\n\n".join(safe(line) for line in paper.lines)
    return f"""
#set document(title: "{paper.title}{paper.card}", author: "{paper.name}")
#set page(header: [{safe(paper.title)} {paper.name} {paper.phone}])
#set text(font: ("Noto Serif CJK SC", "Libertinus Serif"), size: 14pt, lang: "zh")
= {safe(paper.title)}：{paper.name}
{lines}
#table(columns: 2, {cells})
"""


def reportlab_ttf(papers: Sequence[Paper]) -> list[bytes]:
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont

    pdfmetrics.registerFont(TTFont("Droid", str(DROID)))
    return [_reportlab(paper, "Droid") for paper in papers]


def reportlab_cid(papers: Sequence[Paper]) -> list[bytes]:
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont

    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    return [_reportlab(paper, "STSong-Light") for paper in papers]


def _mixed(text: str, font: str) -> str:
    """Letters and digits in the standard Helvetica where the Chinese font has none."""
    return (
        re.sub(r"[\x21-\x7e]+", r'<font name="Helvetica">\g<0></font>', text)
        if font == "Droid"
        else text
    )


def _draw(canvas: Any, x: float, y: float, text: str, font: str) -> None:
    for run in re.findall(r"[\x20-\x7e]+|[^\x20-\x7e]+", text):
        name = "Helvetica" if font == "Droid" and run.isascii() else font
        canvas.setFont(name, 10)
        canvas.drawString(x, y, run)
        x += canvas.stringWidth(run, name, 10)


def _reportlab(paper: Paper, font: str) -> bytes:
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer, Table

    style = ParagraphStyle("body", fontName=font, fontSize=13, leading=20, wordWrap="CJK")
    held = BytesIO()

    def head(canvas: Any, _: object) -> None:
        _draw(canvas, 60, 810, f"{paper.title} {paper.name} {paper.phone}", font)
        # Printed by the standard fonts that no file carries, in two pieces.
        canvas.setFont("Helvetica", 10)
        canvas.drawString(60, 796, "Ref " + paper.card)
        canvas.bookmarkPage("top")
        canvas.addOutlineEntry(paper.title + paper.name, "top")
        canvas.textAnnotation(paper.card, (400, 780, 420, 800))
        if paper.number % 4 == 3:
            canvas.beginForm("stamp")
            _draw(canvas, 0, 0, "盖章：" + paper.name, font)
            canvas.endForm()
            canvas.saveState()
            canvas.translate(300, 60)
            canvas.doForm("stamp")
            canvas.restoreState()

    document = SimpleDocTemplate(
        held, pagesize=A4, title=paper.title + paper.card, author=paper.name, topMargin=80
    )
    table = Table(
        [[Paragraph(_mixed(cell, font), style) for cell in row] for row in paper.rows], [90, 320]
    )
    said = [Paragraph(_mixed(line, font), style) for line in (paper.title, *paper.lines)]
    story = [*said, Spacer(1, 12), table]
    document.build(story, onFirstPage=head)
    return held.getvalue()


def docx(paper: Paper) -> bytes:
    """A DOCX whose targets stand in split runs, head, table and properties."""
    import docx as words

    document = words.Document()
    document.core_properties.title, document.core_properties.author = paper.card, paper.name
    document.sections[0].header.paragraphs[0].text = f"{paper.title} {paper.name} {paper.phone}"
    document.add_heading(f"{paper.title}：{paper.name}", 1)
    for line in paper.lines:
        paragraph = document.add_paragraph()
        for at in range(0, len(line), 7):
            paragraph.add_run(line[at : at + 7]).bold = at % 3 == 0
    table = document.add_table(rows=0, cols=2)
    for a, b in paper.rows:
        cells = table.add_row().cells
        cells[0].text, cells[1].text = a, b
    held = BytesIO()
    document.save(held)
    return held.getvalue()


def libreoffice(papers: Sequence[Paper]) -> list[bytes]:
    with tempfile.TemporaryDirectory() as folder:
        for paper in papers:
            (Path(folder) / f"p{paper.number}.docx").write_bytes(docx(paper))
        subprocess.run(
            ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless",
             "--convert-to", "pdf", "--outdir", folder,
             *(f"{folder}/p{paper.number}.docx" for paper in papers)],
            check=True, timeout=300, capture_output=True,
        )  # fmt: skip
        return [(Path(folder) / f"p{paper.number}.pdf").read_bytes() for paper in papers]


def chromium(papers: Sequence[Paper]) -> list[bytes]:
    # In a thread of its own: the browser of the page tests may be open in this one.
    with ThreadPoolExecutor(max_workers=1) as own:
        return own.submit(_printed_by_chromium, papers).result()


def _printed_by_chromium(papers: Sequence[Paper]) -> list[bytes]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=str(CHROMIUM), args=["--no-sandbox"])
        page = browser.new_page()
        made = []
        for paper in papers:
            page.set_content(_html(paper))
            made.append(page.pdf(format="A4", tagged=True, outline=True))
        browser.close()
    return made


def _html(paper: Paper) -> str:
    rows = "".join(f"<tr><td>{a}<td>{b}" for a, b in paper.rows)
    lines = "".join(f"<p>{line}" for line in paper.lines)
    return (
        f"<html lang=zh><title>{paper.title}{paper.card}</title>"
        "<style>body{font:15px 'Noto Sans CJK SC'} td{border:1px solid} "
        "header{position:fixed;top:0} p{margin-top:2em}</style>"
        f"<header>{paper.title} {paper.name} {paper.phone}</header>"
        f"<h1>{paper.title}：{paper.name}</h1>{lines}<table>{rows}</table>"
        f'<p style="letter-spacing:2px">{paper.card}'
    )


PRODUCERS: dict[str, Callable[[Sequence[Paper]], list[bytes]]] = {
    "typst": typst,
    "libreoffice": libreoffice,
    "reportlab_ttf": reportlab_ttf,
    "reportlab_cid": reportlab_cid,
    "chromium": chromium,
}


def missing(producer: str) -> str:
    """Why a producer cannot be had here; empty when it can."""
    if producer == "libreoffice" and shutil.which("soffice") is None:
        return "LibreOffice is not installed"
    if producer == "chromium" and not CHROMIUM.exists():
        return "chromium is not installed"
    if producer == "reportlab_ttf" and not DROID.exists():
        return "no TrueType font for Chinese"
    return ""


def burdened(content: bytes, paper: Paper) -> bytes:
    """The same PDF with an attachment, properties and a bookmark that name the targets."""
    with pikepdf.open(BytesIO(content)) as pdf:
        pdf.attachments["名单.txt"] = " ".join(paper.targets).encode()
        with pdf.open_metadata() as meta:
            meta["dc:description"] = " ".join(paper.targets)
        pdf.docinfo["/Subject"] = paper.card
        with pdf.open_outline() as outline:
            outline.root.append(pikepdf.OutlineItem(paper.name + paper.card, 0))
        held = BytesIO()
        pdf.save(held)
        return held.getvalue()


def made(producer: str, count: int) -> list[tuple[Paper, bytes]]:
    """The first papers as this producer writes them."""
    chosen = papers(count)
    return [
        (paper, burdened(content, paper))
        for paper, content in zip(chosen, PRODUCERS[producer](chosen), strict=True)
    ]


def blank() -> bytes:
    """The smallest PDF: one empty page."""
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        held = BytesIO()
        pdf.save(held)
    return held.getvalue()


def barred(content: bytes, paper: Paper) -> bytes:
    """The usual mistake: black rectangles drawn over the words, the words left where they are."""
    import pypdfium2 as pdfium

    document = pdfium.PdfDocument(content)
    with pikepdf.open(BytesIO(content)) as pdf:
        for number, page in enumerate(pdf.pages):
            text = document[number].get_textpage()
            found = []
            for target in paper.targets:
                searcher = text.search(target)
                while (hit := searcher.get_next()) is not None:
                    for n in range(text.count_rects(*hit)):
                        left, bottom, right, top = text.get_rect(n)
                        found.append(
                            f"{left - 2} {bottom - 3} {right - left + 4} {top - bottom + 6} re f"
                        )
            page.contents_add(("q 0 g " + "\n".join(found) + " Q").encode())
        held = BytesIO()
        pdf.save(held)
        return held.getvalue()
