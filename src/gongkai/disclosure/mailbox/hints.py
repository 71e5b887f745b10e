"""What a mail seems to say about its applicant, put into the entry form to be compared.

Only lines that carry a label, as in the forms bodies publish (姓名：…); nothing is guessed.
"""

from __future__ import annotations

import re

_LABELS: tuple[tuple[str, str], ...] = (
    ("name", "申请人姓名|姓名|申请人|单位名称|名称"),
    ("identity_number", "身份证号码?|证件号码|统一社会信用代码"),
    ("representative", "法定代表人"),
    ("contact", "联系人"),
    ("agent", "代理人"),
    ("phone", "联系电话|电话|手机号?码?"),
    ("address", "通信地址|联系地址|邮寄地址|地址"),
    ("postcode", "邮政编码|邮编"),
    ("subject", "所需信息的?名称|申请公开的?信息名称|信息名称|申请公开内容|申请内容"),
    ("document_number", "文号"),
)
_MOST = {"name": 120, "phone": 40, "postcode": 10, "subject": 300, "document_number": 120}
_LINES = 400


def hints(text: str) -> dict[str, str]:
    """Field of the entry form → what stands behind its label; the first line of each counts."""
    found: dict[str, str] = {}
    for line in text.splitlines()[:_LINES]:
        for field, labels in _LABELS:
            match = re.match(rf"\W*(?:{labels})\s*[:：]\s*(\S.*)\Z", line)
            if match and field not in found:
                value = match[1].strip()
                if len(value) <= _MOST.get(field, 200):
                    found[field] = value
                break
    return found


def rest(text: str) -> str:
    """The lines without a label: what is left for the description, without the person's data."""
    labels = "|".join(labels for _, labels in _LABELS)
    labelled = re.compile(rf"\W*(?:{labels}|电子邮箱|邮箱)\s*[:：]")
    return "\n".join(line for line in text.splitlines() if not labelled.match(line)).strip()
