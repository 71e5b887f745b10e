"""A link of a page, as it stands in the page."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Link:
    """`href` as written; `words` are what a reader clicks on, empty for a picture.

    `where` is `text` for a link in the paper itself (also a file listed as its attachment beside
    it), `main` for one in a list of links inside the main part.
    """

    href: str
    words: str
    where: str
    is_picture: bool = False
