"""Keys that are made once and kept in a folder only its owner can read."""

import os
import secrets
from collections.abc import Callable
from pathlib import Path

from gongkai.project.config import ConfigError


def kept_secret(folder: Path, name: str, make: Callable[[], str]) -> str:
    """The secret kept in ``folder/name``; made with ``make()`` the first time.

    Two processes starting at once get the same one: the file appears whole, by a hard link that
    fails when another process was first.
    """
    path = folder / name
    try:
        if not path.exists():
            _write_once(path, make())
        kept = path.read_text(encoding="ascii").strip()
    except OSError as error:
        raise ConfigError(
            f"无法在 {folder} 保存或读取密钥 ({error.strerror}), 请让运行账号可读写该目录。"
        ) from None
    if not kept:
        raise ConfigError(f"密钥文件 {path} 是空的, 请从备份恢复它。")
    return kept


def _write_once(path: Path, value: str) -> None:
    # Each level with its own mode: `parents=True` would make the data folder readable by all.
    path.parent.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    path.parent.mkdir(mode=0o700, exist_ok=True)
    path.parent.chmod(0o700)
    draft = path.with_name(f".{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(handle, "w", encoding="ascii") as stream:
            stream.write(value + "\n")
            stream.flush()
            os.fsync(stream.fileno())
        try:
            os.link(draft, path)
        except FileExistsError:
            return
    finally:
        draft.unlink()


def new_secret_key() -> str:
    """64 URL-safe characters, some 380 bits."""
    return secrets.token_urlsafe(48)


def new_journal_key() -> str:
    """32 random bytes as 64 hexadecimal digits."""
    return secrets.token_hex(32)


def new_personal_key() -> str:
    """32 random bytes as 64 hexadecimal digits: 256 bits for AES-GCM."""
    return secrets.token_hex(32)
