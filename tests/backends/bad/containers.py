"""Bad archives and office files, by class; each holds ``MARK`` where somebody might find it."""

import random
import struct
from collections.abc import Callable
from functools import cache

from tests.backends import samples
from tests.backends.bad.rawzip import Entry, deflated, raw_zip, zeros

MARK = "110109199003070127"
File = tuple[str, bytes]
Maker = Callable[[random.Random, int], File]
OFFICE = (
    (".docx", "word/document.xml"),
    (".xlsx", "xl/workbook.xml"),
    (".pptx", "ppt/presentation.xml"),
    (".ofd", "OFD.xml"),
    (".odt", "content.xml"),
)

_zeros = cache(zeros)


def zip_bombs(chance: random.Random, n: int) -> File:
    """Many large entries, one shared by all, lengths that lie, bombs inside."""
    suffix, part = OFFICE[n % 5]
    packed = _zeros(64)
    text = Entry(name="名单.txt".encode(), data=MARK.encode())
    if n % 4 == 0:
        many = [Entry(name=b"%d.txt" % i, packed=packed) for i in range(chance.randint(9, 30))]
        return f"炸弹{n}.zip", raw_zip([text, *many])
    if n % 4 == 1:
        first = Entry(name=part.encode(), packed=packed)
        more = [Entry(name=b"%d.xml" % i, packed=packed, shared=True) for i in range(40)]
        return f"炸弹{n}{suffix}", raw_zip([first, *more])
    if n % 4 == 2:
        lie = Entry(name=part.encode(), packed=packed, size=chance.randint(1, 5000))
        return f"炸弹{n}{suffix}", raw_zip([lie])
    inner = raw_zip([Entry(name=b"%d.txt" % i, packed=packed) for i in range(7)])
    return f"慢炸弹{n}.zip", raw_zip(
        [text, *(Entry(name=b"%d.zip" % i, data=inner) for i in range(9))]
    )


def xml_bombs(chance: random.Random, n: int) -> File:
    """Entities that grow by powers or by squares, in every kind of office file and alone."""
    suffix, part = (*OFFICE, (".xml", ""))[n % 6]
    if n % 2:
        rows = "".join(f'<!ENTITY e{i} "{f"&e{i - 1};" * 10}">' for i in range(1, 10))
        bomb = f'<!DOCTYPE a [<!ENTITY e0 "{MARK}">{rows}]><a>&e9;</a>'
    else:
        bomb = f'<!DOCTYPE a [<!ENTITY e "{"x" * 50_000}">]><a>{"&e;" * 50_000}{MARK}</a>'
    codec = "utf-16" if n >= 10 else "utf-8"
    head = f'<?xml version="1.0" encoding="{codec}"?>'
    if not part:
        return f"实体{n}{suffix}", f"{head}{bomb}".encode(codec)
    parts = (
        samples.unzipped(samples.docx(MARK)) if suffix == ".docx" and chance.random() < 0.5 else {}
    )
    return f"实体{n}{suffix}", samples.zipped({**parts, part: f"{head}{bomb}".encode(codec)})


def outside_entities(chance: random.Random, n: int) -> File:
    """Parts that ask for a file of the reader's own machine."""
    suffix, part = (*OFFICE, (".xml", ""), (".html", ""))[n % 7]
    target = chance.choice(["file:///etc/passwd", "http://127.0.0.1:9/x", "/etc/hostname"])
    bad = f'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x SYSTEM "{target}">'
    bad += f'<!ENTITY % p SYSTEM "{target}"> %p;]><a><p>&x;{MARK}</p></a>'
    if not part:
        return f"外部{n}{suffix}", bad.encode()
    return f"外部{n}{suffix}", samples.zipped({part: bad})


def slips(chance: random.Random, n: int) -> File:
    """Entries whose names lead out of the folder they are unpacked in."""
    name = [
        "../../etc/x.txt", "/tmp/x.txt", "C:\\x.txt", "..\\..\\x.txt", "a/../../x.txt",
        "./../x.txt", "//server/x.txt", "a\\..\\..\\b.txt", "..", "D:x.txt",
    ][n % 10]  # fmt: skip
    inner = raw_zip(
        [Entry(name=b"ok.txt", data=b"ok"), Entry(name=name.encode(), data=MARK.encode())]
    )
    if n >= 10:
        inner = raw_zip([Entry(name=b"inner.zip", data=inner)])
    return f"越界{n}{chance.choice(['.zip', '.txt'])}", inner


def links(chance: random.Random, n: int) -> File:
    """Links, devices and pipes as entries; parts that are there twice."""
    modes = (0o120777, 0o020666, 0o060666, 0o010666, 0o140777, 0o120000)
    if n % 4 == 3:
        suffix, part = OFFICE[n % 5]
        good, bad = (f"<a><p>{said}</p></a>".encode() for said in ("好的文字", MARK))
        entries = [Entry(name=part.encode(), data=good), Entry(name=part.encode(), data=bad)]
        return f"重名{n}{suffix}", raw_zip(entries)
    target = Entry(name=b"link", data=b"/etc/passwd", mode=modes[n % 6])
    return f"链接{n}.zip", raw_zip([Entry(name=b"a.txt", data=MARK.encode()), target])


def odd_names(chance: random.Random, n: int) -> File:
    """Names with zeros, line ends, turned reading, no letters, too many letters."""
    names = [
        b"a\0.exe.txt", b"a\nb.txt", "\u202etxt.exe".encode(), b" ", b"." * 40,
        ("长" * 300 + ".txt").encode(), b"\xff\xfe\xfd.txt", b"CON.txt", b"a\x1b[31m.txt",
        b"-rf.txt",
    ]  # fmt: skip
    flags = 0 if n >= 10 else 0x800
    bad = Entry(name=names[n % 10], data=MARK.encode(), flags=flags)
    made = raw_zip([bad], comment=MARK.encode() if n % 3 == 0 else b"")
    suffix = chance.choice([".zip", " .zip", "\u202epiz.zip", "\t.zip"])
    return f"怪名{n}{suffix}", made


def locked(chance: random.Random, n: int) -> File:
    """Files under a password, or that say they are."""
    kind = n % 7
    if kind == 0:
        data = Entry(name=b"a.txt", data=MARK.encode(), flags=0x801)
        return f"锁{n}.zip", raw_zip([Entry(name=b"b.txt", data=b"open"), data])
    if kind == 1:
        streams = {"EncryptedPackage": chance.randbytes(5000), "EncryptionInfo": b"x" * 5000}
        return f"锁{n}{chance.choice(['.docx', '.xlsx', '.pptx'])}", samples.ole(streams)
    if kind == 2:
        raw = bytearray(samples.doc(MARK))
        at = raw.index(b"\xec\xa5\xc1\0")
        struct.pack_into("<H", raw, at + 10, 0x0300)
        return f"锁{n}.doc", bytes(raw)
    if kind == 3:
        book = struct.pack("<HH", 0x0809, 16) + bytes(16) + struct.pack("<HH", 0x2F, 54) + bytes(54)
        return f"锁{n}.xls", samples.ole({"Workbook": book})
    if kind == 4:
        streams = {"PowerPoint Document": chance.randbytes(5000)}
        streams["Current User"] = bytes(12) + struct.pack("<I", 0xF3D1C4DF) + bytes(4080)
        return f"锁{n}.ppt", samples.ole(streams)
    if kind == 5:
        manifest = "<m><f><encryption-data/></f></m>"
        parts = {"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<a/>"}
        return f"锁{n}.odt", samples.zipped({**parts, "META-INF/manifest.xml": manifest})
    trailer = f"/Encrypt<</Filter/Standard/V 2/R 3/Length 128/P -4/O<{'41' * 32}>/U<{'42' * 32}>>>"
    trailer += "/ID[<00><00>]"
    return f"锁{n}.pdf", samples.pdf(f"BT ({MARK}) Tj ET").replace(
        b"/Root 1 0 R", f"/Root 1 0 R{trailer}".encode()
    )


def loops(chance: random.Random, n: int) -> File:
    """Chains and references that come back to themselves."""
    kind = n % 5
    if kind == 0:
        raw = bytearray(samples.doc(MARK))
        # Links of the table of sectors, each turned to another at random.
        start = len(raw) - 512
        for _ in range(20):
            struct.pack_into("<I", raw, start + 4 * chance.randrange(12), chance.randrange(12))
        return f"环{n}.doc", bytes(raw)
    if kind == 1:
        raw = bytearray(samples.ppt(MARK))
        for _ in range(6):
            raw[chance.randrange(512, len(raw))] = chance.randrange(256)
        return f"洞{n}.ppt", bytes(raw)
    if kind == 2:
        parts = samples.unzipped(samples.ofd(MARK))
        used = '<CompositeObject ResourceID="5"/><CompositeObject ResourceID="6"/>'
        units = (
            f'<CompositeGraphicUnit ID="{number}">{used}</CompositeGraphicUnit>'
            for number in (5, 6)
        )
        parts["Doc_0/Res.xml"] = f"<Res>{''.join(units)}</Res>"
        return f"环{n}.ofd", samples.zipped(parts)
    if kind == 3:
        parts = samples.unzipped(samples.docx(MARK))
        w = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
        style = '<w:style w:styleId="{}"><w:basedOn w:val="{}"/><w:rPr/></w:style>'
        parts["word/styles.xml"] = (
            f"<w:styles {w}>{style.format('A', 'B')}{style.format('B', 'A')}</w:styles>"
        )
        return f"环{n}.docx", samples.zipped(parts)
    raw = bytearray(samples.ole({"Workbook": struct.pack("<HH", 0x0809, 0) * 3000}))
    struct.pack_into("<I", raw, 68, chance.randrange(8))  # the list of tables leads to any sector
    struct.pack_into("<I", raw, 48, chance.randrange(8))
    return f"环{n}.xls", bytes(raw)


def pieces(chance: random.Random, n: int) -> File:
    """Whole files cut off, or with a hole of other bytes."""
    makers = (samples.docx, samples.xlsx, samples.pptx, samples.ofd, samples.doc, samples.ppt,
              samples.rtf, samples.photo, samples.mail)  # fmt: skip
    suffixes = (".docx", ".xlsx", ".pptx", ".ofd", ".doc", ".ppt", ".rtf", ".jpg", ".eml")
    whole = bytearray(makers[n % 9]())
    if n % 2:
        return f"断{n}{suffixes[n % 9]}", bytes(whole[: chance.randrange(1, len(whole))])
    at = chance.randrange(len(whole))
    whole[at : at + 40] = chance.randbytes(40)
    return f"洞{n}{suffixes[n % 9]}", bytes(whole)


def deep(chance: random.Random, n: int) -> File:
    """Levels without end."""
    levels = chance.choice([5_000, 50_000, 200_000])
    kind = n % 8
    if kind == 7:
        return f"深{n}.xml", b"<a>" * levels + MARK.encode() + b"</a>" * levels
    if kind == 0:
        return f"深{n}.html", b"<div>" * levels + MARK.encode() + b"</div>" * levels
    if kind == 1:
        return f"深{n}.json", b"[" * levels + f'"{MARK}"'.encode() + b"]" * levels
    if kind == 2:
        return f"深{n}.rtf", rb"{\rtf1 " + b"{" * levels + MARK.encode() + b"}" * levels + b"}"
    if kind == 3:
        inner = raw_zip([Entry(name=b"a.txt", data=MARK.encode())])
        for _ in range(chance.randint(5, 30)):
            inner = raw_zip([Entry(name=b"a.zip", packed=deflated(inner))])
        return f"深{n}.zip", inner
    if kind == 4:
        suffix, part = OFFICE[chance.randrange(5)]
        return f"深{n}{suffix}", samples.zipped({part: "<a>" * levels + MARK + "</a>" * levels})
    if kind == 5:
        content = samples.mail(MARK)
        for _ in range(chance.randint(6, 20)):
            content = samples.mail("外层", 内层_eml=content)
        return f"深{n}.eml", content
    head = b"Subject: x\nMIME-Version: 1.0\n"
    parts = b"".join(
        b'Content-Type: multipart/mixed; boundary="%d"\n\n--%d\n' % (i, i) for i in range(600)
    )
    return f"深{n}.eml", head + parts + b"\n" + MARK.encode()
