"""Backup to one file and restore from it.

The file is a tar: ``manifest.json`` first (version, moment, kind of database, SHA-256 of every
member), then the database, then files and mail. Secrets are left out unless asked for: whoever
holds a backup must not be able to sign in with it; keep ``secrets/`` apart, the journal cannot be
verified without its key. The search index is a cache and is rebuilt.

SQLite is copied through its online backup, so the site may be running. Files are content-addressed
and written before the database names them; they are copied after it, so every file the copied
database names is there.
"""

import hashlib
import io
import json
import os
import shutil
import sqlite3
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import Any, BinaryIO

from gongkai import __version__
from gongkai.project.command import Failure
from gongkai.project.config import Config
from gongkai.project.database import databases

FORMAT = "gongkai-backup/1"
MANIFEST = "manifest.json"
SQLITE, POSTGRESQL = "database.sqlite3", "database.pgdump"
FOLDERS = ("files", "mail")
SECRETS = "secrets"
_BLOCK = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Member:
    """One file of the backup: its name in the tar, where it lies, its digest and size."""

    name: str
    path: Path
    sha256: str
    size: int


def write_backup(config: Config, target: Path, *, now: datetime, secrets: bool) -> dict[str, Any]:
    """Write the backup and return its manifest; ``target`` appears whole or not at all."""
    if target.exists():
        raise Failure(f"{target} 已经存在, 请换一个文件名。")
    if not target.parent.is_dir():
        raise Failure(f"目录 {target.parent} 不存在, 请先建立它。")
    with tempfile.TemporaryDirectory(prefix=".gongkai-backup-", dir=target.parent) as folder:
        members = [_dump_database(config, Path(folder))]
        for name in (*FOLDERS, *([SECRETS] if secrets else [])):
            members += _members(config.data / name, name)
        manifest = {
            "format": FORMAT,
            "version": __version__,
            "made_at": now.isoformat(timespec="seconds"),
            "secrets": secrets,
            "members": {m.name: {"sha256": m.sha256, "size": m.size} for m in members},
        }
        draft = Path(folder) / "draft.tar"
        _write_tar(draft, manifest, members)
        draft.rename(target)
    return manifest


def _dump_database(config: Config, folder: Path) -> Member:
    if config.database_url:
        path = folder / POSTGRESQL
        _run(["pg_dump", "--format=custom", "--no-owner", f"--file={path}"], config)
    else:
        path = folder / SQLITE
        source = config.data / "gongkai.sqlite3"
        if not source.is_file():
            raise Failure(f"{config.data} 里没有数据库, 没有可备份的内容。")
        with closing(sqlite3.connect(source)) as live, closing(sqlite3.connect(path)) as copy:
            live.backup(copy)
    return _member(path, path.name)


def _members(folder: Path, name: str) -> Iterator[Member]:
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not path.is_symlink():
            yield _member(path, f"{name}/{path.relative_to(folder).as_posix()}")


def _member(path: Path, name: str) -> Member:
    with path.open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha256").hexdigest()
    return Member(name, path, digest, path.stat().st_size)


def _write_tar(draft: Path, manifest: dict[str, Any], members: list[Member]) -> None:
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as stream:
        with tarfile.open(fileobj=stream, mode="w", format=tarfile.PAX_FORMAT) as tar:
            text = json.dumps(manifest, ensure_ascii=False, indent=1).encode()
            _add(tar, MANIFEST, io.BytesIO(text), len(text))
            for member in members:
                with member.path.open("rb") as source:
                    _add(tar, member.name, source, member.size)
        stream.flush()
        os.fsync(stream.fileno())


def _add(tar: tarfile.TarFile, name: str, source: BinaryIO, size: int) -> None:
    info = tarfile.TarInfo(name)
    info.size, info.mode = size, 0o600
    tar.addfile(info, source)


def read_backup(archive: Path, folder: Path) -> dict[str, Any]:
    """Unpack into ``folder``, check every digest, return the manifest."""
    try:
        with tarfile.open(archive, mode="r:") as tar:
            return _unpack(tar, folder)
    except OSError as error:
        raise Failure(f"读不到备份文件 {archive}: {error.strerror or error}。") from None
    except (tarfile.TarError, ValueError, KeyError, EOFError):
        raise Failure(f"{archive} 不是完整的 gongkai 备份, 请换一份备份。") from None


def _unpack(tar: tarfile.TarFile, folder: Path) -> dict[str, Any]:
    first = tar.next()
    source = tar.extractfile(first) if first and first.name == MANIFEST else None
    if source is None:
        raise ValueError("no manifest")
    manifest: dict[str, Any] = json.load(source)
    if manifest["format"] != FORMAT:
        raise Failure(f"备份的格式是 {manifest['format']}, 本版本只认 {FORMAT}。")
    wanted = dict(manifest["members"])
    for info in tar:
        if info.name == MANIFEST:
            continue
        expected = wanted.pop(info.name)
        stream = tar.extractfile(info)
        if stream is None or not _safe(info.name):
            raise ValueError("not a plain file")
        if _copy(stream, folder / info.name) != expected["sha256"]:
            raise Failure(f"备份中的 {info.name} 已损坏 (校验值不符), 请换一份备份。")
    if wanted:
        raise Failure(f"备份缺少 {len(wanted)} 个文件, 请换一份备份。")
    return manifest


def _safe(name: str) -> bool:
    parts = PurePosixPath(name).parts
    inside = len(parts) > 1 and parts[0] in {*FOLDERS, SECRETS} and ".." not in parts
    return name in {SQLITE, POSTGRESQL} or inside


def _copy(source: Any, target: Path) -> str:
    target.parent.mkdir(parents=True, exist_ok=True)
    digest = hashlib.sha256()
    with target.open("wb") as stream:
        target.chmod(0o600)
        while block := source.read(_BLOCK):
            digest.update(block)
            stream.write(block)
    return digest.hexdigest()


def restore(config: Config, archive: Path, *, now: datetime, replace: bool) -> dict[str, Any]:
    """Put the backup in place of the data folder's contents; returns the manifest.

    What was there before is moved to ``before-restore-…`` beside it, never deleted (a PostgreSQL
    database is dumped there first). Everything is read and checked before anything is moved.
    """
    config.data.mkdir(parents=True, exist_ok=True)
    if not replace and _holds_data(config):
        raise Failure(f"{config.data} 已有数据; 确定要替换请加 --replace (旧数据会移到旁边保留)。")
    with tempfile.TemporaryDirectory(prefix=".restore-", dir=config.data) as name:
        folder = Path(name)
        manifest = read_backup(archive, folder)
        postgres = (folder / POSTGRESQL).is_file()
        if postgres != bool(config.database_url):
            kind = "PostgreSQL" if postgres else "SQLite"
            raise Failure(f"这份备份来自 {kind}, 与当前数据库种类不同, 不能直接恢复。")
        aside = config.data / f"before-restore-{now:%Y%m%d-%H%M%S}"
        if postgres:
            _replace_postgresql(config, folder / POSTGRESQL, aside)
        else:
            for suffix in ("", "-wal", "-shm"):
                _set_aside(config.data / f"gongkai.sqlite3{suffix}", aside)
            (folder / SQLITE).rename(config.data / "gongkai.sqlite3")
        kept = [*FOLDERS, *([SECRETS] if manifest["secrets"] else [])]
        for part in kept:
            _set_aside(config.data / part, aside)
            if (folder / part).is_dir():
                (folder / part).rename(config.data / part)
        if (config.data / SECRETS).is_dir():
            (config.data / SECRETS).chmod(0o700)
        shutil.rmtree(config.index, ignore_errors=True)
    return manifest


def _replace_postgresql(config: Config, dump: Path, aside: Path) -> None:
    """Empty the database and fill it from ``dump``; a dump of what was there is kept."""
    import psycopg

    aside.mkdir(mode=0o700, exist_ok=True)
    kept = aside / POSTGRESQL
    _run(["pg_dump", "--format=custom", "--no-owner", f"--file={kept}"], config)
    name = databases(config)["default"]["NAME"]
    try:
        # Tables that a newer version added would otherwise stay and stop its migrations.
        with psycopg.connect(config.database_url, autocommit=True) as connection:
            connection.execute("DROP SCHEMA public CASCADE")
            connection.execute("CREATE SCHEMA public")
        _run(
            ["pg_restore", "--no-owner", "--single-transaction", f"--dbname={name}", str(dump)],
            config,
        )
    except (psycopg.Error, Failure) as error:
        reason = str(error).strip().splitlines()[0]
        raise Failure(f"恢复没有办成: {reason}。原来的数据库已另存在 {kept}。") from None


def _holds_data(config: Config) -> bool:
    if config.database_url:
        return True
    return (config.data / "gongkai.sqlite3").exists()


def _set_aside(path: Path, aside: Path) -> None:
    if path.exists():
        aside.mkdir(mode=0o700, exist_ok=True)
        path.rename(aside / path.name)


def _run(command: list[str], config: Config) -> None:
    """Run a PostgreSQL tool on the configured database, the password out of sight."""
    database = databases(config)["default"]
    names = {"HOST": "PGHOST", "PORT": "PGPORT", "USER": "PGUSER", "PASSWORD": "PGPASSWORD"}
    env = dict(os.environ, PGDATABASE=database["NAME"])
    env |= {variable: database[key] for key, variable in names.items() if database[key]}
    if "sslmode" in database["OPTIONS"]:
        env["PGSSLMODE"] = database["OPTIONS"]["sslmode"]
    try:
        done = subprocess.run(command, env=env, check=False, capture_output=True, text=True)  # noqa: S603
    except FileNotFoundError:
        raise Failure(f"找不到 {command[0]}, 请安装 PostgreSQL 客户端工具。") from None
    if done.returncode != 0:
        reason = (done.stderr.strip().splitlines() or ["原因不明"])[-1]
        raise Failure(f"{command[0]} 没有办成: {reason}")
