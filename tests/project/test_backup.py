"""A backup holds everything and nothing secret; what is damaged is never restored."""

import io
import json
import sqlite3
import tarfile
import threading
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from gongkai.project import backup
from gongkai.project.command import Failure
from gongkai.project.config import Config
from gongkai.project.serve import in_use

NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)


@pytest.fixture
def config(tmp_path: Path) -> Config:
    """A data folder with a database, a file and a key."""
    found = Config(data=tmp_path / "data")
    (found.files / "ab").mkdir(parents=True)
    (found.files / "ab" / "abcd").write_bytes(b"attachment")
    found.secrets.mkdir(mode=0o700)
    (found.secrets / "journal_key").write_text("secret-word")
    found.index.mkdir()
    (found.index / "segment").write_bytes(b"cache")
    with closing(sqlite3.connect(found.data / "gongkai.sqlite3")) as database:
        database.execute("PRAGMA journal_mode=WAL")
        database.execute("CREATE TABLE papers (title TEXT)")
        database.execute("INSERT INTO papers VALUES ('工作总结')")
        database.commit()
    return found


def titles(config: Config) -> list[str]:
    with closing(sqlite3.connect(config.data / "gongkai.sqlite3")) as database:
        return [row[0] for row in database.execute("SELECT title FROM papers ORDER BY rowid")]


def made(config: Config, tmp_path: Path, *, secrets: bool = False) -> Path:
    target = tmp_path / "backup.tar"
    backup.write_backup(config, target, now=NOW, secrets=secrets)
    return target


def test_what_was_there_comes_back(config: Config, tmp_path: Path) -> None:
    target = made(config, tmp_path)
    other = Config(data=tmp_path / "other")
    manifest = backup.restore(other, target, now=NOW, replace=False)
    assert titles(other) == ["工作总结"]
    assert (other.files / "ab" / "abcd").read_bytes() == b"attachment"
    assert sorted(manifest["members"]) == ["database.sqlite3", "files/ab/abcd"]
    assert sorted(p.name for p in other.data.iterdir()) == ["files", "gongkai.sqlite3"]


def test_secrets_go_along_only_when_asked(config: Config, tmp_path: Path) -> None:
    target = made(config, tmp_path)
    assert b"secret-word" not in target.read_bytes()
    assert target.stat().st_mode & 0o777 == 0o600
    target.unlink()
    other = Config(data=tmp_path / "other")
    backup.restore(other, made(config, tmp_path, secrets=True), now=NOW, replace=False)
    assert (other.secrets / "journal_key").read_text() == "secret-word"
    assert other.secrets.stat().st_mode & 0o777 == 0o700


def test_data_is_replaced_only_when_asked_and_never_lost(config: Config, tmp_path: Path) -> None:
    target = made(config, tmp_path)
    with closing(sqlite3.connect(config.data / "gongkai.sqlite3")) as database:
        database.execute("INSERT INTO papers VALUES ('后来的')")
        database.commit()
    with pytest.raises(Failure, match="--replace"):
        backup.restore(config, target, now=NOW, replace=False)
    assert titles(config) == ["工作总结", "后来的"]
    backup.restore(config, target, now=NOW, replace=True)
    assert titles(config) == ["工作总结"]
    aside = config.data / "before-restore-20261123-080000"
    with closing(sqlite3.connect(aside / "gongkai.sqlite3")) as database:
        assert database.execute("SELECT count(*) FROM papers").fetchone() == (2,)
    assert (aside / "files" / "ab" / "abcd").is_file()
    assert (config.secrets / "journal_key").is_file()
    assert not config.index.exists()


def test_it_may_be_made_while_people_write(config: Config, tmp_path: Path) -> None:
    stop = threading.Event()

    def write() -> None:
        with closing(sqlite3.connect(config.data / "gongkai.sqlite3", timeout=20)) as database:
            while not stop.is_set():
                database.execute("INSERT INTO papers VALUES ('左')")
                database.execute("INSERT INTO papers VALUES ('右')")
                database.commit()

    writer = threading.Thread(target=write)
    writer.start()
    try:
        for number in range(5):
            target = tmp_path / f"{number}.tar"
            backup.write_backup(config, target, now=NOW, secrets=False)
            other = Config(data=tmp_path / f"other{number}")
            backup.restore(other, target, now=NOW, replace=False)
            found = titles(other)
            assert found.count("左") == found.count("右")
    finally:
        stop.set()
        writer.join()


def rewritten(target: Path, change: str) -> Path:
    """A copy of the backup in which the named thing is wrong."""
    wrong = target.with_name("wrong.tar")
    with tarfile.open(target) as old, tarfile.open(wrong, "w") as new:
        for info in old:
            stream = old.extractfile(info)
            assert stream is not None
            content = stream.read()
            if change == "byte" and info.name == "database.sqlite3":
                content = content[:100] + bytes([content[100] ^ 1]) + content[101:]
            if change == "missing" and info.name.startswith("files/"):
                continue
            if change == "format" and info.name == "manifest.json":
                content = json.dumps(json.loads(content) | {"format": "other/9"}).encode()
                info.size = len(content)
            if change == "outside" and info.name == "manifest.json":
                manifest = json.loads(content)
                manifest["members"]["files/../../evil"] = {"sha256": "", "size": 0}
                content = json.dumps(manifest).encode()
                info.size = len(content)
            new.addfile(info, io.BytesIO(content))
        if change in {"extra", "outside"}:
            name = "files/extra" if change == "extra" else "files/../../evil"
            new.addfile(tarfile.TarInfo(name), io.BytesIO(b""))
    return wrong


@pytest.mark.parametrize("change", ["byte", "missing", "format", "extra", "outside", "cut", "text"])
def test_a_damaged_backup_changes_nothing(change: str, config: Config, tmp_path: Path) -> None:
    target = made(config, tmp_path)
    if change == "cut":
        content = target.read_bytes()
        target.write_bytes(content[: len(content) // 2])
    elif change == "text":
        target.write_text("not a backup")
    else:
        target = rewritten(target, change)
    with pytest.raises(Failure):
        backup.restore(config, target, now=NOW, replace=True)
    assert titles(config) == ["工作总结"]
    assert (config.files / "ab" / "abcd").is_file()
    assert not (tmp_path / "evil").exists()
    assert not (tmp_path.parent / "evil").exists()


def test_a_backup_is_never_overwritten_or_half_written(config: Config, tmp_path: Path) -> None:
    target = made(config, tmp_path)
    with pytest.raises(Failure, match="已经存在"):
        made(config, tmp_path)
    assert [p.name for p in tmp_path.iterdir() if p.name.startswith(".gongkai")] == []
    with pytest.raises(Failure, match="没有数据库"):
        backup.write_backup(
            Config(data=tmp_path / "nothing"), tmp_path / "b.tar", now=NOW, secrets=False
        )
    assert target.exists()
    assert not (tmp_path / "b.tar").exists()


def test_a_folder_in_use_is_refused(config: Config) -> None:
    with in_use(config.data), pytest.raises(Failure, match="正被"), in_use(config.data):
        pass
