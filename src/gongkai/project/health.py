"""What ``gongkai doctor`` looks at: is this machine fit to run the product, and is it safe?"""

import os
import shutil
import sqlite3
import stat
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from gongkai.project.config import FILE_VARIABLE, Config, settings_table, unknown_variables
from gongkai.project.safety import dangers

LEAST_FREE_BYTES = 1024**3
OLDEST_SQLITE = (3, 37)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at. ``ok`` False makes the command exit with 1."""

    what: str
    ok: bool
    sentence: str


def examine(config: Config) -> list[Finding]:
    """All findings; needs Django set up for the database part."""
    looks: tuple[Callable[[Config], Iterator[Finding]], ...] = (
        _programs, _safety, _folder, _database, _migrations,
    )  # fmt: skip
    return [finding for look in looks for finding in look(config)]


def _programs(_config: Config) -> Iterator[Finding]:
    version = ".".join(map(str, sys.version_info[:3]))
    yield Finding("Python", sys.version_info >= (3, 11), f"{version} (须 3.11 或更新)")
    sqlite = sqlite3.sqlite_version
    yield Finding("SQLite", sqlite3.sqlite_version_info >= OLDEST_SQLITE, f"{sqlite} (须 3.37)")
    office = shutil.which("soffice")
    yield Finding("LibreOffice", True, office or "未安装: 读不了 DOC、WPS 等旧格式, 其余不受影响")


def _safety(config: Config) -> Iterator[Finding]:
    found = dangers(config)
    yield Finding("安全设置", not found, " ".join(found) or f"运行方式 {config.mode}, 没有发现问题")
    named = os.environ.get(FILE_VARIABLE)
    if named and _others_may(Path(named)):
        yield Finding("配置文件", False, f"{named} 别的账号也能读, 请改为只有本账号可读")
    unknown = unknown_variables()
    if unknown:
        yield Finding("环境变量", False, f"不认识 {'、'.join(unknown)}, 请核对写法")


def _folder(config: Config) -> Iterator[Finding]:
    data = config.data
    if not data.is_dir():
        yield Finding("数据目录", False, f"{data} 不存在, 请运行 gongkai setup")
        return
    yield Finding("数据目录", os.access(data, os.W_OK), f"{data} 须可写")
    free = shutil.disk_usage(data).free
    yield Finding("磁盘", free >= LEAST_FREE_BYTES, f"剩余 {free // 1024**2} MiB (须 1024 以上)")
    if config.secrets.is_dir():
        opened = [p.name for p in (config.secrets, *config.secrets.iterdir()) if _others_may(p)]
        sentence = f"请改为只有本账号可读: {'、'.join(opened)}" if opened else "只有本账号可读"
        yield Finding("密钥", not opened, sentence)


def _others_may(path: Path) -> bool:
    return bool(path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO))


def _database(_config: Config) -> Iterator[Finding]:
    from django.db import DatabaseError, connection

    try:
        with connection.cursor() as cursor:
            if connection.vendor != "sqlite":
                cursor.execute("SHOW server_version")
                yield Finding("数据库", True, f"PostgreSQL {cursor.fetchone()[0]}")
                return
            cursor.execute("PRAGMA journal_mode")
            mode = cursor.fetchone()[0]
            cursor.execute("PRAGMA quick_check(1)")
            whole = cursor.fetchone()[0]
    except DatabaseError as error:
        yield Finding("数据库", False, f"连不上: {error}".strip())
        return
    yield Finding(
        "数据库", mode == "wal" and whole == "ok", f"SQLite, 日志方式 {mode}, 检查 {whole}"
    )


def _migrations(_config: Config) -> Iterator[Finding]:
    from django.db import DatabaseError, connection
    from django.db.migrations.executor import MigrationExecutor

    try:
        executor = MigrationExecutor(connection)
        waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError:
        return
    sentence = f"有 {len(waiting)} 步未做, 请运行 gongkai setup" if waiting else "已是本版本"
    yield Finding("表结构", not waiting, sentence)


def settings_in_force(config: Config) -> dict[str, str]:
    """Variable → value as text; what is secret only as set or not."""
    found = {}
    for row in settings_table():
        value = getattr(config, row.name)
        if row.secret:
            found[row.variable] = "已设置" if value else "未设置"
        else:
            found[row.variable] = ",".join(value) if isinstance(value, tuple) else str(value)
    return found
