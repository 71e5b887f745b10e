"""Entries of a ZIP written out one after another, each under a number and never under its name."""

import errno
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import Final
from zipfile import BadZipFile, ZipFile, ZipInfo
from zlib import error as ZlibError  # noqa: N812 - named after what it is

from gongkai.backends.extract.sniff import kind_of
from gongkai.backends.extract.zip_names import name_of
from gongkai.ports import ExtractionError
from gongkai.text.archives import Entry, Piece, Unpacked, UnpackLimits, is_left_out, safe_path

MOST_PLACES: Final = 200_000
"""Entries of any kind; more are not even counted."""
SMALL: Final = 2**20
"""Below this nothing is a bomb, however well it was packed."""
NO_ROOM: Final = frozenset({errno.ENOSPC, errno.EDQUOT})
"""What a full disk says: a fault of the machine, never one of the file."""
_DAMAGED: Final = "压缩包里的这个文件已损坏，没有录入。请重新打包再导入。"
_LOCKED: Final = 0x1
_STEP: Final = 2**20


def unpack(path: Path, name: str, folder: Path, piece: Piece, limits: UnpackLimits) -> Unpacked:
    """The entries of the piece, as files `0`, `1`, … of the folder; `name` stands in sentences."""
    if kind_of(path) != "zip":
        return Unpacked(is_archive=False)
    with _opened(path, name) as archive:
        places = archive.infolist()
        if len(places) > MOST_PLACES:
            raise ExtractionError(_too_many(name, len(places), MOST_PLACES))
        wanted = [(n, e) for n, e in enumerate(places) if not _is_left_out(e)]
        _refuse_bomb(name, path.stat().st_size, [e for _, e in wanted], limits)
        entries = tuple(_piece(archive, wanted, folder, piece, limits))
    last = wanted[-1][0] if wanted else -1
    done = entries[-1].place if entries else last
    return Unpacked(
        entries=entries,
        next=len(places) if done >= last else done + 1,
        places=len(places),
        files=len(wanted),
        bytes=sum(entry.file_size for _, entry in wanted if not _refusal(entry, limits)),
        left_out=len(places) - len(wanted),
    )


def _opened(path: Path, name: str) -> ZipFile:
    try:
        return ZipFile(path)
    except (BadZipFile, OSError, ValueError, NotImplementedError) as error:
        said = f"“{name}”不是完整的压缩包，可能已损坏，请重新打包再导入。"
        raise ExtractionError(said) from error


def _is_left_out(entry: ZipInfo) -> bool:
    """Folders, and what systems put beside the files."""
    name = name_of(entry)
    is_folder = name.endswith(("/", "\\")) and entry.file_size == 0
    return is_folder or is_left_out(name)


def _refuse_bomb(name: str, packed: int, wanted: list[ZipInfo], limits: UnpackLimits) -> None:
    """What it says of itself is enough: no entry can give more than it says."""
    if not wanted:
        said = f"“{name}”里没有文件（只有文件夹或系统文件），请核对压缩包。"
        raise ExtractionError(said)
    if len(wanted) > limits.files:
        raise ExtractionError(_too_many(name, len(wanted), limits.files))
    size = sum(entry.file_size for entry in wanted if not _refusal(entry, limits))
    if size > limits.bytes:
        raise ExtractionError(
            f"“{name}”展开后有{_mb(size)}MB，超过还能展开的{_mb(limits.bytes)}MB，"
            "没有展开。请拆成几个压缩包再导入。"
        )
    if size > SMALL and size > packed * limits.ratio:
        raise ExtractionError(
            f"“{name}”展开后是压缩包的{size // packed}倍，不像正常的文件，没有展开。"
            "请解开核对后再导入。"
        )


def _too_many(name: str, count: int, most: int) -> str:
    return f"“{name}”里有{count}个文件，超过还能展开的{most}个，没有展开。请拆成几个压缩包再导入。"


def _mb(size: int) -> int:
    return -(-size // 2**20)


def _piece(
    archive: ZipFile,
    wanted: list[tuple[int, ZipInfo]],
    folder: Path,
    piece: Piece,
    limits: UnpackLimits,
) -> Iterator[Entry]:
    given = size = 0
    for place, entry in wanted:
        if place < piece.first:
            continue
        refusal = _refusal(entry, limits)
        more = 0 if refusal else entry.file_size
        if given and (given >= piece.files or size + more > piece.bytes):
            return
        given, size = given + 1, size + more
        name = safe_path(name_of(entry))
        if refusal or piece.bare:
            yield Entry(place, name, refusal=refusal)
        else:
            yield _written(archive, entry, Entry(place, name, at=folder / str(given)))


def _refusal(entry: ZipInfo, limits: UnpackLimits) -> str:
    """Why this entry is not unpacked, as far as the list of contents tells."""
    if entry.flag_bits & _LOCKED:
        return "压缩包里的这个文件设有密码，没有录入。请去掉密码重新打包再导入。"
    if stat.S_IFMT(entry.external_attr >> 16) not in (0, stat.S_IFREG):
        return "压缩包里的这一项是链接，不是文件，没有录入。请把它指向的文件放进来。"
    if entry.file_size > limits.entry_bytes:
        most = limits.entry_bytes // 2**20
        return f"这个文件有{_mb(entry.file_size)}MB，超过{most}MB，没有录入。请分成几个文件再导入。"
    if entry.file_size > SMALL and entry.file_size > entry.compress_size * limits.ratio:
        return "这个文件展开后大得不正常，没有展开，也没有录入。请解开核对后再导入。"
    return ""


def _written(archive: ZipFile, entry: ZipInfo, made: Entry) -> Entry:
    """Written out piece by piece; an entry that cannot be read is told and holds up none."""
    assert made.at is not None
    try:
        with archive.open(entry) as source, made.at.open("wb") as target:
            while part := source.read(_STEP):
                target.write(part)
    except OSError as error:
        if error.errno in NO_ROOM:  # nothing is wrong with the file
            raise
        said = _DAMAGED
    except NotImplementedError:
        said = "压缩包里的这个文件用了程序不认识的压缩办法，没有录入。请改用普通 ZIP 重新打包。"
    except (BadZipFile, ZlibError, RuntimeError, EOFError, ValueError, MemoryError):
        said = _DAMAGED
    except Exception as error:  # lzma and others have errors of their own
        said = f"压缩包里的这个文件读不出（{type(error).__name__}），没有录入。请重新打包再导入。"
    else:
        return made
    made.at.unlink(missing_ok=True)
    return Entry(made.place, made.name, refusal=said)
