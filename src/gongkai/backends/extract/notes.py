"""Gathers what a file holds beside its text while it is read."""

from typing import Final

from gongkai.ports import CONCEALED, QUIET, Concealed, Extracted

MOST: Final = 500
"""Single notes of one file; what comes after is put together under its kind."""


class Notes:
    """Concealed things in the order they are met, and sentences about what could not be read."""

    def __init__(self) -> None:
        self._found: list[Concealed] = []
        self._rest: dict[str, list[str]] = {}
        self._unread: dict[str, None] = {}

    def add(self, kind: str, where: str, text: str) -> None:
        """Keep one thing; the same thing twice is kept once."""
        assert kind in CONCEALED, kind
        item = Concealed(kind, where[:200], text.strip())
        if len(self._found) < MOST:
            if item not in self._found[-20:]:
                self._found.append(item)
        elif item.text:
            self._rest.setdefault(kind, []).append(item.text)

    def say(self, kind: str, where: str, text: str) -> None:
        """Keep it if there is text in it."""
        if text.strip():
            self.add(kind, where, text)

    def unread(self, sentence: str) -> None:
        """One part that no program could look through."""
        self._unread.setdefault(sentence)

    def take(self, name: str, inner: Extracted, *, conceal: bool) -> None:
        """What a file inside this one holds; its text too where the outer file conceals it."""
        if conceal:
            self.add("embedded_file", name, _whole(inner))
        for item in inner.concealed:
            self.add(item.kind, f"{name} {item.where}".strip(), item.text)
        for sentence in inner.unread:
            self.unread(f"“{name}”：{sentence}")

    @property
    def concealed(self) -> tuple[Concealed, ...]:
        """For ``Extracted.concealed``."""
        more = (Concealed(kind, "其余", "\n".join(texts)) for kind, texts in self._rest.items())
        return (*self._found, *more)

    @property
    def hidden(self) -> str:
        """For ``Extracted.hidden``: every text but those of quiet kinds."""
        return "\n".join(item.text for item in self.concealed if item.text and loud(item))

    @property
    def sentences(self) -> tuple[str, ...]:
        """For ``Extracted.unread``."""
        return tuple(self._unread)


def loud(item: Concealed) -> bool:
    """Whether a person should be asked about it."""
    return item.kind not in QUIET


def _whole(found: Extracted) -> str:
    """Text and cells of a file on lines."""
    rows = (
        "\t".join("" if value is None else str(value) for value in row.values())
        for table in found.tables
        for row in ({name: name for name in table.columns}, *table.rows)
    )
    return "\n".join(filter(None, (found.title, found.text, *found.header.values(), *rows)))


def whole_text(found: Extracted) -> str:
    """The text; where there is none, cells row by row."""
    return found.text if found.text.strip() else _whole(found)
