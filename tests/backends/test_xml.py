"""XML of foreign systems: rows under their dotted paths, whatever it declares; nothing fetched."""

from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gongkai.backends.extract.door import AnyFile
from gongkai.backends.extract.xml_rows import XmlExtractor
from gongkai.ports import Extracted, ExtractionError

ROWS = """<?xml version="1.0" encoding="{declared}"?>
<数据 导出="2008-03-01"><信息 编号="1"><信息名称>关于供应的通知&nbsp;A&B</信息名称>
<文号 lang="zh">云商字〔2008〕7号</文号><部门><名称>市场科</名称></部门></信息><!-- 暗注 -->
<信息 编号="2"><信息名称>关于端午的通知</信息名称><文号>云商字〔2008〕9号</文号>
<部门><名称>市场科</名称></部门><部门><名称>办公室</名称></部门></信息></数据>"""


@pytest.fixture
def read(tmp_path: Path) -> Any:
    def reading(content: str | bytes, name: str = "a.xml") -> Extracted:
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return AnyFile(ocr=False).extract(path)

    return reading


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le"])
@pytest.mark.parametrize("declared", ["UTF-8", "GB2312", "UTF-16", "iso-8859-1"])
@pytest.mark.parametrize("name", ["a.xml", "a.txt"])
def test_rows_whatever_is_declared(read: Any, codec: str, declared: str, name: str) -> None:
    found = read(ROWS.format(declared=declared).encode(codec), name)
    (table,) = found.tables
    assert table.name == "数据.信息"
    assert table.rows == (
        {
            "编号": "1",
            "信息名称": "关于供应的通知\xa0A&B",
            "文号": "云商字〔2008〕7号",
            "文号.lang": "zh",
            "部门": {"名称": "市场科"},
        },
        {
            "编号": "2",
            "信息名称": "关于端午的通知",
            "文号": "云商字〔2008〕9号",
            "部门": [{"名称": "市场科"}, {"名称": "办公室"}],
        },
    )
    assert any("有2处不合 XML 规范" in said for said in found.warnings), "mended, and told"
    assert {"暗注", "2008-03-01"} <= set(found.unseen().split("\n")), "nothing goes unscanned"


def test_an_encoding_that_only_its_declaration_tells(read: Any) -> None:
    text = '<?xml version="1.0" encoding="Big5"?><a><row><t>關於春節供應的通知</t></row></a>'
    assert read(text.encode("big5")).tables[0].rows == ({"t": "關於春節供應的通知"},)


@pytest.mark.parametrize(
    ("text", "name", "rows"),
    [
        ("<a><row b='1'/><row b='2' c='3'/></a>", "a.row", [{"b": "1"}, {"b": "2", "c": "3"}]),
        (
            "<xml xmlns:z='z'><rs:data><z:row BT='甲'/><z:row BT='乙'/></rs:data></xml>",
            "xml.data.row",
            [{"BT": "甲"}, {"BT": "乙"}],
        ),
        (
            '<r><row><field name="bt">甲</field><field name="wh" xsi:nil="true"/></row></r>',
            "r.row",
            [{"bt": "甲", "wh": None}],
        ),
        (
            "<GetRecord><record><t>甲</t>(?s)<u>乙</u><v>丙</v></record></GetRecord>",
            "GetRecord.record",
            [{"t": "甲", "u": "乙", "v": "丙"}],
        ),
        (
            "<a><b><i url='u' n='1'>甲</i><i url='v' n='2'>乙</i></b></a>",
            "a.b.i",
            [{"text": "甲", "url": "u", "n": "1"}, {"text": "乙", "url": "v", "n": "2"}],
        ),
        (
            "<a><i url='u'>甲</i><i>乙</i></a>",
            "a",
            [{"i": ["甲", "乙"], "i.url": "u"}],
        ),
        ("<a><b><t>甲</t></b></a>", "a", [{"b": {"t": "甲"}}]),
        (
            "<a><row><t>甲<b>乙</b>丙</t><m:t>丁</m:t></row></a>",
            "a.row",
            [{"t": "甲乙丙", "m:t": "丁"}],
        ),
        ("<a><row id='1'><id>2</id></row></a>", "a.row", [{"@id": "1", "id": "2"}]),
        ("<table><row><p>甲</p></row></table>", "table.row", [{"p": "甲"}]),
        ("<a><row><t><![CDATA[a&nbsp;<b>]]></t></row></a>", "a.row", [{"t": "a&nbsp;<b>"}]),
    ],
)
def test_shapes(read: Any, text: str, name: str, rows: list[dict[str, Any]]) -> None:
    (table,) = read(text).tables
    assert (table.name, list(table.rows)) == (name, rows)


def test_feeds_are_rows(read: Any) -> None:
    rss = "<rss><channel><title>站</title><item><title>甲</title></item></channel></rss>"
    found = read(f'<?xml version="1.0"?>{rss}')
    assert (found.tables[0].name, found.tables[0].rows) == ("rss.channel.item", ({"title": "甲"},))
    assert "站" in found.unseen()
    atom = (
        '<feed xmlns="http://www.w3.org/2005/Atom"><entry><link href="u"/><content type="xhtml">'
        '<div xmlns="http://www.w3.org/1999/xhtml"><p>一</p><p>二<b>三</b></p></div></content>'
        "</entry></feed>"
    )
    assert read(atom).tables[0].rows == (
        {"link": {"href": "u"}, "content": "一\n二三", "content.type": "xhtml"},
    )


def test_documents_and_workbooks_saved_as_xml(read: Any) -> None:
    word = (
        '<?xml version="1.0"?><w:wordDocument xmlns:w="http://schemas.microsoft.com/office/word/'
        '2003/wordml"><o:DocumentProperties><o:Author>李文</o:Author></o:DocumentProperties>'
        "<w:body><w:p><w:t>关于放假</w:t><w:t>的通知</w:t></w:p>\n"
        "<w:p><w:t>各科室：</w:t></w:p><w:binData>AAAA</w:binData></w:body></w:wordDocument>"
    )
    found = read(word, "a.doc")
    assert (found.text, found.title) == ("关于放假的通知\n各科室：", "关于放假的通知")
    assert found.unread and not found.tables and "李文" in found.unseen()
    space = "urn:schemas-microsoft-com:office:spreadsheet"
    sheet = (
        f'<?xml version="1.0"?><Workbook xmlns="{space}" xmlns:ss="{space}"><Worksheet '
        'ss:Name="表"><Table>'
        "<Row><Cell><Data>名称</Data></Cell><Cell><Data>文号</Data></Cell>"
        "<Cell><Data>日期</Data></Cell></Row><Row><Cell><Data>甲</Data><Comment><Data>批</Data>"
        '</Comment></Cell><Cell ss:Index="3"><Data>2008-01-20</Data></Cell></Row></Table>'
        "</Worksheet></Workbook>"
    )
    found = read(sheet, "a.xls")
    assert found.tables[0].rows == ({"名称": "甲", "文号": None, "日期": "2008-01-20"},)
    assert found.tables[0].name == "表" and "批" in found.hidden


def test_a_page_that_begins_like_data_is_a_page(read: Any) -> None:
    page = '<?xml version="1.0"?><!-- x --><!DOCTYPE html><html><body><p>关于放假</p></body></html>'
    assert read(page, "a.html").text == read(page).text == "关于放假"
    feed = '<?xml version="1.0"?><r><item><d><![CDATA[<html><p>甲</p></html>]]></d></item></r>'
    assert read(feed).tables[0].rows == ({"d": "<html><p>甲</p></html>"},)


@pytest.mark.parametrize(
    ("text", "word"),
    [
        (
            '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a><row><t>&x;</t></row></a>',
            "实体",
        ),
        ('<!DOCTYPE a [<!ENTITY % x SYSTEM "http://127.0.0.1/x"> %x;]><a><row/></a>', "实体"),
        ('<!DOCTYPE a [<!ENTITY b "甲"><!ENTITY c "&b;&b;">]><a>&c;</a>', "实体"),
        ("<a>" * 5000 + "</a>" * 5000, "套得太深"),
        ("<a><row><t>甲</t></row>\n<row>", "第2行断了"),
        ("<a>\n<row></t></a>", "第2行不合 XML"),
        ("不是 XML", "不合 XML"),
        ("<a><b>1</b><b>2</b></a", "不合 XML"),
    ],
)
def test_refused_with_a_sentence(read: Any, text: str, word: str) -> None:
    with pytest.raises(ExtractionError, match=word) as caught:
        read(text)
    assert str(caught.value).endswith("。")


def test_a_document_type_without_entities_is_read_and_nothing_is_lost(read: Any) -> None:
    found = read('<!DOCTYPE a SYSTEM "a.dtd"><a><row><t>&unknown;甲&hellip;&#11;</t></row></a>')
    assert found.tables[0].rows == ({"t": "&unknown;甲…"},)
    assert "3处" in found.warnings[0]


def test_answers_of_real_repositories(read: Any, shared_dir: Path) -> None:
    folder = shared_dir / "data/fixtures/conformance/oai-sickle"
    found = read((folder / "ListRecords.xml").read_bytes())
    (table,) = found.tables
    assert table.name == "OAI-PMH.ListRecords.record" and len(table.rows) == 2
    core: Any = table.rows[1]["metadata"]
    assert core["dc"]["title"] == "Sample Title" and len(core["dc"]["creator"]) == 4
    assert len(read((folder / "ListSets.xml").read_bytes()).tables[0].rows) == 131


def element(name: str, value: Any) -> str:
    """As a plain exporter writes it."""
    if isinstance(value, dict):
        inner = "".join(element(key, item) for key, item in value.items())
    elif isinstance(value, list):
        return "".join(element(name, item) for item in value)
    else:
        inner = escape(value)
    return f"<{name}>{inner}</{name}>"


# Words a person may write; what XML cannot hold and GBK does not know is not asked for.
WORDS = st.text("甲乙丙〔〕&<>\"'ab 1，。", min_size=1, max_size=8).map(str.strip).filter(bool)
ROW = st.dictionaries(
    st.sampled_from(["标题", "wh", "a-b", "c.d", "e_1"]),
    WORDS | st.lists(WORDS, min_size=2, max_size=3)
    | st.dictionaries(st.sampled_from(["名", "x"]), WORDS, min_size=1),
    min_size=1,
)  # fmt: skip


@given(
    rows=st.lists(ROW, min_size=2, max_size=4),
    codec=st.sampled_from(["utf-8", "utf-8-sig", "gb18030", "utf-16"]),
)
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_was_exported_comes_back(
    rows: list[dict[str, Any]], codec: str, tmp_path: Path
) -> None:
    text = '<?xml version="1.0"?>' + element("库", {"行": rows, "注": "某系统导出的信息"})
    path = tmp_path / "a.xml"
    path.write_bytes(text.encode(codec))
    (table,) = XmlExtractor().extract(path).tables
    assert table.name == "库.行" and list(table.rows) == rows
