"""Archives: each entry read by its own reader, all within one budget."""

import stat
from pathlib import Path, PurePosixPath
from typing import Final
from zipfile import BadZipFile, ZipFile, ZipInfo
from zlib import error as ZlibError  # noqa: N812 - named after what it is

from gongkai.backends.extract.archive import open_archive
from gongkai.backends.extract.decoding import decode
from gongkai.backends.extract.inside import NOBODY, Room
from gongkai.backends.extract.notes import Notes, whole_text
from gongkai.backends.extract.zip_names import name_of
from gongkai.ports import Extracted, ExtractionError

MOST_ENTRIES: Final = 1_000
LARGEST: Final = 200 * 2**20
_LOCKED = 0x1


class ZipExtractor:
    """``.zip``: names in UTF-8 or GBK; entries that lead outside are refused with the archive."""

    suffixes: tuple[str, ...] = (".zip",)

    def extract(self, path: Path) -> Extracted:
        """Without the door every entry is told as unread."""
        return self.within(path, NOBODY)

    def within(self, path: Path, room: Room) -> Extracted:
        """With the entries, under their names."""
        notes, texts = Notes(), list[str]()
        with open_archive(path) as archive:
            entries = [entry for entry in archive.infolist() if not _is_folder(entry)]
            if not entries:
                raise ExtractionError(f"“{path.name}”里没有文件，请核对压缩包。")
            if len(entries) > MOST_ENTRIES:
                raise ExtractionError(f"“{path.name}”里超过{MOST_ENTRIES}个文件，请拆分后再传。")
            for entry in entries:
                _refuse_outside(entry)
            if archive.comment:
                notes.say("metadata", "压缩包注释", decode(archive.comment)[0])
            warnings = [
                said for entry in entries for said in _take(archive, entry, texts, notes, room)
            ]
        return Extracted(
            text="\n\n".join(texts),
            hidden=notes.hidden,
            warnings=tuple(warnings[:50]),
            concealed=notes.concealed,
            unread=notes.sentences,
        )


def _take(
    archive: ZipFile, entry: ZipInfo, texts: list[str], notes: Notes, room: Room
) -> list[str]:
    """One entry; gives its warnings."""
    name = name_of(entry)
    if entry.flag_bits & _LOCKED:
        notes.unread(f"“{name}”设有密码，没有读，请去掉密码再传。")
        return []
    if entry.file_size > LARGEST:
        notes.unread(f"“{name}”太大，没有读，请解开后另传。")
        return []
    try:
        inner = room.read(name, archive.read(entry))
    except ExtractionError as error:
        notes.unread(str(error))
        return []
    except (BadZipFile, ZlibError, RuntimeError, NotImplementedError, EOFError, OSError):
        notes.unread(f"“{name}”在压缩包里已损坏，没有读，请重新打包。")
        return []
    notes.take(name, inner, conceal=False)
    texts.append(f"〔文件：{name}〕\n{whole_text(inner)}")
    return [f"“{name}”：{warning}" for warning in inner.warnings]


def _is_folder(entry: ZipInfo) -> bool:
    return entry.is_dir() and entry.file_size == 0


def _refuse_outside(entry: ZipInfo) -> None:
    """Nothing is ever unpacked here by its name, but readers of the published file would."""
    name = name_of(entry).replace("\\", "/")
    path = PurePosixPath(name)
    if path.is_absolute() or ".." in path.parts or name[1:2] == ":" or "\0" in name:
        raise ExtractionError(f"压缩包里的“{name[:80]}”指到了压缩包以外，请重新打包再传。")
    if stat.S_ISLNK(entry.external_attr >> 16):
        raise ExtractionError(f"压缩包里的“{name[:80]}”是链接而不是文件，请重新打包再传。")
