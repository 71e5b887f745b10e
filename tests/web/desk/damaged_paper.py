"""A damaged copy of a paper of an invented office, written for the tests.

The advertisement is put together from the detector's own word list, so that none stands here.
"""

from __future__ import annotations

from gongkai.text.ad_words import STRONG, WEAK

PLACE = "云岭区"
ADVERTISEMENT = f"{min(STRONG)}app_188{min(WEAK)}|官网:"
NUMBER = "11Y900/ZK-2008-000088"
TITLE = f"{PLACE}商务局政府信息公开工作总结"
TEXT = f"""{ADVERTISEMENT}商务局

索 引 号:{NUMBER}

公开责任部门:{ADVERTISEMENT}商务局

信息名称:{ADVERTISEMENT}商务局政府信息公开工作总结

文   号:云商字〔2008〕31号

信息有效性:有效

生成日期:2008-12-24 00:00

发布日期:2008-12-26 00:00

内容概述:条例自今年5月1日起施行，本局按照区里的安排清理和公开政府信息，现将全年情况总结如下。

{ADVERTISEMENT}商务局政府信息公开工作总结

    条例于今年51日起施行。本局自200712月起学习条例、清理信息。

一、清理情况

    截止2008228日前共清理各类信息120条，其中公开信息100条。本局印发了《{ADVERTISEMENT}商务局政府信息清理工作办法》。

二、移送情况

    全年移送文件3次，分别为513623818，共移送30件，供群众在查阅场所阅览沟域经济资料。
"""
