"""The sample of pages to read, and what is checked on each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse

from gongkai.assessment.inspection.html import read_page
from gongkai.assessment.inspection.site import Page, Site, host
from gongkai.catalog.models import CatalogEntry, EntryState
from gongkai.kit.dates import CHINA
from gongkai.law.assessment.site_rules import missing_tags
from gongkai.orgs.models import Body

COLUMNS = ("guide", "measures", "catalog", "reports", "requests")
MOST_ENTRIES = 120
MOST_LINKS = 600
# Staff pages and steps of a request are not the public site.
NOT_READ = ("/desk/", "/accounts/", "/static/")


@dataclass(frozen=True, slots=True)
class Found:
    """A finding: which check, where, what."""

    check: str
    place: str
    sentence: str


def sample(body: Body) -> list[list[str]]:
    """[kind, address] of each page to read: home, columns, the newest records and older ones.

    Bounded whatever the size of the catalog: half of the records the newest, half spread evenly
    over the rest by their numbers.
    """
    listed = [["site", _address("home")]]
    listed += [["column", _address(name)] for name in COLUMNS]
    rows = CatalogEntry.objects.filter(body=body, state=EntryState.PUBLISHED)
    newest = list(rows.order_by("-published_on", "-pk").values_list("uuid", flat=True)[:60])
    count = rows.count()
    step = max(count // (MOST_ENTRIES - len(newest) or 1), 1)
    older = list(rows.order_by("pk").values_list("uuid", flat=True)[:count:step])
    chosen = list(dict.fromkeys([*newest, *older]))[:MOST_ENTRIES]
    listed += [["article", _address("record", str(uuid))] for uuid in chosen]
    return [pair for pair in listed if pair[1]]


def _address(name: str, *args: str) -> str:
    try:
        return reverse(f"portal:{name}", args=args)
    except NoReverseMatch:  # a site without the portal
        return ""


def check_page(
    kind: str, address: str, site: Site, answers: dict[str, int], *, has_code: bool = True
) -> Iterator[Found]:
    """Read a page and follow its links once; `answers` remembers what each address gave.

    Without a site code the body is told so once, not on every page.
    """
    page = site.read(address)
    answers[address] = page.status
    if page.status != 200:
        yield Found("dead_link", address, f"页面应答{page.status}，打不开。")
        return
    read = read_page(page.body, address=address, host=host())
    missing = [name for name in missing_tags(kind, read.tags) if has_code or name != "SiteIDCode"]
    if missing:
        yield Found("tags", address, f"缺少页面标签：{'、'.join(missing)}。")
    if kind == "article":
        yield from _true_date(address, read.tags)
    yield from _links(address, read.links, site, answers)


def _links(address: str, links: list[str], site: Site, answers: dict[str, int]) -> Iterator[Found]:
    for link in links:
        if link.startswith(NOT_READ):
            continue
        if link not in answers:
            if len(answers) >= MOST_LINKS:
                continue
            answers[link] = _status(site.read(link))
        if answers[link] >= 400 or not answers[link]:
            what = f"应答{answers[link]}" if answers[link] else "内容是空的"
            yield Found("dead_link", link, f"{address} 上的链接打不开：{what}。")


def _status(page: Page) -> int:
    """The status; 0 for an answer without content (an empty attachment)."""
    return page.status if page.body or page.status != 200 else 0


def _true_date(address: str, tags: dict[str, str]) -> Iterator[Found]:
    """`PubDate` is the moment of publication here, or the carried-over day."""
    uuid = address.strip("/").rsplit("/", 1)[-1]
    entry = CatalogEntry.objects.filter(uuid=uuid).first()
    if entry is None or not tags.get("PubDate"):
        return
    moment = entry.published_at.astimezone(CHINA).strftime("%Y-%m-%d %H:%M")
    told = f"{entry.published_on.isoformat()} 00:00" if entry.carried_from else moment
    if tags["PubDate"] != told:
        said = f"标签PubDate写{tags['PubDate'][:40]}，真实发布时间是{told}。"
        yield Found("forged_date", address, said)
