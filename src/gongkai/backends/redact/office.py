"""PDF made of an office file by LibreOffice, where it is installed."""

import os
import resource
import shutil
import subprocess
import tempfile
from functools import cache
from pathlib import Path
from typing import Final

from gongkai.ports import RedactionError

_PROGRAMS: Final = ("soffice", "libreoffice")
_SECONDS: Final = 120


@cache
def program() -> str | None:
    """Where the program lies, or None."""
    return next((found for name in _PROGRAMS if (found := shutil.which(name))), None)


def to_pdf(content: bytes, suffix: str) -> bytes:
    """Convert in a folder and a profile of its own, both removed afterwards."""
    found = program()
    if found is None:
        raise RedactionError("服务器上没有装LibreOffice，不能转成PDF。请先转成PDF再上传。")
    with tempfile.TemporaryDirectory(prefix="gongkai-") as folder:
        source = Path(folder) / f"paper{suffix}"
        source.write_bytes(content)
        command = [
            found,
            f"-env:UserInstallation=file://{folder}/profile",
            "--headless",
            "--norestore",
            "--convert-to",
            "pdf",
            "--outdir",
            folder,
            str(source),
        ]
        try:
            subprocess.run(  # noqa: S603 - a fixed program on a file of our own name, no shell
                command,
                check=True,
                timeout=_SECONDS,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                env={"PATH": os.environ.get("PATH", ""), "HOME": folder, "LANG": "C.UTF-8"},
                preexec_fn=_lift_memory,
            )
            return source.with_suffix(".pdf").read_bytes()
        except (subprocess.SubprocessError, OSError) as error:
            raise RedactionError("转成PDF没有成功，请用文字处理软件另存为PDF再上传。") from error


def _lift_memory() -> None:
    """The office program maps more memory than it uses; processor time stays limited."""
    _, most = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (most, most))
