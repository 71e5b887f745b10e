"""Bad papers that are no containers: prints, pictures, texts, false names; and the whole list."""

import random
import struct
import zlib

from tests.backends import samples
from tests.backends.bad.containers import (
    MARK,
    File,
    Maker,
    deep,
    links,
    locked,
    loops,
    odd_names,
    outside_entities,
    pieces,
    slips,
    xml_bombs,
    zip_bombs,
)


def false_names(chance: random.Random, n: int) -> File:
    """Content of one kind under the name of another."""
    contents = (
        samples.docx(MARK), samples.xlsx(MARK), samples.rtf(MARK), samples.doc(MARK),
        samples.pdf(f"BT /F 9 Tf 50 700 Td ({MARK}) Tj ET"), f"<html><p>{MARK}</p>".encode(),
        b"MZ" + bytes(200) + MARK.encode(), b"\x7fELF" + bytes(99) + MARK.encode(),
        b"Rar!\x1a\7\0" + MARK.encode(), chance.randbytes(3000), samples.photo() + MARK.encode(),
        samples.mail(MARK), samples.photo() + samples.zipped({"a.txt": MARK}),
    )  # fmt: skip
    suffixes = (".pdf", ".jpg", ".docx", ".xls", ".txt", ".ofd", ".zip", ".html", ".csv", ".eml")
    return f"冒名{n}{suffixes[n % 10]}", contents[n % 13]


def encodings(chance: random.Random, n: int) -> File:
    """Text that is not in the encoding it names, or in none."""
    codec = ("gb18030", "utf-16-le", "utf-16", "utf-32", "big5", "shift_jis", "cp1252", "utf-7")[
        n % 8
    ]
    said = f"关于公开的通知 {MARK} 某市" if n % 8 < 4 else f"notice {MARK} end"
    raw = said.encode(codec, "replace")
    for _ in range(n // 8):
        at = chance.randrange(len(raw))
        raw = raw[:at] + chance.randbytes(3) + raw[at:]
    suffix = (".txt", ".html", ".csv", ".json", ".eml")[n % 5]
    if suffix == ".html":
        raw = b'<meta charset="gb2312"><p>' + raw + b"</p>"
    return f"乱码{n}{suffix}", raw


def huge_pictures(chance: random.Random, n: int) -> File:
    """Pictures that say they are larger than any wall."""
    side = chance.choice([30_000, 65_000, 2**31 - 1])
    kind = n % 5
    if kind == 0:
        head = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
        data = zlib.compress(bytes(10**6))
        chunks = (
            (b"IHDR", head),
            (b"tEXt", b"Comment\0" + MARK.encode()),
            (b"IDAT", data),
            (b"IEND", b""),
        )
        body = b"".join(
            struct.pack(">I", len(d)) + k + d + struct.pack(">I", zlib.crc32(k + d))
            for k, d in chunks
        )
        return f"大{n}.png", b"\x89PNG\r\n\x1a\n" + body
    if kind == 1:
        return f"大{n}.gif", b"GIF89a" + struct.pack("<HHBBB", 65535, 65535, 0xF0, 0, 0) + bytes(60)
    if kind == 2:
        head = struct.pack("<IiiHHIIiiII", 40, side, side, 1, 24, 0, 0, 0, 0, 0, 0)
        return f"大{n}.bmp", b"BM" + struct.pack("<IHHI", 54, 0, 0, 54) + head + MARK.encode()
    if kind == 3:
        tags = (
            (256, side),
            (257, side),
            (258, 8),
            (259, 1),
            (262, 1),
            (273, 8),
            (277, 1),
            (279, 99),
        )
        body = b"".join(struct.pack("<HHII", tag, 4, 1, value) for tag, value in tags)
        loop = struct.pack("<I", 8)  # the next picture is this one
        return f"大{n}.tif", b"II*\0" + struct.pack("<I", 8) + struct.pack(
            "<H", len(tags)
        ) + body + loop
    raw = bytearray(samples.photo())
    at = raw.index(b"\xff\xc0")
    struct.pack_into(">HH", raw, at + 5, 65500, 65500)
    return f"大{n}.jpg", bytes(raw)


def print_bombs(chance: random.Random, n: int) -> File:
    """Prints that unpack to very much, or promise to."""
    kind = n % 4 if n < 8 else n % 3
    if kind == 0:
        packed = zlib.compress(zlib.compress(zlib.compress(bytes(64 * 2**20), 9), 9), 9)
        stream = b"<</Filter[/FlateDecode/FlateDecode/FlateDecode]/Length %d>>stream\n%s\nendstream"
        return _print({4: stream % (len(packed), packed)}, n)
    if kind == 1:
        pages = 10 ** chance.randint(5, 9)
        return _print({2: b"<</Type/Pages/Kids[3 0 R]/Count %d>>" % pages}, n)
    if kind == 2:
        kids = b"3 0 R " * chance.randint(2_000, 20_000)
        return _print({2: b"<</Type/Pages/Kids[%s]/Count 20000>>" % kids}, n)
    draw = b"/X Do " * 60
    forms = {
        6 + i: b"<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X %d 0 R>>>>"
        b"/Length %d>>stream\n%s\nendstream" % (7 + i, len(draw), draw)
        for i in range(8)
    }
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R"
    page += b"/Resources<</XObject<</X 6 0 R>>>>>>"
    made = _print({**forms, 3: page, 4: b"<</Length 6>>stream\n/X Do \nendstream"}, n)
    return f"慢{made[0]}", made[1]


_ROOT = b"<</Type/Catalog/Pages 2 0 R"
_LOOPS: tuple[dict[int, bytes], ...] = (
    {2: b"<</Type/Pages/Kids[2 0 R]/Count 1>>"},
    {
        2: b"<</Type/Pages/Kids[3 0 R]/Count 1/Parent 2 0 R>>",
        3: b"<</Type/Pages/Kids[2 0 R]/Count 1>>",
    },
    {4: b"4 0 R"},
    {5: b"<</Type/Font/Subtype/Type0/DescendantFonts[5 0 R]/ToUnicode 5 0 R>>"},
    {1: _ROOT + b"/Names<</EmbeddedFiles 6 0 R>>>>", 6: b"<</Kids[6 0 R 6 0 R]>>"},
    {1: _ROOT + b"/Names<</JavaScript 6 0 R>>>>", 6: b"<</Kids[6 0 R]/Names[(a)6 0 R]>>"},
    {1: _ROOT + b"/AcroForm<</Fields[6 0 R]>>>>", 6: b"<</Kids[6 0 R]/Parent 6 0 R>>"},
    {4: b"<</Length 4 0 R>>stream\nBT ET\nendstream"},
    {1: b"<</Type/Catalog/Pages 1 0 R>>"},
    {
        3: b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Annots[6 0 R 6 0 R]"
        b"/Contents[4 0 R 3 0 R]>>",
        6: b"<</Type/Annot/Subtype/Popup/Parent 6 0 R/Popup 6 0 R/Rect[0 0 1 1]>>",
    },
)


def print_loops(chance: random.Random, n: int) -> File:
    """Prints whose objects lead to themselves."""
    name, content = _print(_LOOPS[n % 10], n)
    if n >= 10:
        start = content.rindex(b"xref\n0", 0, content.rindex(b"startxref"))
        content = content.replace(b"/Root 1 0 R", b"/Root 1 0 R/Prev %d" % start)
        cut = chance.randrange(20)
        content = content[: len(content) - cut]
    return name, content


def _print(changed: dict[int, bytes], n: int) -> File:
    words = f"BT /F 9 Tf 50 700 Td ({MARK}) Tj ET".encode()
    held = {
        1: b"<</Type/Catalog/Pages 2 0 R>>",
        2: b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        3: b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R"
        b"/Resources<</Font<</F 5 0 R>>>>>>",
        4: b"<</Length %d>>stream\n%s\nendstream" % (len(words), words),
        5: b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    }
    return f"打印{n}.pdf", samples.pdf_of({**held, **changed})


CLASSES: dict[str, Maker] = {
    "zip bombs": zip_bombs,
    "xml bombs": xml_bombs,
    "outside entities": outside_entities,
    "zip slip": slips,
    "links and doubles": links,
    "odd names": odd_names,
    "locked": locked,
    "endless loops": loops,
    "truncated": pieces,
    "deep nesting": deep,
    "false names": false_names,
    "wrong encodings": encodings,
    "huge pictures": huge_pictures,
    "print bombs": print_bombs,
    "print loops": print_loops,
}
EACH = 20


def bad_files(name: str) -> list[File]:
    """Twenty files of one class, the same every time."""
    chance = random.Random(f"20081226 {name}")
    return [CLASSES[name](chance, n) for n in range(EACH)]
