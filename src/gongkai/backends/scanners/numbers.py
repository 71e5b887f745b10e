"""Numbers that name a person, told from those that only look like them.

Identity card: GB 11643 (18 characters, birth date, check character by ISO 7064 MOD 11-2). Bank
card: ISO/IEC 7812 (Luhn). A unified social credit code (GB 32100) names an organisation and may
be published.
"""

import re
from datetime import date
from typing import Final, Literal

from gongkai.law.check_digits import uscc_valid

Kind = Literal["identity_card", "bank_card", "mobile", "credit_code", "serial_number", "other"]

_PROVINCES: Final = re.compile("1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3]|91")
_WEIGHTS: Final = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_SERIAL_BEFORE: Final = re.compile(
    r"(?:编号|单号|流水号?|序列号|条码|合同号?|发票号?码?|索引号|登记号|批次|案号|业务号|受理号|订单号?"
    r"|代码|设备号|项目号|证书号|备案号|许可证号?|凭证号?)\s*[:：为是]?\s*$"
)
_IDENTITY_BEFORE: Final = re.compile(r"身份证[^。;；\n]{0,10}$")
_CARD_BEFORE: Final = re.compile(r"(?:卡号|帐号|账号|账户|帐户|银行|信用社)[^。；\n]{0,12}$")
_PHONE_BEFORE: Final = re.compile(r"(?:电话|手机|联系|致电|热线|传真|微信)[^。；\n]{0,12}$")
_AMOUNT_AFTER: Final = re.compile(r"\s*(?:[元万亿条件份个吨平%％]|\.\d)")


def identity_card_valid(number: str) -> bool:
    """18 characters with a known province, a real birth date since 1900 and the check character."""
    if not re.fullmatch(r"\d{17}[\dXx]", number, re.ASCII) or not _PROVINCES.match(number):
        return False
    try:
        born = date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return False
    total = sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, number[:17], strict=True))
    return born.year >= 1900 and "10X98765432"[total % 11] == number[17].upper()


def luhn_valid(number: str) -> bool:
    """The check digit of ISO/IEC 7812."""
    if not number.isascii() or not number.isdigit():
        return False
    doubled = (int(digit) * (1 + place % 2) for place, digit in enumerate(reversed(number)))
    return sum(value - 9 * (value > 9) for value in doubled) % 10 == 0


def bank_card_likely(number: str) -> bool:
    """16 to 19 digits of UnionPay (62) or 16 of another brand, with a right check digit."""
    shaped = re.fullmatch(r"62\d{14,17}|4\d{15}|5[1-5]\d{14}", number, re.ASCII)
    return shaped is not None and len(set(number)) > 2 and luhn_valid(number)


def classify(number: str, before: str = "", after: str = "") -> Kind:
    """What a number without separators is, given the words around it.

    Where one span could be several things: identity card, then credit code, then bank card; a
    number introduced as 编号, 合同号 … is a serial number unless it checks as an identity card.
    What is called an identity card counts as one with a wrong check character too, and with the
    15 digits of before 1999: a slip of the pen names its bearer as well.
    """
    if len(number) == 18 and identity_card_valid(number):
        return "identity_card"
    if len(number) == 18 and uscc_valid(number):
        return "credit_code"
    if len(number) in (15, 18) and _IDENTITY_BEFORE.search(before):
        return "identity_card"
    if _SERIAL_BEFORE.search(before):
        return "serial_number"
    if bank_card_likely(number) and (_CARD_BEFORE.search(before) or not _amount(after)):
        return "bank_card"
    if re.fullmatch(r"1[3-9]\d{9}", number, re.ASCII):
        return "mobile" if _PHONE_BEFORE.search(before) or not _amount(after) else "other"
    return "other"


def _amount(after: str) -> bool:
    return _AMOUNT_AFTER.match(after) is not None
