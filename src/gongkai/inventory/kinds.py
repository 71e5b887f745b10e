"""Names for people of every kind of finding."""

from __future__ import annotations

from gongkai.text.damage import KINDS as DAMAGE

KINDS = DAMAGE | {
    "not_read": "没有读出",
    "not_placed": "没有对应",
    "empty_field": "著录栏空着",
    "cut_title": "标题被截断",
    "spread_title": "标题有多余空格",
    "dates_disagree": "日期前后矛盾",
    "unfilled_date": "日期没有填",
    "mixed_dates": "日期写法不一",
    "validity_in_doubt": "有效性存疑",
    "missing_validity": "没有写有效性",
    "document_number": "文号读不出",
    "document_number_form": "文号写法",
    "unfilled_document_number": "文号没有填",
    "glued_addresses": "地址连写",
    "no_text": "没有正文",
    "possible_duplicate": "疑似重复",
    "repeated_title": "同名",
    "near_duplicate": "内容几乎相同",
    "possible_version": "疑似不同版本",
    "foreign_name": "别处的地名",
    "hidden_link": "隐藏链接",
    "replaced_host": "网址被替换",
    "reading": "读取提示",
    "hidden_text": "隐藏内容",
    "unreadable_file": "附件读不了",
    "missing_attachment": "附件找不到",
    "identity_card": "身份证号",
    "bank_card": "银行卡号",
    "mobile": "手机号码",
    "email": "电子邮箱",
    "person_name": "姓名",
    "home_address": "住址",
    "passport": "护照、通行证号",
    "number_plate": "车牌号",
    "minor": "未成年人",
    "health": "病情",
    "work_secret": "疑似工作秘密",
    "process_paper": "过程性信息",
    "listed_word": "词表词语",
    "secrecy_mark": "密级标志",
    "internal_mark": "内部标志",
    "disclosure_mark": "公开属性标注",
    "foreign_host": "外部网站",
    "internal_host": "内部网址",
    "spam_word": "广告用语",
}


def label_of(kind: str) -> str:
    """The kind in words; one that a plugged-in scanner brings is shown by its own name."""
    return KINDS.get(kind, kind)
