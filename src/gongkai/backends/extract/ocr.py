"""Text of pictures, where the optional extra ``ocr`` (RapidOCR) is installed.

The models come inside the package: nothing is fetched. One page takes some seconds of one core
and about a gigabyte of memory, so pictures are read one after the other, and only so many.
"""

from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

MOST_PAGES: Final = 6
"""Scanned pages read of one file: as many as fit the time a child process has."""
DPI: Final = 150
ABSENT: Final = "没有安装文字识别（可选组件 ocr），请人工查看，或改传由文字处理软件导出的文件。"


def is_there() -> bool:
    """Whether the extra is installed."""
    return find_spec("rapidocr") is not None


@lru_cache(maxsize=1)
def _engine() -> Any:
    import logging

    from rapidocr import RapidOCR

    logging.getLogger("RapidOCR").setLevel(logging.ERROR)
    return RapidOCR(params={"EngineConfig.onnxruntime.intra_op_num_threads": 1,
                            "EngineConfig.onnxruntime.inter_op_num_threads": 1})  # fmt: skip


def read_page(page: Any) -> str:
    """Lines of one page of PDFium, drawn grey at 150 dpi."""
    picture = page.render(scale=DPI / 72, grayscale=True).to_numpy()
    return _lines(_engine()(picture))


def read_picture(path: Path) -> str:
    """Lines of a picture file."""
    return _lines(_engine()(str(path)))


def _lines(said: Any) -> str:
    return "\n".join(said.txts or ()) if said is not None else ""
