"""Archives taken apart: names of every program, limits, entries that break, nothing by its name."""

from __future__ import annotations

import errno
import io
import struct
import zipfile
import zlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.backends.extract.unpacker import ZipUnpacker
from gongkai.ports import ExtractionError
from gongkai.text.archives import Piece, Unpacked, UnpackLimits, is_left_out, safe_path
from tests.backends.bad.rawzip import Entry, deflated, raw_zip, zeros

LIMITS = UnpackLimits(files=1000, bytes=50 * 2**20, ratio=200, entry_bytes=8 * 2**20)
ALL = Piece(first=0, files=1000, bytes=2**30)


def unpacked(
    tmp_path: Path, content: bytes, piece: Piece = ALL, limits: UnpackLimits = LIMITS
) -> Unpacked:
    path, folder = tmp_path / "包", tmp_path / "出"
    path.write_bytes(content)
    folder.mkdir(exist_ok=True)
    return ZipUnpacker().unpack(path, "旧文.zip", folder, piece, limits)


def names(found: Unpacked) -> list[str]:
    return [entry.name for entry in found.entries]


def contents(found: Unpacked) -> dict[str, bytes]:
    return {entry.name: entry.at.read_bytes() for entry in found.entries if entry.at}


@pytest.mark.parametrize(
    ("raw", "flags", "name"),
    [
        ("关于春节供应的通知.txt".encode(), 0x800, "关于春节供应的通知.txt"),
        ("关于春节供应的通知.txt".encode("gbk"), 0, "关于春节供应的通知.txt"),
        ("旧文/镕基.txt".encode("gb18030"), 0, "旧文/镕基.txt"),
        ("旧文\\通知.txt".encode("gbk"), 0, "旧文/通知.txt"),
        ("关于春节供应的通知.txt".encode(), 0, "关于春节供应的通知.txt"),  # as macOS writes it
        (
            b"caf\x82\xff.txt",
            0,
            "caf\N{LATIN SMALL LETTER E WITH ACUTE}.txt",
        ),  # cp437, no break space dropped
        (b"plain.txt", 0, "plain.txt"),
    ],
)
def test_names_are_read_as_they_were_given(
    tmp_path: Path, raw: bytes, flags: int, name: str
) -> None:
    found = unpacked(tmp_path, raw_zip([Entry(name=raw, data=b"x", flags=flags)]))
    assert names(found) == [name]


def test_the_field_for_unicode_names_counts_if_it_belongs_to_the_name(tmp_path: Path) -> None:
    def made(check: int) -> bytes:
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as archive:
            told = "通知.txt".encode()
            entry = zipfile.ZipInfo("a.txt")
            entry.extra = struct.pack("<HHBI", 0x7075, 5 + len(told), 1, check) + told
            archive.writestr(entry, b"x")
        return out.getvalue()

    assert names(unpacked(tmp_path, made(zlib.crc32(b"a.txt")))) == ["通知.txt"]
    assert names(unpacked(tmp_path, made(1))) == ["a.txt"]


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/passwd", "etc/passwd"),
        ("/tmp/x.txt", "tmp/x.txt"),
        ("C:\\windows\\x.txt", "windows/x.txt"),
        ("a\\..\\..\\b.txt", "a/b.txt"),
        ("//server/x.txt", "server/x.txt"),
        ("..", "未命名文件"),
        ("D:x.txt", "D_x.txt"),
        ("a\n\x1b[31m\u202e.txt", "a[31m.txt"),
        ("甲 /乙. ", "甲/乙."),
    ],
)
def test_names_that_lead_out_are_made_harmless(given: str, kept: str) -> None:
    assert safe_path(given) == kept


@given(st.text(max_size=40))
def test_no_name_leads_anywhere(given: str) -> None:
    path = safe_path(given)
    assert path and not path.startswith("/") and "\\" not in path
    assert all(part and part.strip(".") for part in path.split("/"))
    assert safe_path(path) == path


def test_nothing_is_written_by_its_name(tmp_path: Path) -> None:
    sly = [b"../../../out.txt", b"/tmp/gongkai-slip.txt", b"C:\\x.txt", b"..\\..\\up.txt"]
    found = unpacked(tmp_path, raw_zip([Entry(name=n, data=n) for n in sly]))
    assert set(contents(found).values()) == set(sly)
    assert sorted(p.name for p in (tmp_path / "出").iterdir()) == ["1", "2", "3", "4"]
    assert {p.name for p in tmp_path.iterdir()} == {"包", "出"}
    assert not Path("/tmp/gongkai-slip.txt").exists()


@pytest.mark.parametrize(
    ("name", "left_out"),
    [
        ("__MACOSX/._通知.doc", True), ("旧文/.DS_Store", True), ("图/Thumbs.db", True),
        ("~$通知.doc", True), (".git/config", True), ("../通知.doc", False), ("通知.doc", False),
        ("...", False),
    ],
)  # fmt: skip
def test_what_systems_put_there_is_left_out(name: str, left_out: bool) -> None:
    assert is_left_out(name) is left_out


def test_folders_and_system_files_are_counted_apart(tmp_path: Path) -> None:
    junk = [b"a/", b"a/.DS_Store", b"__MACOSX/a/._x.txt", b"a/Thumbs.db"]
    rows = [Entry(name=n) for n in junk]
    found = unpacked(tmp_path, raw_zip([*rows, Entry(name=b"a/x.txt", data=b"x"), rows[0]]))
    assert (names(found), found.left_out, found.files) == (["a/x.txt"], 5, 1)
    assert found.next == found.places == 6
    with pytest.raises(ExtractionError, match="没有文件"):
        unpacked(tmp_path, raw_zip(rows))


def test_entries_that_cannot_be_had_hold_up_none(tmp_path: Path) -> None:
    good = Entry(name=b"good.txt", data=b"x" * 100)
    broken = Entry(name=b"broken.txt", packed=(deflated(b"y" * 100)[0], 7, 100))
    cut = Entry(name=b"cut.txt", data=b"z" * 3000, size=10)
    found = unpacked(
        tmp_path,
        raw_zip(
            [
                Entry(name=b"locked.txt", data=b"x", flags=0x801),
                broken,
                Entry(name=b"link", data=b"/etc/passwd", mode=0o120777),
                Entry(name=b"large.txt", packed=zeros(9)),
                Entry(name=b"bomb.txt", packed=zeros(4)),
                cut,
                good,
            ]
        ),
    )
    said = {entry.name: entry.refusal for entry in found.entries}
    assert "密码" in said["locked.txt"] and "已损坏" in said["broken.txt"]
    assert "链接" in said["link"] and "超过8MB" in said["large.txt"]
    assert "大得不正常" in said["bomb.txt"] and "已损坏" in said["cut.txt"]
    assert contents(found) == {"good.txt": b"x" * 100}


def test_an_archive_that_would_unpack_to_too_much_is_refused(tmp_path: Path) -> None:
    packed = deflated(b"ab" * 2**19)  # one MiB each, and each of them may be
    many = raw_zip([Entry(name=b"%d.txt" % i, packed=packed) for i in range(60)])
    with pytest.raises(ExtractionError, match="60MB，超过还能展开的50MB"):
        unpacked(tmp_path, many)
    with pytest.raises(ExtractionError, match="1001个文件"):
        unpacked(tmp_path, raw_zip([Entry(name=b"%d.txt" % i) for i in range(1001)]))
    shared = [Entry(name=b"%d.txt" % i, packed=packed, shared=i > 0) for i in range(40)]
    with pytest.raises(ExtractionError, match="不像正常的文件"):
        unpacked(tmp_path, raw_zip(shared))
    assert not list((tmp_path / "出").iterdir())


def test_broken_archives_and_other_files_under_the_name(tmp_path: Path) -> None:
    whole = raw_zip([Entry(name=b"a.txt", data=b"x" * 500)])
    with pytest.raises(ExtractionError, match="不是完整的压缩包"):
        unpacked(tmp_path, whole[:-30])
    assert not unpacked(tmp_path, b"Rar!\x1a\x07\x00").is_archive
    docx = io.BytesIO()
    with zipfile.ZipFile(docx, "w") as archive:
        archive.writestr("word/document.xml", "<a/>")
    assert not unpacked(tmp_path, docx.getvalue()).is_archive


def test_pieces_put_together_are_the_whole(tmp_path: Path) -> None:
    rows = [Entry(name=b"%d.txt" % i, data=b"%d" % i * 1000) for i in range(25)]
    rows.insert(3, Entry(name=b"folder/"))
    rows.insert(20, Entry(name=b"locked.txt", flags=0x801))
    content, got, first = raw_zip(rows), [], 0
    while True:
        found = unpacked(tmp_path, content, Piece(first=first, files=7, bytes=5000))
        assert found.entries and sum(e.at is not None for e in found.entries) <= 7
        got += names(found)
        first = found.next
        if first == found.places:
            break
    assert got == [row.name.decode() for row in rows if not row.name.endswith(b"/")]


def test_an_entry_that_breaks_the_child_is_refused_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from gongkai.backends.extract import unpacker

    (tmp_path / "breaking_child.py").write_text(
        "import gongkai.backends.extract.unpack_child as child\n"
        "import gongkai.backends.extract.unpacking as unpacking\n"
        "import os, sys\n"
        "kept = unpacking._written\n"
        "def written(archive, entry, made):\n"
        "    return os.abort() if entry.filename == 'b.txt' else kept(archive, entry, made)\n"
        "unpacking._written = written\n"
        "sys.exit(child.main())\n"
    )
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.setattr(unpacker, "CHILD", "breaking_child")
    content = raw_zip([Entry(name=n, data=n) for n in (b"a.txt", b"b.txt", b"c.txt")])
    first = unpacked(tmp_path, content)
    assert contents(first) == {"a.txt": b"a.txt"}
    second = unpacked(tmp_path, content, Piece(first=first.next, files=10, bytes=2**20))
    (lost,) = second.entries
    assert lost.name == "b.txt" and "程序展开这个文件时中断" in lost.refusal
    third = unpacked(tmp_path, content, Piece(first=second.next, files=10, bytes=2**20))
    assert contents(third) == {"c.txt": b"c.txt"}


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="没有 /dev/full, 不能装成磁盘已满。")
def test_a_full_disk_is_no_fault_of_the_file(tmp_path: Path) -> None:
    (tmp_path / "出").mkdir()
    (tmp_path / "出" / "1").symlink_to("/dev/full")
    with pytest.raises(OSError) as told:
        unpacked(tmp_path, raw_zip([Entry(name=b"a.txt", data=b"a" * 1000)]))
    assert told.value.errno == errno.ENOSPC
