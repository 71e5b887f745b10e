"""Names of the files of a run, and what they say of the file."""

from __future__ import annotations

from gongkai.inventory.models import FileKind
from gongkai.inventory.site import PAGES
from gongkai.text.archives import INSIDE

LONGEST = 300


def kind_of(name: str) -> str:
    """What a file is, by its suffix; an archive that lies in a folder or in another is a parcel."""
    suffix = name.lower().rpartition(".")[2]
    if suffix == "zip":
        return FileKind.PARCEL if "/" in name else FileKind.ARCHIVE
    return FileKind.PAGE if suffix in PAGES else FileKind.PAPER


def clean_name(given: str) -> str:
    """Folders kept with `/`, no control characters, no more than the column holds."""
    plain = "".join(c for c in given.replace("\\", "/") if c.isprintable()).strip("/ ")
    return plain[-LONGEST:] or "未命名文件"


def name_inside(archive: str, path: str) -> str:
    """How a file of an archive is called: `旧文.zip!/2008/通知.doc`."""
    return clean_name(f"{archive}{INSIDE}{path}")
