"""Words by which inserted advertisements are known. A word list for detection, nothing else.

``STRONG`` words hardly occur in official prose; ``WEAK`` ones do (体育, 直播, 官网) and count only
beside others. Law texts rightly speak of 赌博 or 彩票: a word alone is never a finding.
"""

import re
from collections.abc import Iterator
from typing import Final


def _words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


STRONG: Final = _words(
    """
    滚球 盘口 篮球比分 足球比分 即时比分 比分直播 竞彩比分 投注 下注 买球 赌球 博彩 百家乐 老虎机
    真人荷官 真人视讯 时时彩 六合彩 北京赛车 快三 娱乐城 棋牌 电子游艺 彩金 首存 返水 皇冠体育
    亚洲体育 滚球体育 澳门新葡京 新葡京 永利 威尼斯人 金沙娱乐 太阳城娱乐 亚博体育 亚博app 必威
    万博体育 开云体育 乐鱼体育 米兰体育 华体会 爱游戏体育 半岛体育 九游会 凯时 尊龙 沙巴体育
    欧宝体育 火狐体育 星空体育 雷速体育
    无码 成人视频 成人电影 裸聊 约炮 一本道 情色 激情视频 高清在线观看 免费观看视频 色情网站
    """
)
WEAK: Final = _words(
    """
    体育 直播 官网 官方 官方网站 官方版 手机版 电脑版 网页版 中国版 最新版 app 下载 安装 注册 登录
    登陆 入口 平台 娱乐 彩票 比分 足球 篮球 电竞 真人 游戏 视频 在线 免费 高清 验证 线路 导航 备用
    网址 首页 代理 开户 优惠 送彩金 提现 充值 客服 网投 线上 国际 集团 亚洲 欧洲 世界杯 欧洲杯 英超
    赛事 竞猜 预测 赔率 推荐 ios 安卓 电子 欢迎您 网站 验证码
    """
)
BETTING: Final = _words("体育 娱乐 彩票 比分 电竞 真人 游戏 棋牌 足球 篮球 电子")
"""Of the weak words those that houses of betting call themselves by."""
COMPANY: Final = r"[(（]中国(?:大陆)?[)）](?:有限公司|集团|官方)?"
BRAND: Final = r"(?:bet|beat|bat|bt)[-_]?\d{2,4}|\d{2,4}(?:bet|vip)|[a-z]{1,6}(?:365|188|888|666)"
"""House names: letters and a lucky number, in either order."""


def alternation(words: frozenset[str]) -> str:
    """A pattern that takes the longest word first."""
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


# Without regard to case ſ, K (Kelvin), İ and ı match Latin letters too.
_LETTER: Final = "[A-Za-z\u017f\u212a\u0130\u0131]"
_BEGINNINGS: Final = sorted({word[:2] for word in STRONG | BETTING if not word[0].isascii()})
_MAY_SPEAK: Final = re.compile(
    rf"{_LETTER}[-_]?\d|\d{_LETTER}|[(（]中国|{'|'.join(map(re.escape, _BEGINNINGS))}"
)
_MAY_BE_AD: Final = re.compile(rf"_|{_MAY_SPEAK.pattern}")


def speaking_lines(text: str) -> Iterator[tuple[int, int]]:
    """Lines, half open, outside of which no word of ``STRONG`` and no ``BRAND`` can stand.

    A quick look: a search with the whole lists costs twenty times as much.
    """
    yield from _lines(text, _MAY_SPEAK)


def doubtful_lines(text: str) -> Iterator[tuple[int, int]]:
    """Lines outside of which no advertisement can stand: each holds a word of betting or ``_``."""
    yield from _lines(text, _MAY_BE_AD)


def _lines(text: str, pattern: re.Pattern[str]) -> Iterator[tuple[int, int]]:
    at = 0
    while (match := pattern.search(text, at)) is not None:
        start = text.rfind("\n", 0, match.start()) + 1
        end = text.find("\n", match.end())
        at = end if end >= 0 else len(text)
        yield start, at
