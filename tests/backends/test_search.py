"""The contract of search backends, run on every one that ships."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.backends.search import tantivy_backend
from gongkai.backends.search.tantivy_backend import TantivyBackend
from gongkai.ports import SearchBackend, SearchDocument, SearchQuestion
from gongkai.text.highlight import marks

Make = Callable[[Path], SearchBackend]
BACKENDS: dict[str, Make] = {"tantivy": TantivyBackend}


def document(number: int, title: str, text: str = "", **more: object) -> SearchDocument:
    return SearchDocument(id=number, title=title, text=text, **more)  # type: ignore[arg-type]


DOCUMENTS = (
    document(
        1,
        "政府信息公开条例",
        "第十二条 行政机关编制指南；政府采购另行规定。",
        numbers=("11X001/ZK-2008-000001", "某发〔2008〕12号"),
        dated_on=date(2008, 5, 1),
        labels={"year": ["2008"], "class": ["a", "a1"], "validity": ["in_force"]},
    ),
    document(
        2,
        "放假通知",
        "政府信息公开工作照常进行，请拨打12345热线。",
        numbers=("某发〔2009〕112号",),
        dated_on=date(2009, 5, 1),
        labels={"year": ["2009"], "class": ["a"], "validity": ["in_force"]},
    ),
    document(
        3,
        "税收優惠辦法",
        "ＡＢＣ税目，面积100㎡。",
        dated_on=date(2009, 12, 31),
        labels={"year": ["2009"], "class": ["b"], "validity": ["lapsed"]},
    ),
    document(4, "无日期的文件", "其他信息"),
)


@pytest.fixture(params=sorted(BACKENDS))
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> SearchBackend:
    return BACKENDS[request.param](tmp_path / "index")


@pytest.fixture
def backend(empty: SearchBackend) -> SearchBackend:
    empty.index(DOCUMENTS, 7)
    return empty


def ids(backend: SearchBackend, words: str = "", **more: object) -> list[int]:
    question = SearchQuestion(words=words, **more)  # type: ignore[arg-type]
    answer = backend.query(question)
    assert answer.total >= len(answer.ids)
    return list(answer.ids)


def test_new_index(empty: SearchBackend) -> None:
    assert empty.position() == 0
    answer = empty.query(SearchQuestion(words="公开", facets=("year",)))
    assert (answer.ids, answer.total, dict(answer.facets)) == ((), 0, {"year": {}})
    empty.remove([1], 3)
    assert empty.position() == 3


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("信息公开", {1, 2}),
        ("信息 通知", {2}),
        ("公开信息", set()),
        ("某发[2008]12号", {1}),
        ("某发2008 12号", {1}),
        ("12号", {1}),
        ("112号", {2}),
        ("11X001/ZK-2008-000001", {1}),
        ("12345热线", {2}),
        ("优惠办法", {3}),
        ("稅", {3}),
        ("abc税目", {3}),
        ("100m2", {3}),
        ("信息", {1, 2, 4}),
        ("  ", {1, 2, 3, 4}),
        ("。、“”", set()),
        ("没有这样的词", set()),
    ],
)
def test_words(backend: SearchBackend, words: str, found: set[int]) -> None:
    assert set(ids(backend, words)) == found
    assert backend.query(SearchQuestion(words=words)).total == len(found)


def test_title_outweighs_text(backend: SearchBackend) -> None:
    backend.index([document(9, "别的", "信息公开" * 50)], 8)
    assert ids(backend, "信息公开")[0] == 1


def test_sorting(backend: SearchBackend) -> None:
    assert ids(backend, sort="newest") == [3, 2, 1, 4]
    assert ids(backend, sort="oldest") == [4, 1, 2, 3]


def test_filters(backend: SearchBackend) -> None:
    assert set(ids(backend, labels={"year": ["2009"]})) == {2, 3}
    assert set(ids(backend, labels={"class": ["a1", "b"]})) == {1, 3}
    assert set(ids(backend, labels={"year": ["2009"], "class": ["a"]})) == {2}
    assert set(ids(backend, labels={"year": []})) == {1, 2, 3, 4}
    assert set(ids(backend, dated_from=date(2009, 5, 1))) == {2, 3}
    assert set(ids(backend, dated_until=date(2009, 5, 1))) == {1, 4}
    assert set(ids(backend, "信息", labels={"validity": ["in_force"]})) == {1, 2}
    with pytest.raises(ValueError, match="筛选项"):
        ids(backend, labels={"colour": ["red"]})


def test_facets_count_the_whole_answer(backend: SearchBackend) -> None:
    answer = backend.query(SearchQuestion(facets=("year", "class", "section"), page_size=1))
    assert answer.facets == {
        "year": {"2008": 1, "2009": 2},
        "class": {"a": 2, "a1": 1, "b": 1},
        "section": {},
    }
    narrowed = backend.query(SearchQuestion(words="信息公开", facets=("year",)))
    assert narrowed.facets == {"year": {"2008": 1, "2009": 1}}


def test_pages(backend: SearchBackend) -> None:
    backend.index([document(n, f"第{n}号文件") for n in range(100, 145)], 8)
    pages = [ids(backend, "文件", sort="oldest", page=page, page_size=20) for page in (1, 2, 3, 4)]
    assert [len(page) for page in pages] == [20, 20, 6, 0]
    assert [number for page in pages for number in page] == [4, *range(100, 145)]
    for page in (0, -5, 10**9):
        answer = backend.query(SearchQuestion(page=page, page_size=10**9))
        assert answer.total == 49


def test_indexing_again_replaces(backend: SearchBackend) -> None:
    backend.index([document(2, "新题目"), document(2, "更新的题目")], 8)
    assert ids(backend, "放假") == []
    assert ids(backend, "题目") == [2]
    assert ids(backend, "新题目") == []
    assert backend.position() == 8


def test_removing(backend: SearchBackend) -> None:
    backend.remove([2, 777], 9)
    assert set(ids(backend)) == {1, 3, 4}
    assert backend.position() == 9


def test_another_reader_sees_each_commit(backend: SearchBackend, tmp_path: Path) -> None:
    other = BACKENDS["tantivy"](tmp_path / "index")
    assert set(ids(other)) == {1, 2, 3, 4}
    backend.remove([1], 8)
    assert set(ids(other)) == {2, 3, 4}
    backend.rebuild(DOCUMENTS[:1], 20)
    assert ids(other) == [1]
    assert other.position() == 20


def test_all_or_nothing(backend: SearchBackend) -> None:
    def failing() -> Iterator[SearchDocument]:
        yield document(50, "半途")
        raise RuntimeError("the database went away")

    for write in (backend.index, backend.rebuild):
        with pytest.raises(RuntimeError):
            write(failing(), 99)
        assert backend.position() == 7
        assert set(ids(backend)) == {1, 2, 3, 4}
    with pytest.raises(ValueError, match="检索编号"):
        backend.index([document(0, "零")], 99)
    assert backend.position() == 7


def test_readers_keep_the_old_index_while_a_new_one_is_made(backend: SearchBackend) -> None:
    seen: list[int] = []

    def slowly() -> Iterator[SearchDocument]:
        for number in range(10, 13):
            seen.append(backend.query(SearchQuestion()).total)
            yield document(number, "新的")

    assert backend.rebuild(slowly(), 30) == 3
    assert seen == [4, 4, 4]
    assert set(ids(backend)) == {10, 11, 12}


def traces(folder: Path, *words: str) -> list[str]:
    """Which of the words stand in any byte of any file, in any encoding a file might use."""
    found = []
    for path in folder.rglob("*"):
        if path.is_file():
            raw = path.read_bytes()
            found += [
                f"{word} in {path.name}"
                for word in words
                if any(word.encode(codec) in raw for codec in ("utf-8", "utf-16-le", "gb18030"))
            ]
    return found


def test_purged_text_is_in_no_byte(backend: SearchBackend, tmp_path: Path) -> None:
    folder = tmp_path / "index"
    secret = document(
        66,
        "绝密 canarytitle",
        "不得外泄的 canarytext 内容" * 3,
        numbers=("canarynumber",),
        labels={"section": ["canarylabel"]},
    )
    words = ("canarytitle", "canarytext", "canarynumber", "canarylabel", "绝密", "外泄")
    backend.index([secret], 8)
    backend.index([document(70 + n, f"填充{n}", "正文" * n) for n in range(5)], 9)
    assert traces(folder, *words), "the search for traces itself has to work"
    backend.remove([66], 10)
    backend.purge([66], 11)
    assert traces(folder, *words) == []
    assert backend.position() == 11
    assert set(ids(backend)) == {1, 2, 3, 4, 70, 71, 72, 73, 74}
    assert ids(backend, "12345热线") == [2]
    assert ids(backend, labels={"year": ["2008"]}, dated_from=date(2008, 5, 1)) == [1]


def test_a_purge_cut_short_is_done_again(
    backend: SearchBackend, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def die(*_args: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("gongkai.backends.search.generations.Generations.switch", die)
    with pytest.raises(KeyboardInterrupt):
        backend.purge([2], 12)
    monkeypatch.undo()
    assert backend.position() == 7, "the caller has to come back"
    assert set(ids(backend)) == {1, 3, 4}, "hidden already"
    backend.purge([2], 12)
    assert backend.position() == 12
    assert traces(tmp_path / "index", "热线") == []
    assert len([p for p in (tmp_path / "index").iterdir() if p.is_dir()]) == 1


def test_damaged_and_foreign_indexes_are_new_ones(
    backend: SearchBackend, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "index"
    (current,) = [path for path in folder.iterdir() if path.is_dir()]
    (current / "meta.json").write_text("{broken")
    fresh = TantivyBackend(folder)
    assert fresh.position() == 0
    assert ids(fresh) == []
    fresh.rebuild(DOCUMENTS, 8)
    assert len(ids(fresh)) == 4
    shutil.rmtree(next(path for path in folder.iterdir() if path.is_dir()))
    assert (fresh.position(), ids(fresh)) == (0, [])
    fresh.index(DOCUMENTS[:1], 9)
    assert ids(fresh) == [1]
    monkeypatch.setattr(tantivy_backend, "ANALYSIS", 99)
    newer = TantivyBackend(folder)
    assert newer.position() == 0


def test_readers_and_a_writer_together(backend: SearchBackend) -> None:
    stop, faults = threading.Event(), []

    def read() -> None:
        while not stop.is_set():
            try:
                answer = backend.query(SearchQuestion(words="信息", facets=("year",)))
                assert {1, 2, 4} <= set(answer.ids)
            except BaseException as error:
                faults.append(error)
                return

    readers = [threading.Thread(target=read) for _ in range(3)]
    for reader in readers:
        reader.start()
    for number in range(10):
        backend.index([document(100 + number, "信息")], 8 + number)
    backend.purge([100], 20)
    stop.set()
    for reader in readers:
        reader.join()
    assert faults == []


@settings(max_examples=12, deadline=None)
@given(
    st.lists(st.text("政府信息公开年2009 号〔〕a", max_size=20), min_size=1, max_size=5),
    st.text("政府信息公开年2009号〔〕a", min_size=1, max_size=5),
)
def test_finds_what_the_highlighter_marks(texts: list[str], words: str) -> None:
    """Search and highlights agree: a hit of one unbroken word is a mark in the text."""
    with tempfile.TemporaryDirectory() as folder:
        backend = TantivyBackend(folder)
        backend.index([document(n, "", text) for n, text in enumerate(texts, 1)], 1)
        found = set(backend.query(SearchQuestion(words=words)).ids)
    han_only = all("\u4e00" <= char <= "\u9fff" for char in words)
    for number, text in enumerate(texts, 1):
        if han_only:
            assert (number in found) is (words in text)
        elif number in found:
            assert marks(text, words) or "〔" in words or "〕" in words


WRITER = """
import sys
from gongkai.backends.search.tantivy_backend import TantivyBackend
from gongkai.ports import SearchDocument
backend = TantivyBackend(sys.argv[1])
position = backend.position()
while True:
    position += 1
    batch = [SearchDocument(id=position * 10 + n, title=f"第{position}批") for n in range(5)]
    backend.index(batch, position)
    print(position, flush=True)
"""


@pytest.mark.slow
def test_kill_loses_and_tears_nothing(tmp_path: Path) -> None:
    acknowledged = 0
    for _ in range(6):
        with subprocess.Popen(
            [sys.executable, "-c", WRITER, str(tmp_path / "index")],
            stdout=subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        ) as child:
            assert child.stdout is not None
            for _ in range(4):
                acknowledged = int(child.stdout.readline())
            child.send_signal(signal.SIGKILL)
            acknowledged = max([acknowledged, *map(int, child.stdout.read().split())])
        backend = TantivyBackend(tmp_path / "index")
        position = backend.position()
        assert position in (acknowledged, acknowledged + 1), "nothing acknowledged is lost"
        expected = sorted(p * 10 + n for p in range(1, position + 1) for n in range(5))
        answer = backend.query(SearchQuestion(sort="oldest", page_size=200))
        assert list(answer.ids) == expected, "no batch is torn"
