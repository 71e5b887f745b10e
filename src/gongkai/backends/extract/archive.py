"""Zip containers of office files, checked before anything is unpacked."""

from pathlib import Path
from typing import Final
from zipfile import BadZipFile, ZipFile

from gongkai.ports import ExtractionError

MOST_BYTES: Final = 512 * 2**20
MOST_PARTS: Final = 20_000
_LOCKED: Final = 1


def open_archive(path: Path) -> ZipFile:
    """The open container; one that would unpack to too much is refused."""
    try:
        archive = ZipFile(path)
    except (BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise ExtractionError(
            f"“{path.name}”不是完整的文件，可能已损坏或加密，请另存一份再导入。"
        ) from error
    parts = archive.infolist()
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_BYTES:
        archive.close()
        raise ExtractionError(f"“{path.name}”展开后太大，请拆分文件再导入。")
    return archive


def checked_archive(path: Path) -> ZipFile:
    """The container of an office file: no part locked, none twice (programs would differ)."""
    archive = open_archive(path)
    parts = archive.infolist()
    if any(part.flag_bits & _LOCKED for part in parts):
        archive.close()
        raise ExtractionError(f"“{path.name}”设有密码，请去掉密码再上传。")
    if len({part.filename.lower() for part in parts}) < len(parts):
        archive.close()
        raise ExtractionError(f"“{path.name}”里有重名的部分，请用原来的软件另存一份再导入。")
    return archive
