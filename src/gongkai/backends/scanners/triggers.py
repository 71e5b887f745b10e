"""What makes the scanners of personal data and marks look closer: one pass for all of them.

A trigger may fire too often, never too seldom: what a rule of its group would find has to hold
one of the group's triggers.
"""

from typing import Final

from gongkai.backends.scanners.prefilter import LINES, WORDS, Prefilter, Trigger

NUMBERS: Final = "numbers"
MARKS: Final = "marks"
PEOPLE: Final = "people"

PLATE_PLACES: Final = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"

_MARKS: Final = (
    "[绝机秘]密[★☆*※]",
    "P[绝机秘]密",
    "密级:",
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
    "户籍:",
    "住所地",
    "居住地",
    "护照",
    # One trigger each: Hyperscan is quick where a pattern begins with one certain character.
    *(f"{place}[abcdefghjklmnpqrstuvwxyz]" for place in PLATE_PLACES),
    # Who is not yet of age.
    "D[周]?岁",
    "学籍号",
)

PREFILTER: Final = Prefilter(
    [
        Trigger(NUMBERS, "D" * 10),
        Trigger(NUMBERS, "@"),
        *(Trigger(MARKS, words, LINES) for words in _MARKS),
        *(Trigger(PEOPLE, words, WORDS) for words in _PEOPLE),
    ]
)
