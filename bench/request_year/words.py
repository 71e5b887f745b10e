"""Invented applicants and invented wishes."""

from __future__ import annotations

from random import Random

SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许"
GIVEN = ("小满", "谷雨", "立春", "白露", "秋分", "清和", "长安", "望舒", "明远", "思齐", "景行")
PLACES = ("梅花街", "青石桥", "云岭集市", "北坡村", "南湾路", "柳溪河", "老粮站", "东岗小区")
THINGS = ("改造工程", "拆迁补偿", "路灯养护", "农贸市场招标", "绿化管护", "停车场收费", "供热管网")
PAPERS = ("施工合同", "会议纪要", "验收报告", "资金拨付明细", "规划许可", "投标文件", "检查记录")
FIRMS = {
    "business": ("建筑公司", "商贸公司", "物业公司"),
    "research": ("城市研究所", "农业科学院"),
    "welfare": ("助老公益中心", "河流保护协会"),
    "legal_service": ("律师事务所", "法律服务所"),
    "other_org": ("业主委员会", "商会", "村民委员会"),
}


def applicant(kind: str, draw: Random) -> dict[str, str]:
    """Name, telephone and address of somebody of this kind."""
    if kind == "natural":
        name = draw.choice(SURNAMES) + draw.choice(GIVEN)
    else:
        name = draw.choice(PLACES)[:2] + draw.choice(GIVEN) + draw.choice(FIRMS[kind])
    return {
        "name": name,
        "phone": f"1390000{draw.randrange(10_000):04d}",
        "address": f"云岭区{draw.choice(PLACES)}{draw.randrange(1, 300)}号",
    }


def wish(number: int, draw: Random) -> dict[str, str]:
    """What is asked for; the running number keeps any two apart."""
    subject = f"{draw.choice(PLACES)}{draw.choice(THINGS)}的{draw.choice(PAPERS)}（第{number}项）"
    described = f"{draw.randrange(2015, 2025)}年形成的{draw.choice(PAPERS)}，如有附件请一并提供"
    has_number = draw.random() < 0.2
    code = f"云商字〔{draw.randrange(2015, 2025)}〕{draw.randrange(1, 99)}号" if has_number else ""
    return {"subject": subject, "description": described, "document_number": code}
