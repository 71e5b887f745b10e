"""A static copy of an old site: where its links lead, which pages only list others. Pure.

Names are those of the files of a run (`旧网站/www.example.gov.cn/zwgk/t1.htm`,
`旧站.zip!/zwgk/t1.htm`); hrefs are as the pages write them.
"""

from __future__ import annotations

import posixpath
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import unquote_to_bytes, urljoin, urlsplit

from gongkai.text.links import Link


def _words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


FILES = _words(
    "pdf ofd doc docx docm wps rtf xls xlsx xlsm et csv ppt pptx pps dps odt ods odp zip rar 7z txt"
    " tif tiff jpg jpeg png gif bmp eml ceb"
)
PAGES = _words("html htm shtml xhtml")
PICTURES = _words("jpg jpeg png gif bmp webp tif tiff")
# What a page is dressed in: never information.
DRESS = _words("css js map ico svg swf woff woff2 ttf otf eot cur less scss htc xsl")
_DRESS_FOLDERS = _words(
    "images image img imgs skin skins css style styles js script scripts theme themes template"
    " templates static assets icons icon flash"
)
# Smaller pictures are lines, buttons and icons; a scan is larger.
SMALL_PICTURE = 20 * 1024
MOST_LINKS, MOST_NAMES, DEEPEST = 60, 16, 8
_HOST = re.compile(
    r"(?:[a-z0-9-]+\.)+(?:gov|com|org|net|edu|cn)(?:\.[a-z]{2})?(?:[:_+]\d{2,5})?", re.IGNORECASE
)
_OTHER_SCHEMES = re.compile(r"(?!https?:)[a-z][a-z0-9+.-]+:", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Linked:
    """A file that a page links to: the names it may have in the run, the likeliest first.

    `host` is set where it lies on another site: then the copy need not have it.
    """

    words: str
    last: str
    names: tuple[str, ...]
    host: str = ""
    is_picture: bool = False


def key_of(name: str) -> str:
    """A name without case, percent signs and ways to write an accent: how files are found."""
    return unicodedata.normalize("NFC", _decoded(name)).lower()[:300]


def _decoded(text: str) -> str:
    """Percent-encoded bytes as the text they most likely are."""
    return _readings(text)[0]


def _readings(text: str) -> list[str]:
    """What percent-encoded bytes may mean, the likelier first: 通知 in GBK is UTF-8 of nothing."""
    return _of_bytes(unquote_to_bytes(text)) or [text] if "%" in text else [text]


def name_of_bytes(raw: bytes) -> str:
    """A name on a disk of another system, in UTF-8 or GB 18030; what is neither is marked."""
    found = _of_bytes(raw)
    return found[0] if found else raw.decode("gb18030", "replace")


def _of_bytes(raw: bytes) -> list[str]:
    found = []
    for codec in ("utf-8", "gb18030"):
        try:
            found.append(raw.decode(codec))
        except UnicodeDecodeError:
            continue
    if len(found) == 2 and not _is_written(found[0]) and _is_written(found[1]):
        found.reverse()
    return list(dict.fromkeys(found))


def _is_written(text: str) -> bool:
    """Letters that file names here have, beyond ASCII: Chinese ones and their marks."""
    return all(char < "\x80" or "\u3000" <= char <= "\uffef" or char in "·—“”‘’…" for char in text)


def suffix_of(name: str) -> str:
    """Lower case, without the dot."""
    last = name.rpartition("/")[2]
    return last.rpartition(".")[2].lower() if "." in last else ""


def is_dress(name: str, size: int) -> bool:
    """Whether a file of a copy only dresses its pages: style, script, small or framing picture."""
    suffix = suffix_of(name)
    if suffix not in PICTURES:
        return suffix in DRESS
    folders = {part.lower() for part in name.split("/")[:-1]}
    return size < SMALL_PICTURE or bool(folders & _DRESS_FOLDERS)


def address_of(name: str, meta: Mapping[str, str]) -> str:
    """The page's old address: as it says itself, else from a folder named like a host; or ""."""
    lower = {tag.lower(): value.strip() for tag, value in meta.items()}
    for tag in ("canonical", "url", "og:url", "saved_from"):
        if _is_web(lower.get(tag, "")):
            return lower[tag][:500]
    if _is_web(lower.get("base", "")):
        return urljoin(lower["base"], name.rpartition("/")[2])[:500]
    host, path = _host_in(name)
    return f"http://{host}/{path}"[:500] if host else ""


def host_of(address: str) -> str:
    """The host of an address; "" for none."""
    return urlsplit(address).netloc.lower()


def _is_web(address: str) -> bool:
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.netloc)


def _host_in(name: str) -> tuple[str, str]:
    """The nearest folder that is named like a host, and the path below it."""
    parts = name.split("/")
    for at in range(len(parts) - 2, -1, -1):
        if _HOST.fullmatch(parts[at]):
            return parts[at].lower(), "/".join(parts[at + 1 :])
    return "", ""


def files_of(name: str, links: Sequence[Link], meta: Mapping[str, str]) -> list[Linked]:
    """The files that the paper itself links to, each once; a picture counts where it is shown."""
    found: dict[tuple[str, ...], Linked] = {}
    for link in links:
        if link.is_picture and link.where != "text":
            continue
        linked = _linked(name, link, meta)
        if linked is not None and linked.names not in found:
            found[linked.names] = linked
        if len(found) == MOST_LINKS:
            break
    return list(found.values())


def _linked(name: str, link: Link, meta: Mapping[str, str]) -> Linked | None:
    href = link.href.replace("\\", "/").replace("\n", "").partition("#")[0].strip()
    if not href or _OTHER_SCHEMES.match(href):
        return None
    base = {tag.lower(): value for tag, value in meta.items()}.get("base", "")
    try:
        given = urlsplit(href)
        based = urlsplit(urljoin(base, href)) if base and not given.netloc else given
    except ValueError:
        return None
    last = _decoded(given.path).rpartition("/")[2]
    if suffix_of(last) not in (PICTURES if link.is_picture else FILES):
        return None
    own = _host_in(name)[0] or urlsplit(address_of(name, meta)).netloc.lower()
    names = [*_names(name, based.netloc, based.path)]
    if based is not given:
        names += _names(name, given.netloc, given.path)
    far = based.netloc.lower()
    if not far or not own or _bare(far) == _bare(own):
        far = ""
    elif based.netloc:
        names = [one for one in names if f"/{far}/" in f"/{one.lower()}"]
    clean = tuple(dict.fromkeys(names))[:MOST_NAMES]
    return Linked(link.words, last, clean, host=far, is_picture=link.is_picture)


def _bare(host: str) -> str:
    return re.sub(r"[:_+]\d+$", "", host.lower()).removeprefix("www.")


def _names(page: str, host: str, path: str) -> Iterator[str]:
    """Names a path may have in the run, seen from the page."""
    for read in _readings(path):
        yield from _places(page.split("/")[:-1], host, read)


def _places(folders: list[str], host: str, path: str) -> Iterator[str]:
    if not host and not path.startswith("/"):
        near = posixpath.normpath("/".join([*folders, path]))
        if not near.startswith(".."):
            yield near
        # A page that was copied without its folders: the file may lie beside it.
        yield "/".join([*folders, path.rpartition("/")[2]])
        return
    path = posixpath.normpath("/" + path.lstrip("/"))
    roots = ["/".join(folders[:depth]) for depth in range(len(folders) + 1)][:DEEPEST]
    if host:
        for root in roots:
            yield f"{root}/{host.lower()}{path}".lstrip("/")
    nearest = [n for n, part in enumerate(folders, 1) if _HOST.fullmatch(part)]
    for depth in (*nearest[::-1], *range(len(roots))):
        yield f"{'/'.join(folders[:depth])}{path}".lstrip("/")
