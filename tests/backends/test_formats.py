"""Every format that ships: what its reader sees is text, what he does not see is named."""

import subprocess
import zipfile
from collections.abc import Callable
from pathlib import Path
from shutil import which

import pytest

from gongkai.backends.extract.doc import _antiword
from gongkai.backends.extract.door import SUFFIXES, AnyFile
from gongkai.backends.extract.sandbox import Sandboxed
from gongkai.backends.extract.wire import from_wire, to_wire
from gongkai.ports import CONCEALED, Extracted, ExtractionError, Extractor
from tests.backends import samples
from tests.backends.samples import COMMENT, HIDDEN, REMOVED, TEXT

DOOR = "gongkai.backends.extract.door.AnyFile"
MADE: dict[str, Callable[[], bytes]] = {
    ".docx": samples.docx,
    ".pptx": samples.pptx,
    ".xlsx": samples.xlsx,
    ".ofd": samples.ofd,
    ".rtf": samples.rtf,
    ".doc": samples.doc,
    ".ppt": samples.ppt,
    ".eml": samples.mail,
    ".jpg": samples.photo,
    ".zip": lambda: samples.zipped({"通知.txt": TEXT}),
    ".pdf": lambda: samples.pdf("BT /F 12 Tf 50 700 Td (Notice of holiday) Tj ET"),
    ".html": lambda: f"<body><p>{TEXT}</p></body>".encode(),
    ".txt": lambda: TEXT.encode("gbk"),
    ".csv": lambda: f"标题,份数\n{TEXT},6".encode(),
    ".json": lambda: b'{"t": "x"}',
}


def read(folder: Path, name: str, content: bytes) -> Extracted:
    path = folder / name
    path.write_bytes(content)
    return AnyFile(ocr=False).extract(path)


def told(found: Extracted) -> dict[str, str]:
    """Kind to its texts."""
    kinds: dict[str, str] = {}
    for item in found.concealed:
        kinds[item.kind] = f"{kinds.get(item.kind, '')}{item.where} {item.text}\n"
    return kinds


@pytest.mark.parametrize("suffix", MADE)
def test_the_contract_of_the_port(tmp_path: Path, suffix: str) -> None:
    found = read(tmp_path, f"样{suffix}", MADE[suffix]())
    assert isinstance(AnyFile(), Extractor)
    assert found.text or found.tables or found.unread
    assert {item.kind for item in found.concealed} <= set(CONCEALED)
    sentences = (*found.warnings, *found.unread)
    assert all(said.endswith("。") and "\n" not in said for said in sentences)
    assert from_wire(to_wire(found)) == found


@pytest.mark.parametrize("suffix", MADE)
def test_half_a_file_is_a_sentence_or_told(tmp_path: Path, suffix: str) -> None:
    whole = MADE[suffix]()
    for size in (0, 1, 9, len(whole) // 3, len(whole) // 2, len(whole) - 9):
        try:
            found = read(tmp_path, f"半{suffix}", whole[: max(size, 0)])
        except ExtractionError as error:
            assert str(error).endswith("。") and "\n" not in str(error)
        else:
            assert found.text or found.tables or found.unread or found.header or found.concealed


def test_every_suffix_has_a_reader() -> None:
    assert set(AnyFile().suffixes) == set(SUFFIXES)
    assert set(MADE) <= set(SUFFIXES)


def test_docx(tmp_path: Path) -> None:
    found = read(tmp_path, "a.docx", samples.docx())
    kinds = told(found)
    assert found.text == TEXT
    assert HIDDEN in kinds["hidden_text"]
    assert kinds["tracked_change"] == f"删除（李四） {REMOVED}\n"
    assert kinds["comment"] == f"王五 {COMMENT}\n"
    assert "机密★一年" in kinds["margin"] and "机密★一年" not in found.hidden
    assert found.meta["creator"] == "张三"


def test_docx_with_macros_and_files_inside(tmp_path: Path) -> None:
    parts = samples.unzipped(samples.docx())
    parts["word/vbaProject.bin"] = b"x"
    parts["word/embeddings/book.xlsx"] = samples.xlsx("表里的话")
    parts["word/embeddings/odd.bin"] = b"\0\1\2\3" * 50
    parts["word/charts/chart1.xml"] = "<c xmlns='x'><v>图里的字</v></c>"
    found = read(tmp_path, "a.docx", samples.zipped(parts))
    kinds = told(found)
    assert "script" in kinds
    assert "表里的话" in kinds["embedded_file"]
    assert HIDDEN in kinds["hidden_sheet"]
    assert "图里的字" in kinds["margin"]
    assert any("odd.bin" in said for said in found.unread)


def test_docx_hidden_by_its_style_or_by_white_letters(tmp_path: Path) -> None:
    w = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    body = (
        f"<w:document {w}><w:body><w:p><w:r><w:t>看得见</w:t></w:r>"
        '<w:r><w:rPr><w:rStyle w:val="S"/></w:rPr><w:t>按样式藏起</w:t></w:r>'
        '<w:r><w:rPr><w:color w:val="ffffff"/></w:rPr><w:t>白字</w:t></w:r></w:p>'
        "</w:body></w:document>"
    )
    styles = (
        f'<w:styles {w}><w:style w:styleId="B"><w:rPr><w:vanish/></w:rPr></w:style>'
        '<w:style w:styleId="S"><w:basedOn w:val="B"/></w:style></w:styles>'
    )
    parts = {"word/document.xml": body, "word/styles.xml": styles}
    found = read(tmp_path, "a.docx", samples.zipped(parts))
    assert found.text == "看得见白字"
    assert told(found)["hidden_text"].split() == ["按样式藏起", "白色或极小的字", "白字"]


def test_pptx(tmp_path: Path) -> None:
    found = read(tmp_path, "a.pptx", samples.pptx())
    kinds = told(found)
    assert found.text == f"{TEXT}\n最后一页"
    assert kinds["hidden_slide"] == f"第2张幻灯片 {HIDDEN}\n"
    assert kinds["speaker_notes"] == "第1张幻灯片 备注里的话\n"
    assert "画面外的字" in kinds["hidden_text"]
    assert "没有引用的一页" in kinds["unreferenced"]
    assert COMMENT in kinds["comment"]


def test_xlsx(tmp_path: Path) -> None:
    found = read(tmp_path, "a.xlsx", samples.xlsx())
    kinds = told(found)
    assert found.tables[0].rows[0] == {"标题": TEXT, "份数": 6}
    assert kinds["hidden_cells"].strip() == "工作表“清单”第3行，第4列起"
    assert COMMENT in kinds["comment"]
    assert "工作表“暗表”" in kinds["hidden_sheet"] and HIDDEN in kinds["hidden_sheet"]


def test_an_empty_workbook_is_no_error(tmp_path: Path) -> None:
    import xlsxwriter

    with xlsxwriter.Workbook(str(tmp_path / "空.xlsx")) as book:
        book.add_worksheet()
    found = AnyFile().extract(tmp_path / "空.xlsx")
    assert (found.tables, found.unread) == ((), ())
    assert found.warnings == ("工作簿里没有数据行。",)


def test_ofd(tmp_path: Path) -> None:
    found = read(tmp_path, "a.ofd", samples.ofd())
    kinds = told(found)
    assert found.text.split("\n") == ["模板抬头", TEXT, "组合里的字"]
    assert HIDDEN in kinds["unreferenced"]
    assert COMMENT in kinds["comment"]
    assert found.meta["Author"] == "张三"


def test_ofd_of_others(shared_dir: Path) -> None:
    for path in sorted((shared_dir / "data" / "fixtures" / "docs").glob("*.ofd")):
        assert len(AnyFile(ocr=False).extract(path).text) > 10


@pytest.mark.parametrize("suffix", [".doc", ".wps"])
def test_doc(tmp_path: Path, suffix: str) -> None:
    found = read(tmp_path, f"a{suffix}", samples.doc())
    assert found.text == TEXT
    assert told(found) == {"hidden_text": f" {HIDDEN}\n", "comment": f" {COMMENT}\n"}
    assert not found.warnings


def test_ppt(tmp_path: Path) -> None:
    found = read(tmp_path, "a.ppt", samples.ppt())
    assert found.text == TEXT
    assert told(found) == {"hidden_slide": f" {HIDDEN}\n", "speaker_notes": " 备注里的话\n"}


def test_rtf(tmp_path: Path) -> None:
    found = read(tmp_path, "a.rtf", samples.rtf())
    kinds = told(found)
    assert found.text == f"{TEXT}\n第二段"
    assert kinds["hidden_text"].strip() == HIDDEN
    assert kinds["tracked_change"].strip() == REMOVED
    assert kinds["comment"].strip() == COMMENT
    assert kinds["margin"].strip() == "机密★一年"
    assert "张三" in kinds["metadata"]


@pytest.mark.slow
@pytest.mark.skipif(which("soffice") is None, reason="LibreOffice is not installed")
def test_as_an_office_program_writes_them(tmp_path: Path) -> None:
    """The same paper in five formats gives the same text and the same hidden things."""
    (tmp_path / "a.docx").write_bytes(samples.docx())
    profile = f"-env:UserInstallation=file://{tmp_path / 'profile'}"
    for suffix in ("doc", "rtf", "odt"):
        command = ["soffice", "--headless", profile, "--convert-to", suffix, "a.docx"]
        subprocess.run(command, cwd=tmp_path, capture_output=True, timeout=120, check=True)
        found = AnyFile().extract(tmp_path / f"a.{suffix}")
        kinds = told(found)
        assert found.text == TEXT
        assert HIDDEN in kinds["hidden_text"]
        assert REMOVED in kinds["tracked_change"]
        assert COMMENT in kinds["comment"]
        assert "机密★一年" in kinds["margin"]
    if which("antiword"):  # it does not take very short ones
        (tmp_path / "b.docx").write_bytes(samples.docx(TEXT * 40))
        command = ["soffice", "--headless", profile, "--convert-to", "doc", "b.docx"]
        subprocess.run(command, cwd=tmp_path, capture_output=True, timeout=120, check=True)
        assert "放假三天" in _antiword(tmp_path / "b.doc")


def test_older_documents_need_a_program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    raw = bytearray(samples.doc())
    at = raw.index(b"\xec\xa5\xc1\0")
    raw[at : at + 4] = b"\xdc\xa5\x68\0"
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(ExtractionError, match="antiword"):
        read(tmp_path, "a.doc", bytes(raw))


def test_mail_and_what_is_attached(tmp_path: Path) -> None:
    content = samples.mail(附件_docx=samples.docx("附件正文"), 附件_exe=b"MZ\0\0" + bytes(100))
    found = read(tmp_path, "a.eml", content)
    assert found.title == "关于放假的通知"
    assert TEXT in found.text and "〔附件：附件.docx〕\n附件正文" in found.text
    assert HIDDEN in told(found)["hidden_text"]
    assert [said for said in found.unread if "附件.exe" in said]


def test_archives_with_names_in_gbk_and_archives_inside(tmp_path: Path) -> None:
    inner = samples.zipped({"名单.docx": samples.docx("里层的话")})
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("AAAA.txt", TEXT)
        archive.writestr("inner.zip", inner)
    # As Chinese programs write it: bytes of GBK, and no mark of UTF-8.
    path.write_bytes(path.read_bytes().replace(b"AAAA.txt", "通知.txt".encode("gbk")))
    found = AnyFile(ocr=False).extract(path)
    assert f"〔文件：通知.txt〕\n{TEXT}" in found.text and "里层的话" in found.text
    assert HIDDEN in told(found)["hidden_text"]
    assert "inner.zip 名单.docx" in told(found)["hidden_text"]


@pytest.mark.parametrize("name", ["../x.txt", "/etc/x.txt", "C:\\x.txt", "a\\..\\..\\x.txt"])
def test_archives_that_lead_outside_are_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(ExtractionError, match="压缩包以外"):
        read(tmp_path, "a.zip", samples.zipped({"ok.txt": TEXT, name: "x"}))


def test_photographs(tmp_path: Path) -> None:
    found = read(tmp_path, "a.jpg", samples.photo())
    kinds = told(found)
    assert kinds["location"].strip() == "GPS N39.94000 E116.10000"
    assert "Zhang San" in kinds["metadata"] and "Zhang San" not in found.hidden
    assert "文字识别" in found.unread[0]


def test_prints(tmp_path: Path) -> None:
    """Comments, forms, scripts, attached files, and text that nobody sees."""
    painted = (
        "BT /F 12 Tf 50 700 Td (Seen by all) Tj ET BT 3 Tr /F 12 Tf 50 650 Td (ghost) Tj 0 Tr ET "
        "BT /F 12 Tf 900 600 Td (outside) Tj ET BT 1 1 1 rg /F 12 Tf 50 600 Td (white) Tj ET "
    )
    objects = {
        6: "<</Type/Annot/Subtype/Text/Rect[0 0 9 9]/T(Wang)/Contents(check this)>>",
        7: "<</Type/Annot/Subtype/Widget/FT/Tx/T(name)/V(Li Si)/Rect[0 0 9 9]>>",
        8: "<</Type/Filespec/F(a.txt)/UF(a.txt)/EF<</F 9 0 R>>>>",
        9: "<</Type/EmbeddedFile/Length 12>>stream\ninside words\nendstream",
        10: "<</S/JavaScript/JS(app.alert\\(1\\))>>",
    }
    root = "/Names<</EmbeddedFiles<</Names[(a.txt)8 0 R]>>/JavaScript<</Names[(j)10 0 R]>>>>"
    root += "/AcroForm<</Fields[7 0 R]>>"
    content = samples.pdf(painted, objects=objects, page="/Annots[6 0 R 7 0 R]", root=root)
    found = read(tmp_path, "a.pdf", content)
    kinds = told(found)
    assert "Seen by all" in found.text
    assert kinds["comment"] == "第1页 Wang check this\n"
    assert kinds["form_field"] == "第1页 name Li Si\n"
    assert "inside words" in kinds["embedded_file"]
    assert "app.alert(1)" in kinds["script"]
    for word in ("ghost", "outside", "white"):
        assert word in kinds["hidden_text"]
    assert "Seen" not in kinds["hidden_text"]


def test_a_black_box_over_words_hides_nothing(tmp_path: Path) -> None:
    text = "BT /F 12 Tf 50 700 Td (secret name) Tj ET "
    found = read(tmp_path, "a.pdf", samples.pdf(f"{text}0 0 0 rg 45 695 200 20 re f"))
    assert told(found)["hidden_text"] == "第1页黑框盖住的文字 secret name\n"
    under = read(tmp_path, "b.pdf", samples.pdf(f"0 0 0 rg 45 695 200 20 re f 1 1 1 rg {text}"))
    assert "hidden_text" not in told(under)


def test_a_locked_print(tmp_path: Path) -> None:
    if which("qpdf") is None:
        pytest.skip("qpdf is not installed")
    (tmp_path / "a.pdf").write_bytes(MADE[".pdf"]())
    command = ["qpdf", "--encrypt", "geheim", "chef", "256", "--", "a.pdf", "b.pdf"]
    subprocess.run(command, cwd=tmp_path, check=True)
    with pytest.raises(ExtractionError, match="设有密码"):
        AnyFile().extract(tmp_path / "b.pdf")


def test_a_scan_without_recognition_is_told(tmp_path: Path) -> None:
    image = "q 500 0 0 700 50 50 cm BI /W 1 /H 1 /CS /G /BPC 8 ID \x80 EI Q"
    found = read(tmp_path, "a.pdf", samples.pdf(image))
    assert found.text == ""
    assert "第1页没有文字，可能是扫描件" in found.unread[0]


@pytest.mark.parametrize(
    ("name", "content", "word"),
    [
        ("a.pdf", samples.docx(), "内容却是Word 文档"),
        ("a.txt", MADE[".pdf"](), "内容却是PDF"),
        ("a.doc", MADE[".html"](), "内容却是网页"),
        ("a.jpg", MADE[".zip"](), "内容却是压缩包"),
    ],
    ids=["docx as pdf", "pdf as txt", "page as doc", "zip as jpg"],
)
def test_a_false_suffix_is_read_as_what_it_is(
    tmp_path: Path, name: str, content: bytes, word: str
) -> None:
    found = read(tmp_path, name, content)
    assert word in found.warnings[-1]
    assert found.text


@pytest.mark.parametrize(
    ("name", "content", "word"),
    [
        ("a.pdf", TEXT.encode(), "与扩展名不符"),
        ("a.txt", b"MZ\x90\0\3\0\0\0" + bytes(64), "程序"),
        ("a.zip", b"Rar!\x1a\7\1\0" + bytes(64), "改用 ZIP"),
        ("a.docx", samples.ole({"EncryptedPackage": b"x" * 5000}), "设有密码"),
    ],
    ids=["text as pdf", "program", "rar", "locked"],
)
def test_what_is_no_paper_is_refused(tmp_path: Path, name: str, content: bytes, word: str) -> None:
    with pytest.raises(ExtractionError, match=word):
        read(tmp_path, name, content)


def test_an_archive_behind_a_picture_is_found(tmp_path: Path) -> None:
    content = samples.photo() + samples.zipped({"藏.txt": HIDDEN})
    assert HIDDEN in told(read(tmp_path, "a.jpg", content))["embedded_file"]


def test_through_the_child(tmp_path: Path) -> None:
    """Files inside are written to a folder of the child's, which is gone afterwards."""
    path = tmp_path / "a.zip"
    path.write_bytes(samples.zipped({"名单.docx": samples.docx("里层的话")}))
    found = Sandboxed(extractor=DOOR).extract(path)
    assert "里层的话" in found.text and HIDDEN in found.hidden
    assert sorted(item.name for item in tmp_path.iterdir()) == ["a.zip"]
