"""Every extractor reads what a reader sees, and fails with one Chinese sentence."""

import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
import xlsxwriter
from docx import Document

from gongkai.backends.extract.csv_rows import CsvExtractor
from gongkai.backends.extract.decoding import decode
from gongkai.backends.extract.docx import DocxExtractor
from gongkai.backends.extract.html import HtmlExtractor
from gongkai.backends.extract.json_rows import JsonExtractor
from gongkai.backends.extract.plain import PlainExtractor
from gongkai.backends.extract.xlsx import XlsxExtractor
from gongkai.ports import ExtractionError, Extractor

ALL: list[Extractor] = [
    HtmlExtractor(),
    PlainExtractor(),
    CsvExtractor(),
    XlsxExtractor(),
    JsonExtractor(),
    DocxExtractor(),
]
Put = Callable[[str, bytes], Path]


@pytest.fixture
def put(tmp_path: Path) -> Put:
    def write(name: str, content: bytes) -> Path:
        path = tmp_path / name
        path.write_bytes(content)
        return path

    return write


PAGE = """<!DOCTYPE html><html><head><meta charset="gb2312"><title>某市政府-通知</title>
<meta name="ArticleTitle" content="关于放假的通知"><meta name="PubDate" content="2020-05-06">
<script>var hidden='脚本';</script></head><body>
<div class="nav"><a href="/">首页</a><a href="/a">公开</a></div>
<div style="display:none"><a href="http://bad.example/">暗链文字</a></div>
<table><tr><td>索 引 号：</td><td>A-1</td><td>文　号：</td><td>某发〔2020〕1号</td></tr>
<tr><td>成文日期：</td><td>2020-05-01</td><td>组配分类：</td><td>通知</td></tr></table>
<h1>关于放假的通知</h1><div class="zoom"><p>各科室——“负责人”：</p><p>放假三天&nbsp;&mdash;照发。</p>
<table><tr><td>序号</td><td><p>科室</p></td></tr><tr><td>1</td><td><p>办公室</p></td></tr></table>
</div><div class="footer">版权所有</div></body></html>"""


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_html(put: Put, codec: str) -> None:
    found = HtmlExtractor().extract(put("a.html", PAGE.encode(codec)))
    assert found.title == "关于放假的通知"
    assert found.text.splitlines() == [
        "各科室——“负责人”：",
        "放假三天 —照发。",
        "序号\t科室",
        "1\t办公室",
    ]
    assert found.header == {
        "索引号": "A-1",
        "文号": "某发〔2020〕1号",
        "成文日期": "2020-05-01",
        "组配分类": "通知",
    }
    assert found.meta["PubDate"] == "2020-05-06"
    assert "暗链文字" in found.hidden
    assert "http://bad.example/" in found.hidden
    assert "脚本" not in found.text + found.hidden
    assert not found.warnings


def test_html_without_known_places(put: Put) -> None:
    long = "本局认真开展政府信息公开工作，现将有关情况通知如下。" * 6
    page = (
        f"<body><ul>{'<li><a href=#>栏目名称栏目</a></li>' * 9}</ul>"
        f"<div><div><b>标题</b><p>{long}</p></div></div><div>联系我们</div></body>"
    )
    found = HtmlExtractor().extract(put("a.html", page.encode()))
    assert found.text == f"标题\n{long}"


def test_deeply_nested_page(put: Put) -> None:
    page = "<div>" * 3000 + "<p>正文</p>" + "</div>" * 3000
    assert HtmlExtractor().extract(put("a.html", page.encode())).text == "正文"


def test_plain(put: Put) -> None:
    text = "索引号：A-1\r\n文号：某发〔2020〕1号\r\n\r\n关于放假的通知\r\n正文——“引”。"
    found = PlainExtractor().extract(put("a.txt", text.encode("gbk")))
    assert found.text == text.replace("\r\n", "\n")
    assert found.title == "关于放假的通知"
    assert found.header["索引号"] == "A-1"


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_csv(put: Put, codec: str, delimiter: str) -> None:
    lines = ["附件：清单", "标题,时间,", '"甲\n乙",2020-01-01,多', ",,", "丙,2020-01-02"]
    body = "\n".join(lines).replace(",", delimiter)
    if delimiter != ",":
        body = body.replace("附件：清单", delimiter * 2)
    (table,) = CsvExtractor().extract(put("清单.csv", body.encode(codec))).tables
    assert (table.name, table.columns) == ("清单", ("标题", "时间", "列3"))
    assert [row.get("标题") for row in table.rows] == ["甲\n乙", "丙"]
    assert table.rows[0]["列3"] == "多"


def test_xlsx(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(str(path), {"default_date_format": "yyyy-mm-dd"}) as book:
        sheet = book.add_worksheet("清单")
        sheet.write_row(0, 0, ["目录"])
        sheet.write_row(1, 0, ["标题", "份数", "标题"])
        sheet.write_row(2, 0, ["甲", 6, "乙"])
        sheet.write_formula(3, 0, "=1+1", None, 2)
        hidden = book.add_worksheet("暗表")
        hidden.write_row(0, 0, ["标题", "内容"])
        hidden.write_row(1, 0, ["丙", "丁"])
        hidden.hide()
        book.add_worksheet("空表")
    found = XlsxExtractor().extract(path)
    first, second = found.tables
    assert first.columns == ("标题", "份数", "标题3")
    assert first.rows[0] == {"标题": "甲", "份数": 6, "标题3": "乙"}
    assert second.name == "暗表"
    assert any("暗表" in warning for warning in found.warnings)


def test_json_shapes(put: Put) -> None:
    nested = {"a": {"x": {"list": [{"t": "甲"}]}, "y": {"list": [{"t": "乙"}, {"t": "丙"}]}}}
    found = JsonExtractor().extract(put("a.json", json.dumps(nested).encode()))
    assert [(table.name, len(table.rows)) for table in found.tables] == [
        ("a.y.list", 2),
        ("a.x.list", 1),
    ]
    lines = '{"t": "甲"}\n\n{"t": "乙", "u": [1]}\n'
    for name in ("a.jsonl", "b.json"):
        (table,) = JsonExtractor().extract(put(name, lines.encode("utf-8-sig"))).tables
        assert table.columns == ("t", "u")
    (one,) = JsonExtractor().extract(put("c.json", b'{"t": "x"}')).tables
    assert one.rows == ({"t": "x"},)


def test_docx(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    document = Document()
    document.core_properties.title = "属性标题"
    document.add_paragraph("关于放假的通知")
    paragraph = document.add_paragraph("各科室：")
    paragraph.add_run("暗字").font.hidden = True
    table = document.add_table(1, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "甲", "乙"
    document.add_paragraph("此复。")
    document.sections[0].header.paragraphs[0].text = "机密★一年"
    document.save(str(path))
    found = DocxExtractor().extract(path)
    assert found.text == "关于放假的通知\n各科室：\n甲\t乙\n此复。"
    assert found.title == "关于放假的通知"
    assert "暗字" in found.hidden
    assert "机密★一年" in found.unseen()
    assert found.meta["title"] == "属性标题"


def test_docx_with_entities_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    with zipfile.ZipFile(path, "w") as archive:
        bomb = '<!DOCTYPE a [<!ENTITY b "ha">]><a>&b;</a>'
        archive.writestr("word/document.xml", bomb)
    with pytest.raises(ExtractionError, match="外部定义"):
        DocxExtractor().extract(path)


@pytest.mark.parametrize("extractor", ALL, ids=lambda e: type(e).__name__)
@pytest.mark.parametrize(
    "content",
    [b"", b"\x00\x01\x02PK\xff" * 40, b"PK\x03\x04 broken", b"\xd0\xcf\x11\xe0" + b"\0" * 600],
    ids=["empty", "noise", "half a zip", "old office"],
)
def test_bad_files_fail_with_one_sentence(put: Put, extractor: Extractor, content: bytes) -> None:
    path = put(f"坏{extractor.suffixes[0]}", content)
    try:
        found = extractor.extract(path)
    except ExtractionError as error:
        assert str(error).endswith("。")
        assert "\n" not in str(error)
    else:
        assert found.text or found.tables or found.header


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16", "utf-16-le"])
def test_decoding(codec: str) -> None:
    text = "Notice 2008 〔71〕号 ——“政府”·信息……" + " plain latin" * 30
    assert decode(text.encode(codec)) == (text, [])


@pytest.mark.parametrize("text", ["通知", "联通", "a 通知.txt"])
def test_short_chinese_that_is_utf8_by_chance(text: str) -> None:
    assert decode(text.encode("gbk")) == (text, [])
    assert decode("naïve café".encode()) == ("naïve café", [])


def test_decoding_names_what_is_lost() -> None:
    raw = "政府信息公开工作总结报告".encode()
    text, warnings = decode(raw + raw[:2])
    assert text.startswith("政府信息公开工作总结报告")
    assert len(warnings) == 1
    assert decode("政府信息".encode("gb18030")) == ("政府信息", [])


def test_an_archive_that_unpacks_too_large(tmp_path: Path) -> None:
    path = tmp_path / "bomb.docx"
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(3):
            with archive.open(f"word/part{number}.xml", "w", force_zip64=True) as part:
                for _ in range(200):
                    part.write(b" " * 2**20)
    path.write_bytes(buffer.getvalue())
    with pytest.raises(ExtractionError, match="展开后太大"):
        DocxExtractor().extract(path)
