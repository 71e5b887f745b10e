"""What damaged copies are made of: paragraphs of the demo, advertisements of invented houses."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import gongkai.project.demo as demo

BRANDS = (
    "bet365", "beat365", "bt365", "365bet", "bat365", "km888", "wz188", "xq666", "bet-3650",
    "zr365",
)  # fmt: skip
# Real names of districts, counties and a city, as hijackers and careless copyists put them in.
PLACES = (
    "海淀区", "朝阳区", "西湖区", "天河区", "武侯区", "鼓楼区", "黄浦区", "南山区", "江岸区",
    "雁塔区", "金水区", "历下区", "长清区", "莲湖区", "五华区", "南明区", "余杭区", "虎丘区",
    "市南区", "昌平区", "上杭县", "大余县", "平山县", "安吉县", "正定县", "海口市", "东莞市",
)  # fmt: skip
# Shapes only: {a} and {b} are invented names of houses.
ADS = (
    "{a}体育_{b}官网:",
    "{a}体育在线投注_{b}app下载|官网:",
    "{a}官方网站(中国)有限公司-",
    "滚球app_{a}足球比分|官网:",
    "{a}娱乐城_{b}登录入口：",
    "皇冠体育{a}_亚洲{b}投注平台-",
    "{a}(中国)官方网站-",
    "成人视频{a}_高清在线观看|",
    "一本道{a}_免费高清视频-",
    "{a}体育直播|{b}网页版登录官网:",
    "真人视讯_{a}棋牌app下载:",
    "{a}·(中国)官方网站登录入口:",
)
READINGS = {
    "关": "guān", "开": "kāi", "务": "wù", "区": "qū", "级": "jí", "动": "dòng", "员": "yuán",
    "会": "huì", "议": "yì", "书": "shū", "门": "mén", "办": "bàn", "请": "qǐng", "说": "shuō",
    "对": "duì", "发": "fā", "报": "bào", "资": "zī", "间": "jiān", "网": "wǎng", "实": "shí",
    "结": "jié", "统": "tǒng", "计": "jì", "规": "guī", "项": "xiàng", "标": "biāo", "题": "tí",
    "责": "zé", "组": "zǔ", "织": "zhī", "单": "dān", "总": "zǒng", "设": "shè", "证": "zhèng",
    "变": "biàn", "点": "diǎn", "应": "yīng", "时": "shí", "过": "guò", "进": "jìn", "审": "shěn",
}  # fmt: skip


@dataclass(slots=True)
class Score:
    """Copies found and missed, and what was proposed for the damaged places.

    Of sound ones `found` counts those that raised an alarm, and `missed` says which.
    """

    count: int = 0
    found: int = 0
    right: int = 0
    wrong: int = 0
    missed: list[str] = field(default_factory=list)


@cache
def paragraphs() -> tuple[str, ...]:
    """Lines of the demo's papers, without those that hold places to be filled in."""
    folder = Path(demo.__file__).parent / "data"
    texts = [path.read_text("utf-8") for path in sorted(folder.rglob("*.txt"))]
    for name in ("history", "present", "papers"):
        held = tomllib.loads((folder / f"{name}.toml").read_text("utf-8"))
        texts += [row["text"] for rows in held.values() if isinstance(rows, list)
                  for row in rows if isinstance(row, dict) and "text" in row]  # fmt: skip
    lines = {line.strip() for text in texts for line in text.splitlines()}
    return tuple(sorted(line for line in lines if 20 <= len(line) <= 400 and "{" not in line))
