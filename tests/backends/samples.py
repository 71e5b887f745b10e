"""Small files of every format, made here: what is in them is known."""

import io
import struct
import zipfile
import zlib
from collections.abc import Mapping
from email.message import EmailMessage

import xlsxwriter
from docx import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from PIL import Image

TEXT = "各科室：今年“五一”放假三天，请安排值班——照发。"
HIDDEN = "这句读者看不见"
REMOVED = "被删除的句子"
COMMENT = "此处待核实"


def docx(text: str = TEXT) -> bytes:
    """A paragraph, a hidden run, a deletion, a comment, a page header, an author."""
    document = Document()
    document.core_properties.author = "张三"
    paragraph = document.add_paragraph(text)
    paragraph.add_run(HIDDEN).font.hidden = True
    gone = OxmlElement("w:del")
    gone.set(qn("w:author"), "李四")
    run, said = OxmlElement("w:r"), OxmlElement("w:delText")
    said.text = REMOVED
    run.append(said)
    gone.append(run)
    paragraph._p.append(gone)
    document.add_comment(paragraph.runs[0], text=COMMENT, author="王五")
    document.sections[0].header.paragraphs[0].text = "机密★一年"
    kept = io.BytesIO()
    document.save(kept)
    return kept.getvalue()


def zipped(parts: Mapping[str, str | bytes]) -> bytes:
    """An archive of these parts."""
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return kept.getvalue()


def unzipped(content: bytes) -> dict[str, str | bytes]:
    """The parts of an archive."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


_A = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
_P = 'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"'
_R = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'


def pptx(text: str = TEXT) -> bytes:
    """Three slides, the second hidden, the first with notes and a box off the slide; one loose."""

    def slide(said: str, more: str = "", mark: str = "") -> str:
        box = f"<p:sp><p:txBody><a:p><a:r><a:t>{said}</a:t></a:r></a:p></p:txBody></p:sp>"
        return f"<p:sld {_A} {_P} {mark}><p:cSld><p:spTree>{box}{more}</p:spTree></p:cSld></p:sld>"

    away = (
        '<p:sp><p:spPr><a:xfrm><a:off x="99000000" y="0"/><a:ext cx="10" cy="10"/></a:xfrm>'
        "</p:spPr><p:txBody><a:p><a:r><a:t>画面外的字</a:t></a:r></a:p></p:txBody></p:sp>"
    )
    ids = "".join(f'<p:sldId id="{n}" r:id="r{n}"/>' for n in (3, 1, 2))
    rels = "".join(f'<Relationship Id="r{n}" Target="slides/slide{n}.xml"/>' for n in (1, 2, 3))
    return zipped(
        {
            "ppt/presentation.xml": f"<p:presentation {_P} {_R}><p:sldIdLst>{ids}</p:sldIdLst>"
            '<p:sldSz cx="9144000" cy="6858000"/></p:presentation>',
            "ppt/_rels/presentation.xml.rels": f"<Relationships>{rels}</Relationships>",
            "ppt/slides/slide1.xml": slide(HIDDEN, mark='show="0"'),
            "ppt/slides/slide2.xml": slide("最后一页"),
            "ppt/slides/slide3.xml": slide(text, away),
            "ppt/slides/slide9.xml": slide("没有引用的一页"),
            "ppt/slides/_rels/slide3.xml.rels": '<Relationships><Relationship Id="n" '
            'Target="../notesSlides/notesSlide1.xml"/></Relationships>',
            "ppt/notesSlides/notesSlide1.xml": slide("备注里的话"),
            "ppt/comments/comment1.xml": f"<p:cmLst {_P}><p:cm><p:text>{COMMENT}</p:text></p:cm>"
            "</p:cmLst>",
        }
    )


def xlsx(text: str = TEXT) -> bytes:
    """A sheet with a comment, a hidden row and a hidden column; a hidden sheet."""
    kept = io.BytesIO()
    with xlsxwriter.Workbook(kept, {"in_memory": True}) as book:
        book.set_properties({"author": "张三"})
        sheet = book.add_worksheet("清单")
        sheet.write_row(0, 0, ["标题", "份数"])
        sheet.write_row(1, 0, [text, 6])
        sheet.write_row(2, 0, ["藏行", 7])
        sheet.set_row(2, None, None, {"hidden": True})
        sheet.set_column(3, 3, None, None, {"hidden": True})
        sheet.write_comment("A2", COMMENT)
        dark = book.add_worksheet("暗表")
        dark.write_row(0, 0, ["标题", "内容"])
        dark.write_row(1, 0, ["丙", HIDDEN])
        dark.hide()
    return kept.getvalue()


def ofd(text: str = TEXT) -> bytes:
    """A page with a template, a composite and an annotation; one page nothing refers to."""

    def run(said: str, x: int, y: int) -> str:
        return (
            f'<TextObject Boundary="{x} {y} 100 10"><TextCode X="0" Y="5">{said}</TextCode>'
            "</TextObject>"
        )

    page = (
        '<Page><Template TemplateID="7"/><Content><Layer>'
        f'{run(text[9:], 60, 40)}{run(text[:9], 20, 40)}<CompositeObject ResourceID="5" '
        'Boundary="0 80 10 10"/></Layer></Content></Page>'
    )
    return zipped(
        {
            "OFD.xml": "<OFD><DocBody><DocInfo><Author>张三</Author></DocInfo>"
            "<DocRoot>Doc_0\\Document.xml</DocRoot></DocBody></OFD>",
            "Doc_0/Document.xml": "<Document><CommonData><PublicRes>res.xml</PublicRes>"
            '<TemplatePage ID="7" BaseLoc="/Doc_0/tpl.xml"/></CommonData>'
            '<Pages><Page ID="1" BaseLoc="pages/page_0/content.xml"/></Pages>'
            "<Annotations>Annots/Annotations.xml</Annotations></Document>",
            "Doc_0/Res.xml": '<Res><CompositeGraphicUnits><CompositeGraphicUnit ID="5">'
            f"{run('组合里的字', 0, 0)}</CompositeGraphicUnit></CompositeGraphicUnits></Res>",
            "Doc_0/tpl.xml": f"<Page><Content>{run('模板抬头', 0, 0)}</Content></Page>",
            "Doc_0/Pages/Page_0/Content.xml": page,
            "Doc_0/Pages/Page_9/Content.xml": f"<Page>{run(HIDDEN, 0, 0)}</Page>",
            "Doc_0/Annots/Annotations.xml": "<Annotations><Page PageID='1'>"
            "<FileLoc>A0.xml</FileLoc></Page></Annotations>",
            "Doc_0/Annots/A0.xml": f"<PageAnnot><Annot><Remark>{COMMENT}</Remark></Annot>"
            "</PageAnnot>",
        }
    )


def rtf(text: str = TEXT) -> bytes:
    """Characters as bytes of GBK and as numbers, a hidden run, a deletion, a comment."""

    def raw(said: str) -> str:
        return "".join(f"\\'{byte:02x}" for byte in said.encode("gb18030"))

    half = len(text) // 2
    numbers = "".join(
        f"\\u{ord(char) - (65536 if ord(char) > 32767 else 0)}?" for char in text[half:]
    )
    body = (
        r"{\rtf1\ansi\ansicpg936\uc1{\fonttbl{\f0\fcharset134 SimSun;}}{\info{\author "
        + raw("张三") + r"}}{\header " + raw("机密★一年") + r"\par}\f0 " + raw(text[:half])
        + numbers + r"{\v " + raw(HIDDEN) + r"}{\deleted " + raw(REMOVED)
        + r"}{\*\atnauthor x}{\*\annotation " + raw(COMMENT)
        + r"}\par\b " + raw("第二段") + r"{\*\unknown " + raw("不明") + r"}\par}"
    )  # fmt: skip
    return body.encode("ascii")


def mail(text: str = TEXT, **attached: bytes) -> bytes:
    """A mail with files, names as ``name_suffix``."""
    made = EmailMessage()
    made["Subject"], made["From"], made["To"] = "关于放假的通知", "a@example.com", "b@example.com"
    made["MIME-Version"] = "1.0"
    made.set_content(text)
    for name, content in attached.items():
        made.add_attachment(
            content, maintype="application", subtype="octet-stream", filename=name.replace("_", ".")
        )
    return made.as_bytes()


def photo() -> bytes:
    """A picture that tells where it was taken."""
    exif = Image.Exif()
    exif[0x013B] = "Zhang San"
    exif[0x8825] = {1: "N", 2: (39.0, 56.0, 24.0), 3: "E", 4: (116.0, 6.0, 0.0)}
    kept = io.BytesIO()
    Image.new("RGB", (8, 8), "white").save(kept, "JPEG", exif=exif, comment=b"JPEG")
    return kept.getvalue()


def pdf(
    content: str, *, objects: Mapping[int, str] | None = None, page: str = "", root: str = ""
) -> bytes:
    """One page with this content stream; object numbers from 6 on are free."""
    stream = zlib.compress(content.encode("latin-1"))
    held: dict[int, bytes] = {
        1: f"<</Type/Catalog/Pages 2 0 R{root}>>".encode(),
        2: b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        3: "<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources"
        f"<</Font<</F 5 0 R>>>>{page}>>".encode(),
        4: b"<</Filter/FlateDecode/Length %d>>stream\n%s\nendstream" % (len(stream), stream),
        5: b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    }
    held |= {number: text.encode("latin-1") for number, text in (objects or {}).items()}
    return pdf_of(held)


def pdf_of(held: Mapping[int, bytes], trailer: str = "") -> bytes:
    """A whole file of numbered objects with its table of places."""
    out = io.BytesIO(b"%PDF-1.7\n")
    out.seek(0, io.SEEK_END)
    places = {}
    for number, body in sorted(held.items()):
        places[number] = out.tell()
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, body))
    start, size = out.tell(), max(held) + 1
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % size)
    for number in range(1, size):
        out.write(
            b"%010d 00000 %s \n" % (places.get(number, 0), b"n" if number in places else b"f")
        )
    out.write(f"trailer<</Size {size}/Root 1 0 R{trailer}>>\nstartxref\n{start}\n%%EOF\n".encode())
    return out.getvalue()


def ole(streams: Mapping[str, bytes]) -> bytes:
    """A compound file of these streams at the top, each in sectors of its own."""
    sectors: list[bytes] = []
    fat: list[int] = []

    def put(raw: bytes) -> int:
        first = len(sectors)
        pieces = [raw[n : n + 512].ljust(512, b"\0") for n in range(0, len(raw), 512)] or [
            bytes(512)
        ]
        sectors.extend(pieces)
        fat.extend([*range(first + 1, first + len(pieces)), 0xFFFFFFFE])
        return first

    def entry(name: str, kind: int, start: int, size: int, links: tuple[int, int, int]) -> bytes:
        wide = name.encode("utf-16-le") + b"\0\0"
        head = wide.ljust(64, b"\0") + struct.pack("<HBB", len(wide), kind, 1)
        return head + struct.pack("<III", *links) + bytes(36) + struct.pack("<IQ", start, size)

    none = 0xFFFFFFFF
    placed = [(name, put(raw), max(len(raw), 4096)) for name, raw in streams.items()]
    entries = [entry("Root Entry", 5, 0xFFFFFFFE, 0, (none, none, 1))]
    for number, (name, start, size) in enumerate(placed, 1):
        right = number + 1 if number < len(placed) else none
        entries.append(entry(name, 2, start, size, (none, right, none)))
    directory = put(b"".join(entries))
    table = len(sectors)
    count = (len(fat) + 1 + 127) // 128
    fat.extend([0xFFFFFFFD] * count)
    raw = b"".join(struct.pack("<I", link) for link in fat).ljust(count * 512, b"\xff")
    sectors.extend(raw[n : n + 512] for n in range(0, len(raw), 512))
    head = (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH", 62, 3, 0xFFFE, 9, 6)
    )
    head += bytes(6) + struct.pack(
        "<9I", 0, count, directory, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0
    )
    places = [*range(table, table + count), *[none] * (109 - count)]
    return head + struct.pack("<109I", *places) + b"".join(sectors)


def doc(text: str = TEXT, comment: str = COMMENT) -> bytes:
    """Word 97: one piece of 16-bit characters, a hidden run marked, a comment behind the text."""
    body, note = f"{text}{HIDDEN}\r", f"{comment}\r"
    whole = (body + note).encode("utf-16-le")
    main = bytearray(1536 + len(whole))
    struct.pack_into("<HH", main, 0, 0xA5EC, 0x00C1)
    struct.pack_into("<H", main, 10, 0x0200)
    struct.pack_into("<8I", main, 0x4C, len(body), 0, 0, 0, len(note), 0, 0, 0)
    main[1536:] = whole
    start = 1536 + 2 * len(text)
    runs = (1536, start, start + 2 * len(HIDDEN), 1536 + len(whole))
    page = bytearray(512)
    struct.pack_into("<4I", page, 0, *runs)
    page[16:19] = bytes((0, 200, 0))
    page[400:405] = b"\x03\x3c\x08\x01\x00"
    page[511] = 3
    main[1024:1536] = page
    pieces = struct.pack("<II", 0, len(body) + len(note)) + struct.pack("<HIH", 0, 1536, 0)
    clx = b"\x02" + struct.pack("<I", len(pieces)) + pieces
    formats = struct.pack("<III", 1536, 1536 + len(whole), 2)
    struct.pack_into("<II", main, 0x01A2, 0, len(clx))
    struct.pack_into("<II", main, 0x00FA, len(clx), len(formats))
    return ole({"WordDocument": bytes(main), "1Table": clx + formats})


def ppt(text: str = TEXT) -> bytes:
    """PowerPoint 97: two slides, the second hidden, and notes."""

    def record(kind: int, body: bytes, version: int = 0) -> bytes:
        return struct.pack("<HHI", version, kind, len(body)) + body

    def said(words: str) -> bytes:
        return record(0x0FA0, words.encode("utf-16-le"))

    info = record(0x03F9, bytes(10) + struct.pack("<H", 4) + bytes(4), 2)
    slides = record(0x03EE, said(text), 0xF) + record(0x03EE, said(HIDDEN) + info, 0xF)
    return ole({"PowerPoint Document": slides + record(0x03F0, said("备注里的话"), 0xF)})
