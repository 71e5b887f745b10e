"""Elements as plain values, as JSON would have them: children and attributes by their names.

Namespaces are taken off. Children of one name are a list. A text with attributes keeps its place
and has them beside it (``title``, ``title.lang``), so that a path means the same with and without
them. Text with elements in it (XHTML, bold words) is one text. Fields that are named by an
attribute (``<field name="标题">``) are what they are called.
"""

from typing import Any, Final

_XHTML: Final = "http://www.w3.org/1999/xhtml"
_DROPPED: Final = frozenset({"schemaLocation", "noNamespaceSchemaLocation", "nil"})
_NAMED: Final = frozenset(
    {
        "field", "column", "col", "str", "date", "int", "long", "float", "double", "bool", "arr",
        "property", "prop", "param", "data", "value", "attribute", "string", "text", "字段", "列",
    }
)  # fmt: skip
_BLOCKS: Final = frozenset({"p", "div", "br", "li", "tr", "h1", "h2", "h3", "h4", "h5", "h6"})


class Element:
    """One element on its way; ``content`` are its texts and children in their order."""

    __slots__ = ("attributes", "content", "is_page", "name", "prefix", "value")

    def __init__(self, tag: str, attributes: dict[str, str]) -> None:
        prefix, _, self.name = tag.rpartition(":")
        self.prefix = prefix
        self.attributes = _kept(attributes)
        self.content: list[str | Element] = []
        self.is_page = False  # XHTML, of which the text is wanted
        self.value: Any = None


class Values:
    """A handler of events: ``root`` when all is read, ``asides`` are words that no value holds."""

    def __init__(self) -> None:
        self.root: Element | None = None
        self.asides: list[str] = []
        self._open: list[Element] = []
        self._page = 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """Inside of XHTML everything is text."""
        element = Element(tag, attributes)
        if self._page or any(
            value == _XHTML for key, value in attributes.items() if key.startswith("xmlns")
        ):
            self._page += 1
            self.asides += element.attributes.values()
        self._open.append(element)

    def words(self, text: str) -> None:
        """Kept where it stands."""
        if self._open:
            self._open[-1].content.append(text)

    def aside(self, text: str) -> None:
        """Comments are no values."""
        self.asides.append(text)

    def end(self, tag: str) -> None:
        """The element has its value; its content is let go."""
        element = self._open.pop()
        parts = element.content
        if self._page:
            self._page -= 1
            element.attributes, element.is_page = {}, True
            element.value = "".join(p if isinstance(p, str) else _shown(p) for p in parts)
        elif kids := [part for part in parts if isinstance(part, Element)]:
            self._hold(element, kids)
        else:
            element.value = "".join(p for p in parts if isinstance(p, str)).strip() or None
            if element.value is None and element.attributes and not _is_named(element):
                element.value, element.attributes = dict(element.attributes), {}
        element.content = []
        if self._open:
            self._open[-1].content.append(element)
        else:
            self.root = element

    def _hold(self, element: Element, kids: list[Element]) -> None:
        """The value of an element with others in it: one text, or each under its name."""
        parts = element.content
        loose = [part.strip() for part in parts if isinstance(part, str) and part.strip()]
        if all(kid.is_page for kid in kids):
            element.value = "".join(map(_shown, kids)).strip()
        elif 2 * len(loose) >= len(kids):
            self.asides += (value for kid in kids for value in kid.attributes.values())
            element.value = "".join(
                p if isinstance(p, str) else "、".join(texts_of(p.value)) for p in parts
            ).strip()
        else:
            self.asides += loose  # a word that slipped in between fields
            element.value = {**_own(element, kids), **_children(kids)}
            element.attributes = {}


def _kept(attributes: dict[str, str]) -> dict[str, str]:
    kept = {}
    for name, value in attributes.items():
        local = name.rpartition(":")[2]
        if name.partition(":")[0] != "xmlns" and local not in _DROPPED:
            kept[local] = value.strip()
    return kept


def _shown(element: Element) -> str:
    text = str(element.value or "")
    return f"{text}\n" if element.name.lower() in _BLOCKS else text


def _own(element: Element, kids: list[Element]) -> dict[str, Any]:
    names = {kid.name for kid in kids}
    return {(f"@{k}" if k in names else k): value for k, value in element.attributes.items()}


def _children(kids: list[Element]) -> dict[str, Any]:
    if _are_named(kids):
        return {kid.attributes.pop("name"): kid.value for kid in kids}
    prefixes: dict[str, set[str]] = {}
    for kid in kids:
        prefixes.setdefault(kid.name, set()).add(kid.prefix)
    found: dict[str, list[Any]] = {}
    for kid in kids:
        key = kid.name
        if kid.prefix and len(prefixes[key]) > 1:
            key = f"{kid.prefix}:{key}"
        found.setdefault(key, []).append(kid.value)
        for name, value in kid.attributes.items():
            found.setdefault(f"{key}.{name}", []).append(value)
    return {key: values[0] if len(values) == 1 else values for key, values in found.items()}


def _are_named(kids: list[Element]) -> bool:
    """``<field name="bt">…</field>``: the form of database dumps and of Solr."""
    names = {kid.attributes.get("name") for kid in kids}
    return len(names) == len(kids) and all(map(_is_named, kids))


def _is_named(kid: Element) -> bool:
    given = kid.attributes
    return kid.name in _NAMED and bool(given.get("name")) and set(given) <= {"name", "type"}


def texts_of(value: Any) -> list[str]:
    """Every text in a value, in order."""
    if isinstance(value, dict):
        return [text for item in value.values() for text in texts_of(item)]
    if isinstance(value, list):
        return [text for item in value for text in texts_of(item)]
    return [str(value)] if value not in (None, "") else []
