"""What makes the scanners of personal data and marks look closer: one pass for all of them.

A trigger may fire too often, never too seldom: what a rule of its group would find has to hold
one of the group's triggers.
"""

from typing import Final

from gongkai.backends.scanners.prefilter import LINES, WORDS, Prefilter, Trigger

NUMBERS: Final = "numbers"
MARKS: Final = "marks"
PEOPLE: Final = "people"
INSIDE: Final = "inside"

PLATE_PLACES: Final = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"

_MARKS: Final = (
    "[绝机秘]_密~[★☆*※]",
    "P[绝机秘]_密",
    "密_级~:",
    "P内部",
    "P仅供内部",
    "P仅限内部",
    "P工作秘密",
    "P严禁外传",
    "P不得外传",
    "P请勿外传",
    "P会后收回",
    "P未经批准",
    "P此件",
)
SURNAMES: Final = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董潘袁于蒋蔡余杜叶程苏魏吕丁任沈姚卢"
    "姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤温康施文"
    "牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂成苗谷盛"
    "曲翁冉骆蓝路游辛靳欧管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤阳时穆农司卓古吉缪简车项连芦麦褚娄窦戚岑景党宫费卜冷"
    "晏席卫米柏宗瞿桂全佟应臧闵苟邬边卞姬师和仇栾隋商刁沙荣巫寇桑郎甄丛仲虞敖巩明佘池查麻苑迟邝官封谈匡鞠惠荆"
)
# Surnames that begin everyday words: without a colon before it the word is no name.
WORDLIKE: Final = "应安管时和于向高方成单计宗尤解平常明强游甘包万全史顾龙权官谈商"
# Who somebody is, before a name.
WHO: Final = (
    "申请人",
    "当事人",
    "举报人",
    "投诉人",
    "信访人",
    "被处罚人",
    "受害人",
    "被害人",
    "监护人",
    "患者",
    "死者",
    "户主",
    "学生",
    "家长",
    "被征收人",
    "救助对象",
    "低保对象",
    "姓名",
    "学生姓名",
)
_PEOPLE: Final = (
    *(f"{who}[:为是 \n][{SURNAMES} \n]" for who in WHO),
    *(f"{who}[{''.join(c for c in SURNAMES if c not in WORDLIKE)}]" for who in WHO),
    # Where somebody lives, what he drives and travels with.
    "住址",
    "现住",
    "户籍地",
    "户籍所在",
    "户籍[:为是]",
    "住所地",
    "居住地",
    "家住",
    "[,;。、( \n]住",
    "单元",
    "护照",
    "通行证",
    "台胞证",
    "居留证",
    # Whose sex is told has a name.
    "[,( \n][男女]",
    # One trigger each: Hyperscan is quick where a pattern begins with one certain character.
    *(f"{place}[abcdefghjklmnpqrstuvwxyz]" for place in PLATE_PLACES),
    # Who is not yet of age.
    "D[周]?岁",
    "学籍号",
    *(f"{who}[{SURNAMES}]某" for who in ("未成年人", "未成年子女", "儿童")),
    *(f"{who}[{SURNAMES}][x*×]" for who in ("未成年人", "未成年子女", "儿童")),
    # Who is ill.
    "确诊[为是患:]",
    "诊断[为是患:]",
    "病历号",
    "住院号",
    "门诊号",
    "就诊卡号",
)
# Papers and matters that are work secrets before they are anything else.
WORK_SECRETS: Final = (
    *(f"{what}{plan}" for what in ("安保", "安全保卫", "警卫", "押运", "布控", "暗访", "突击检查")
      for plan in ("方案", "工作方案")),
    *(f"{what}线索{paper}" for what in ("案件", "问题", "违法", "违纪")
      for paper in ("台账", "清单", "移送", "登记", "处置")),
    "巡逻路线", "押运路线", "警卫路线", "监控点位", "监控布点", "试题及答案", "考题及答案",
    "命题人员", "阅卷人员", "内部通讯录", "内部电话", "涉密人员名单", "网络拓扑图",
    "系统拓扑图", "账号密码表", "账号密码清单",
)  # fmt: skip
# A draft says so in brackets; 征求意见稿 is made to be read by everybody.
DRAFTS: Final = (
    "讨论稿", "送审稿", "会签稿", "初稿", "过程稿", "内部稿", "汇报稿", "修改稿", "审议稿",
)  # fmt: skip
_INSIDE: Final = (
    *WORK_SECRETS,
    *(f"[【(]{draft}" for draft in DRAFTS),
    "密码[:为是]",
    "口令[:为是]",
)

PREFILTER: Final = Prefilter(
    [
        Trigger(NUMBERS, "D" * 10),
        Trigger(NUMBERS, "@"),
        *(Trigger(MARKS, words, LINES) for words in _MARKS),
        *(Trigger(PEOPLE, words, WORDS) for words in _PEOPLE),
        *(Trigger(INSIDE, words, WORDS) for words in _INSIDE),
    ]
)
