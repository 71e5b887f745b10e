"""A PDF written anew with nothing in it but its pages and what they draw."""

from collections.abc import Iterator
from contextlib import suppress
from io import BytesIO
from pathlib import Path
from typing import Any, Final

import pikepdf
from pikepdf import Name

from gongkai.ports import RedactionError

_INHERITED: Final = ("/Resources", "/MediaBox", "/CropBox", "/Rotate")
_PAGE_KEYS: Final = frozenset({"/Type", "/Parent", "/Contents", "/Group", "/UserUnit", *_INHERITED})
_PRIVATE: Final = (
    "/Metadata", "/PieceInfo", "/StructParent", "/StructParents", "/LastModified", "/AA", "/OPI",
    "/Ref", "/Alternates", "/Measure", "/PtData", "/OC", "/AF", "/Properties",
)  # fmt: skip
# Annotations that are no part of the page as printed.
_NOTES: Final = ("/Link", "/Popup", "/Text", "/FileAttachment", "/Redact", "/Sound", "/Movie")


def prepared(path: Path) -> bytes:
    """The file with filled fields and stamps drawn into the pages, notes and links gone."""
    with path.open("rb") as source:
        return prepared_bytes(source, path.name)


def prepared_bytes(source: Any, name: str = "PDF") -> bytes:
    """The same of an open file."""
    try:
        with pikepdf.open(source) as pdf:
            for page in pdf.pages:
                _drop_notes(page.obj)
            with suppress(pikepdf.PdfError, RuntimeError):
                pdf.generate_appearance_streams()
            with suppress(pikepdf.PdfError, RuntimeError):
                pdf.flatten_annotations("screen")
            held = BytesIO()
            pdf.save(held)
            return held.getvalue()
    except pikepdf.PasswordError as error:
        raise RedactionError(f"“{name}”设有密码，请去掉密码再上传。") from error
    except pikepdf.PdfError as error:
        raise RedactionError(f"“{name}”打不开，可能已损坏，请另存一份再上传。") from error


def _drop_notes(page: Any) -> None:
    rows = page.get("/Annots")
    if rows is None:
        return
    kept = [row for row in rows if str(row.get("/Subtype")) not in _NOTES]
    page.Annots = pikepdf.Array(kept)


def hides_layers(pdf: Any) -> bool:
    """Whether a layer is switched off: then only a picture shows what a reader sees."""
    layers = pdf.Root.get("/OCProperties")
    if layers is None:
        return False
    shown = layers.get("/D", pikepdf.Dictionary())
    return str(shown.get("/BaseState", "/ON")) != "/ON" or len(shown.get("/OFF", [])) > 0


def inherit(page: Any) -> None:
    """Give the page itself what it has from the tree above."""
    for key in _INHERITED:
        above, depth = page, 0
        while key not in above and "/Parent" in above and depth < 50:
            above, depth = above["/Parent"], depth + 1
        if key not in page and key in above:
            page[key] = above[key]


def rewritten(pdf: Any) -> bytes:
    """The pages alone, in a new file."""
    new = pikepdf.new()
    for page in pdf.pages:
        inherit(page.obj)
        for key in list(page.obj.keys()):
            if key not in _PAGE_KEYS:
                del page.obj[key]
    new.pages.extend(pdf.pages)
    new.remove_unreferenced_resources()
    for row in _dictionaries(new):
        for key in _PRIVATE:
            if key in row:
                del row[key]
    held = BytesIO()
    new.save(
        held,
        compress_streams=True,
        object_stream_mode=pikepdf.ObjectStreamMode.generate,
        deterministic_id=True,
    )
    return held.getvalue()


def _dictionaries(pdf: Any) -> Iterator[Any]:
    for row in pdf.objects:
        if isinstance(row, pikepdf.Stream):
            if row.get("/Filter") == Name.DCTDecode:
                _strip_picture(row)
            yield row
            resources = row.get("/Resources")
            if isinstance(resources, pikepdf.Dictionary):
                yield resources
        elif isinstance(row, pikepdf.Dictionary):
            yield row
            resources = row.get("/Resources")
            if isinstance(resources, pikepdf.Dictionary):
                yield resources


def _strip_picture(row: Any) -> None:
    """A JPEG without what cameras and programs wrote into it."""
    stripped = without_notes(row.read_raw_bytes())
    parameters = row.get("/DecodeParms")
    row.write(stripped, filter=Name.DCTDecode, decode_parms=parameters)


def without_notes(jpeg: bytes) -> bytes:
    """A JPEG without its comment and application segments (but those that tell its colours)."""
    if jpeg[:2] != b"\xff\xd8":
        return jpeg
    kept, at = bytearray(b"\xff\xd8"), 2
    while at + 4 <= len(jpeg) and jpeg[at] == 0xFF:
        kind = jpeg[at + 1]
        size = int.from_bytes(jpeg[at + 2 : at + 4], "big")
        if kind == 0xDA:
            break
        if not (kind == 0xFE or 0xE1 <= kind <= 0xED or kind == 0xEF):
            kept += jpeg[at : at + 2 + size]
        at += 2 + size
    end = jpeg.rfind(b"\xff\xd9")
    return bytes(kept + jpeg[at : end + 2 if end > at else len(jpeg)])
