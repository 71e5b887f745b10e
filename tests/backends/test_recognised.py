"""Words that are recognised in pictures and scans are offered and boxed."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from PIL import Image

from gongkai.backends.redact import ocr
from gongkai.backends.redact.pdf import PdfRedactor
from gongkai.backends.redact.picture import PictureRedactor
from gongkai.ports import RedactionError
from gongkai.text.redaction import Mark
from tests import redaction_samples as samples
from tests.leaks import flat, leaks

BLACK = (0, 0, 0)


def text_of(content: bytes) -> str:
    return flat("".join(p.get_textpage().get_text_range() for p in pypdfium2.PdfDocument(content)))


def test_words_recognised_in_a_picture_are_boxed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A recogniser of ours stands in: black boxes hide from it what lies under them."""
    paper = {
        "联系人：陈皓然，电话13912345678": (20, 10, 380, 30),
        "抄送：陈皓然": (20, 60, 140, 80),
    }

    def seen(picture: Image.Image) -> list[ocr.Seen]:
        lines = []
        for text, (left, top, right, bottom) in paper.items():
            step = (right - left) / len(text)
            middles = [
                (int(left + step * (n + 0.5)), (top + bottom) // 2) for n in range(len(text))
            ]
            shown = [
                c for c, at in zip(text, middles, strict=True) if picture.getpixel(at) != BLACK
            ]
            lines.append(ocr.Seen("".join(shown), (left, top, right, bottom)))
        return lines

    monkeypatch.setattr(ocr, "is_there", lambda: True)
    monkeypatch.setattr(ocr, "seen", seen)
    path = tmp_path / "照片.png"
    Image.new("RGB", (400, 100), "white").save(path)
    look = PictureRedactor().look(path)
    assert "陈皓然" in look.sheets[0].text and "错认" in look.warnings[0]
    (places,) = PictureRedactor().find(path, ["陈皓然"])
    assert [place.before for place in places] == ["联系人：", "皓然，电话13912345678抄送："[-16:]]
    copy = PictureRedactor().redact(path, [Mark(words="陈皓然"), Mark(words="139 1234 5678")])
    assert copy.places == (2, 1) and copy.checks[-1].name == "ocr"
    one = PictureRedactor().redact(path, [Mark(words="陈皓然", only=(2,))])
    left = seen(Image.open(BytesIO(one.content)).convert("RGB"))
    assert "陈皓然" in left[0].text and "陈皓然" not in left[1].text and "抄送" in left[1].text
    with pytest.raises(RedactionError, match="没有认出"):
        PictureRedactor().redact(path, [Mark(words="没有的字")])
    monkeypatch.setattr(ocr, "_MORE", -2)  # boxes too narrow: the words are still to be read
    with pytest.raises(RedactionError, match=r"还认得出|框太小"):
        PictureRedactor().redact(path, [Mark(words="陈皓然")])


def test_words_on_a_scanned_page_are_boxed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One page printed, one scanned; the recogniser of ours says where the name is."""
    paper, content = samples.made("reportlab_cid", 1)[0]
    path = tmp_path / "件.pdf"
    with pikepdf.open(BytesIO(content)) as pdf:
        pdf.add_blank_page(page_size=(595, 842))
        pdf.save(path)
    line = ocr.Seen(f"承办人{paper.name}签字", (200, 400, 600, 440))
    monkeypatch.setattr(ocr, "is_there", lambda: True)
    monkeypatch.setattr(ocr, "seen", lambda _picture: [line])
    printed = text_of(content).count(paper.name)
    look = PdfRedactor().look(path)
    assert look.sheets[1].text == line.text and "错认" in look.warnings[0]
    (places,) = PdfRedactor().find(path, [paper.name])
    assert [place.page for place in places] == [1] * printed + [2]
    every = PdfRedactor().redact(path, [Mark(words=paper.name)])
    assert every.places == (printed + 1,)
    assert leaks(every.content, [paper.name]) == []
    page = pypdfium2.PdfDocument(every.content)[1].render(scale=150 / 72).to_pil().convert("L")
    # 400 pixels for nine characters: the name begins at the fourth.
    assert page.getpixel((200 + 400 // 9 * 4, 420)) < 60 < page.getpixel((210, 420))
    for only, left in (
        ((1,), printed - 1),
        ((1, printed + 1), printed - 1),
        ((printed + 1,), printed),
    ):
        some = PdfRedactor().redact(path, [Mark(words=paper.name, only=only)])
        assert some.places == (len(only),) and text_of(some.content).count(paper.name) == left
    with pytest.raises(RedactionError, match="只有"):
        PdfRedactor().redact(path, [Mark(words=paper.name, only=(printed + 2,))])
