"""What our fields are called on the desk and in previews."""

from __future__ import annotations

FIELD_LABELS = {
    "title": "信息名称",
    "index_number": "索引号",
    "document_number": "文号",
    "responsible_unit": "公开责任部门",
    "validity": "信息有效性",
    "created_on": "生成日期",
    "published_on": "发布日期",
    "abstract": "内容概述",
    "text": "正文",
    "attribute": "公开属性",
    "class_name": "信息分类",
    "section": "责任科室",
    "theme": "主题",
    "genre": "体裁",
    "keywords": "主题词",
    "legal_item": "法定公开事项",
    "made_by": "制作机关",
    "effective_from": "施行日期",
    "expires_on": "有效期至",
    "repealed_on": "废止日期",
    "attachments": "附件",
    "url": "网址",
}
DATES = ("created_on", "published_on", "effective_from", "expires_on", "repealed_on")
