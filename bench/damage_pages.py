"""Pages with links hidden in them: found by their hosts; sound pages of offices left in peace."""

from __future__ import annotations

import random
import tempfile
from collections.abc import Iterator
from pathlib import Path

from bench.damage_parts import BRANDS, Score, paragraphs
from gongkai.backends.extract.html import HtmlExtractor
from gongkai.inventory.reading import paper
from gongkai.text.finding import Finding

WORDS = ("体育", "投注平台", "在线观看", "官网", "手机版", "x")
# {a} is the link, {h} its address, {n} a name of a class or an id.
WAYS = (
    '<div style="display:none">{a}</div>',
    '<div style="position:absolute;left:-9999px;top:0">{a}{a}</div>',
    '<span style="font-size:0px;">{a}</span>',
    '<div style="height:1px;width:1px;overflow:hidden">{a}</div>',
    '<p style="text-indent:-9999px">{a}</p>',
    "<div hidden>{a}</div>",
    '<a href="{h}" style="color:#ffffff">更多</a>',
    '<a href="{h}" style="font-size:1px">更多</a>',
    "<style>.{n}{{display:none}}</style><ul class='list {n}'><li>{a}</li></ul>",
    "<style>#{n},.none{{position:absolute;top:-2000px}}</style><div id='{n}'>{a}</div>",
    '<div id="{n}">{a}</div><script>document.getElementById("{n}").style.display="none";</script>',
    "<script>document.write('<a href=\"{h}\">更多</a>');</script>",
    "<script>if(document.referrer.indexOf('baidu')>0)window.location.href='{h}';</script>",
    '<iframe src="{h}" width="0" height="0" frameborder="0"></iframe>',
    '<meta http-equiv="refresh" content="3;url={h}">',
)
MENUS = (
    '<ul style="display:none"><li><a href="/xxgk/">信息公开</a></li></ul>',
    '<div style="display:none"><a href="https://weibo.com/yunling">官方微博</a></div>',
    '<div class="links"><a href="http://www.hezuo.example/">协会网站</a></div>',
    '<style>.fold{display:none}</style><div class="fold"><a href="http://www.gov.cn/">国务院</a></div>',
    "<script>document.write(\"<a href='http://bszs.conac.cn/x'><img></a>\");</script>",
    '<a href="http://www.yunling.gov.cn/" style="color:#fff;background:#900">云岭区人民政府</a>',
    '<script>var u="http://www.hezuo.example/"; function go(){window.open(u)}</script>',
)


def page(number: int, chance: random.Random, inside: str) -> str:
    """A page of the bureau with menus, a paper and what was put inside."""
    lines = "".join(f"<p>{line}</p>" for line in chance.sample(paragraphs(), 5))
    menus = "".join(chance.sample(MENUS, 3))
    blocks = [menus, f"<div id='zoom'><h1>第{number}号通知</h1>{lines}</div>", inside]
    if chance.random() < 0.5:
        blocks.reverse()
    return f"<html><head><title>云岭区商务局</title></head><body>{''.join(blocks)}</body></html>"


def hidden(chance: random.Random) -> tuple[str, str]:
    """A link hidden in one of the ways, and its host."""
    host = f"www.{chance.choice(BRANDS)}.{chance.choice(('com', 'vip', 'cc', 'example'))}"
    address = chance.choice(("http://{}/", "//{}", "https://{}/a?b=1")).format(host)
    link = f'<a href="{address}">{chance.choice(WORDS)}</a>'
    name = f"k{chance.randrange(100, 999)}"
    return chance.choice(WAYS).format(a=link, h=address, n=name), host


def told(source: str, folder: Path) -> list[Finding]:
    """Findings of links in a page, read from a file."""
    path = folder / "page.html"
    path.write_text(source, encoding="utf-8")
    read = paper(HtmlExtractor().extract(path), None)
    kinds = ("hidden_link", "replaced_host", "inserted_ad")
    return [one for one in read.findings if one.kind in kinds]


def scores(count: int, seed: int = 20081226) -> Iterator[tuple[str, Score]]:
    """`hidden links` and `sound pages`."""
    chance = random.Random(f"{seed}:pages")
    damaged, clean = Score(), Score()
    with tempfile.TemporaryDirectory() as name:
        for number in range(1, count + 1):
            inside, host = hidden(chance)
            named = {one.evidence for one in told(page(number, chance, inside), Path(name))}
            damaged.count += 1
            damaged.found += host in named
            damaged.right += host in named
            damaged.wrong += len(named - {host})
            damaged.missed += [] if named == {host} else [f"{inside[:80]} -> {sorted(named)}"]
            alarms = told(page(number, chance, ""), Path(name))
            clean.count += 1
            clean.found += bool(alarms)
            clean.missed += [f"{one.kind}: {one.evidence}" for one in alarms]
    yield "hidden links", damaged
    yield "sound pages", clean
