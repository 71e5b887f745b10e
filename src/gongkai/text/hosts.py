"""Host names of addresses, and which of them are the state's own."""

import re
from collections.abc import Collection
from typing import Final

GOVERNMENT: Final = (".gov.cn", ".mil.cn", ".edu.cn", ".政务", ".公益")
# What pages of government carry by rule or custom: the marks of the register, the button 找错, news
# of the central press, sharing.
USUAL: Final = (
    ".conac.cn", ".kaipuyun.cn", ".12377.cn", ".people.com.cn", ".people.cn", ".xinhuanet.com",
    ".news.cn", ".cctv.com", ".cnr.cn", ".weibo.com", ".weibo.cn", ".qq.com", ".baidu.com",
    ".bdstatic.com", ".jiathis.com", ".bshare.cn", ".douban.com", ".renren.com", ".douyin.com",
    ".toutiao.com", ".sina.com.cn", ".w3.org", ".microsoft.com", ".adobe.com", ".mozilla.org",
    ".google.cn", ".firefox.com.cn", ".360.cn",
)  # fmt: skip
_HOST: Final = re.compile(
    r"\s*(?:(?:https?|ftp):)?//(?:[^/?#@\s]*@)?(?P<host>[^/?#:\s\"'<>\\]+)", re.IGNORECASE
)


def host_of(address: str) -> str:
    """The host of an absolute address in small letters; empty for a relative one."""
    match = _HOST.match(address)
    return match["host"].strip(".").lower() if match else ""


def is_government(host: str, ours: Collection[str] = ()) -> bool:
    """Whether it is the state's, or one of ``ours`` or below it."""
    dotted = f".{host}"
    if dotted.endswith(GOVERNMENT):
        return True
    return any(dotted.endswith(f".{known.lower().strip('.')}") for known in ours)


def is_usual(host: str) -> bool:
    """Whether a government page may be expected to name it."""
    return is_government(host) or f".{host}".endswith(USUAL)
