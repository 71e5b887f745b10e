"""What a page says of itself and where it leads: its meta tags and its own links."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

MOST_LINKS = 500


@dataclass(slots=True)
class Read:
    """Meta tags by name; links of the own site without fragment; how many lead elsewhere."""

    tags: dict[str, str] = field(default_factory=dict)
    links: list[str] = field(default_factory=list)
    elsewhere: int = 0


class _Reader(HTMLParser):
    def __init__(self, address: str, host: str) -> None:
        super().__init__(convert_charrefs=True)
        self.address, self.host, self.read = address, host, Read()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "meta" and given.get("name"):
            self.read.tags.setdefault(given["name"], given.get("content", ""))
        elif tag == "a" and given.get("href") and "nofollow" not in given.get("rel", ""):
            self._link(given["href"].strip())

    def _link(self, href: str) -> None:
        try:
            parts = urlsplit(urljoin(f"http://{self.host}{self.address}", href))
        except ValueError:
            return
        if parts.scheme not in ("http", "https"):
            return
        if parts.netloc != self.host:
            self.read.elsewhere += 1
            return
        place = f"{parts.path}?{parts.query}" if parts.query else parts.path
        if len(self.read.links) < MOST_LINKS and place not in self.read.links:
            self.read.links.append(place)


def read_page(body: bytes, *, address: str, host: str) -> Read:
    """Read a page; broken HTML gives what could be read of it."""
    reader = _Reader(address, host)
    reader.feed(body.decode("utf-8", "replace"))
    return reader.read
