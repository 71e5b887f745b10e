"""Telling the body's word (机关代字) from text that was cut along with it.

Lists and pages give numbers with the end of a date or of a sentence before them (…15日国办发…).
What is taken off is reported as `lead`, so that a person can see it.
"""

from __future__ import annotations

import re

_PLACES = (
    "北京|天津|河北|山西|内蒙古|辽宁|吉林|黑龙江|上海|江苏|浙江|安徽|福建|江西|山东|河南|湖北|湖南|"
    "广东|广西|海南|重庆|四川|贵州|云南|西藏|陕西|甘肃|青海|宁夏|新疆"
)
# The last character of a date; 日照市's own word 日政… is not followed by one of these.
_AFTER_DATE = re.compile(rf"^(日)(?=国|{_PLACES}|省政府|科技部|教育部|财政部)")
# Ends of sentences before a number. 办法 alone may end a real word (教办法): more must follow.
_ENDINGS = "按照|根据|依据|依照|办法|通知|规定|细则|目录|关于|标准"
_SENTENCE_END = re.compile(rf"^(.*(?:{_ENDINGS}))(?=.+$)")
_ACCORDING = re.compile(r"^([按据依])(?=国|省|市|财|人社|教|建|发改)")
# A signer's full name glued before the word of the leading one.
_SIGNER = re.compile(r"^(.*(?:部|委员会|办公室|总局|局|厅))(?=国(?:科|办|发|函|税))")
_RULES = (_AFTER_DATE, _SENTENCE_END, _ACCORDING, _SIGNER)


def split_word(text: str) -> tuple[str, str]:
    """(`lead`, `word`): what was cut along with the number, and the body's word itself."""
    lead, word = "", text
    for rule in _RULES:
        found = rule.match(word)
        if found:
            lead += found.group(1)
            word = word[found.end(1) :]
    return lead, word
