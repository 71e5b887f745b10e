"""A file nobody can read is answered with the everyday formats."""

from gongkai.kit.suffixes import unreadable


def test_everyday_formats_are_named_and_no_others() -> None:
    assert unreadable("a.css", {".pdf", ".txt", ".dotx"}) == (
        "不能读取“a.css”：程序不认识这种文件。请换成PDF、TXT等格式。"
    )
    assert unreadable("a.css", {".pdf"}).endswith("请换成PDF格式。")
    assert unreadable("a.css", {".zzz"}).endswith("请换成ZZZ格式。")
