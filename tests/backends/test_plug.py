"""The door gives what the settings name, makes it once, and says what is wrong with a setting."""

from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured

from gongkai import plug
from gongkai.backends.scanners.spam import SpamScanner
from gongkai.ports import ExtractionError, SearchDocument, SearchQuestion


@pytest.fixture(autouse=True)
def fresh(data_dir: Path) -> None:
    """Settings of one test, nothing kept from the last."""
    plug.forget()


def test_an_empty_list_means_all_that_ships(settings: Any) -> None:
    settings.GONGKAI_SCANNERS = []
    settings.GONGKAI_EXTRACTORS = []
    assert [scanner.name for scanner in plug.scanners()] == [
        "damage",
        "personal",
        "people",
        "marks",
        "work_secrets",
        "word_lists",
        "spam",
    ]
    for suffix in (".html", ".txt", ".csv", ".xlsx", ".json", ".docx"):
        assert suffix in plug.extractors()
    assert plug.scanners() is plug.scanners()


def test_named_with_options(settings: Any) -> None:
    settings.GONGKAI_SCANNERS = [
        ["gongkai.backends.scanners.spam.SpamScanner", {"hosts": ["example.com"]}]
    ]
    (only,) = plug.scanners()
    assert isinstance(only, SpamScanner)
    assert only.scan({"text": "https://www.example.com/"}) == []


@pytest.mark.parametrize(
    "named", ["gongkai.nowhere.Scanner", ["gongkai.backends.scanners.spam.SpamScanner", {"x": 1}]]
)
def test_a_wrong_setting_is_named(settings: Any, named: object) -> None:
    settings.GONGKAI_SCANNERS = [named]
    with pytest.raises(ImproperlyConfigured, match="gongkai"):
        plug.scanners()


def test_search_lives_in_the_data_folder(data_dir: Path) -> None:
    plug.search().index([SearchDocument(id=1, title="政府信息")], 3)
    assert plug.search().query(SearchQuestion(words="信息")).ids == (1,)
    assert (data_dir / "index" / "public" / "CURRENT").exists()


def test_files_are_read_by_suffix(tmp_path: Path) -> None:
    path = tmp_path / "通知.TXT"
    path.write_text("关于放假的通知\n各科室：", "utf-8")
    assert plug.extract(path).title == "关于放假的通知"
    with pytest.raises(ExtractionError, match="程序不认识这种文件。请换成DOCX"):
        plug.extract(tmp_path / "程序.exe")


def test_limits_come_from_the_settings(settings: Any, tmp_path: Path) -> None:
    settings.GONGKAI_EXTRACT_LIMITS = {"file_mb": 0}
    path = tmp_path / "a.txt"
    path.write_text("正文")
    with pytest.raises(ExtractionError, match="超过0 MiB"):
        plug.extract(path)
