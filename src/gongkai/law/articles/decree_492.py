"""The decree of 2007, article by article, as far as the program still needs it for its day.

Texts seen: Art. 1–6, 10–13, 20, 23–27, 33, 34; the others from memory.
"""

from __future__ import annotations

from gongkai.law.articles.model import Instrument, Writer

_W = Writer("decree_492_2007")
_does, _leaves = _W.does, _W.leaves
_D, _R = "law/test_vectors_deadlines.py::", "law/test_vectors_requests.py::"
_T, _C, _X = "law/test_tables.py::", "law/test_clock.py::", "law/test_rest.py::"
_ORGANISING = "机关之间的职责分工和督促，不产生程序动作"

INSTRUMENT = Instrument(
    "decree_492_2007",
    "decree-492-2007.md",
    "《中华人民共和国政府信息公开条例》（2007年）",
    "2008-05-01 至 2019-05-14",
    (
        _leaves("1", "立法目的。", "没有义务"),
        _leaves("2", "政府信息：履行职责中制作或者获取、以一定形式记录保存的信息。", "定义"),
        _leaves("3", "各级政府组织领导；确定主管部门。", _ORGANISING),
        _leaves("4", "各机关指定公开工作机构，含保密审查职责。", "同2019年第四条"),
        _leaves("5", "公正、公平、便民。", "原则"),
        _leaves("6", "发现虚假或不完整信息的，发布准确信息澄清。", "由澄清一编另行实现"),
        _leaves("7", "发布协调机制；需要批准的，批准后发布。", _ORGANISING),
        _does(
            "8",
            "不得危及国家安全、公共安全、经济安全和社会稳定。",
            "law.grounds.grounds",
            f"{_T}test_grounds_follow_the_law_of_the_day",
        ),
        *(
            _does(
                article,
                words,
                "law.legal_items.legal_items",
                f"{_T}test_listed_items_of_both_decrees",
                note="memory",
            )
            for article, words in (
                ("9", "应当主动公开的四类信息。"),
                ("10", "县级以上政府及部门重点公开的十一项。"),
                ("11", "市县政府及部门另列的四项。"),
                ("12", "乡镇政府重点公开的八项。"),
            )
        ),
        _does(
            "13",
            "根据自身生产、生活、科研等特殊需要申请。",
            "law.applications.check_form",
            f"{_R}test_vector_44_no_purpose_demanded_since_2019",
        ),
        _does(
            "14",
            "保密审查；国家秘密、商业秘密、个人隐私不得公开，权利人同意或公共利益重大的除外。",
            "law.grounds.ground",
            f"{_T}test_grounds_follow_the_law_of_the_day",
        ),
        _leaves("15", "公开方式：公报、网站、发布会、报刊广播电视。", "公开渠道由门户承载"),
        _leaves("16", "设查阅场所；向档案馆、图书馆提供。", "同2019年第二十五条"),
        _leaves("17", "制作机关公开；获取的由保存机关公开。", "由记录的责任机关字段承载"),
        _does(
            "18",
            "自形成或者变更之日起20个工作日内公开。",
            "law.deadlines.publish_due",
            f"{_D}test_vector_01_seed_published_in_time "
            f"{_D}test_vector_02_first_days_of_the_decree",
            note="memory",
        ),
        _does(
            "19",
            "指南和目录的内容。",
            "law.guide.check_guide law.catalog.check_entry",
            f"{_T}test_vector_61_guide_lacking_an_item_fails "
            f"{_T}test_vector_60_entry_lacking_a_field_is_not_publishable",
            note="memory",
        ),
        _does(
            "20",
            "申请应写明姓名和联系方式、内容描述、形式要求。",
            "law.applications.check_application",
            f"{_R}test_vector_45_identity_proof",
        ),
        _does(
            "21",
            "四种答复：可以公开的告知途径，不公开的说明理由，不存在或非本机关的告知，不明确的告知补充。",
            "law.replies.outcomes law.clock.run",
            f"{_X}test_outcomes_are_a_table_of_twenty_three {_C}test_the_clock_of_2007",
        ),
        _does(
            "22",
            "可以区分处理的，提供可以公开的内容。",
            "law.replies.outcome",
            f"{_X}test_outcomes_are_a_table_of_twenty_three",
        ),
        _does(
            "23",
            "征求第三方意见；不同意的不公开，公共利益重大的除外并书面通知。",
            "law.clock.step",
            f"{_C}test_the_clock_of_2007",
        ),
        _does(
            "24",
            "当场答复；否则15个工作日，经同意可延长不超过15个工作日；征求第三方意见时间不计。",
            "law.deadlines.reply_due law.clock.run",
            f"{_D}test_vector_03_fifteen_days_and_fifteen_more {_C}test_the_clock_of_2007",
        ),
        _does(
            "25",
            "申请与自身相关的信息须出示证件；不准确的可要求更正。",
            "law.applications.check_application",
            f"{_R}test_vector_45_identity_proof",
        ),
        _leaves("26", "按申请人要求的形式提供。", "由答复的提供方式字段承载"),
        _does(
            "27",
            "只可收检索、复制、邮寄成本费。",
            "law.fees.require_cost",
            f"{_R}test_vector_36_no_cost_fee_any_more",
            note="memory",
        ),
        _leaves("28", "困难的减免费用，阅读困难的提供帮助。", "减免由机关决定后登记"),
        _leaves("29", "考核、评议、责任追究。", "由考核一编另行实现"),
        _leaves("30", "主管部门和监察机关监督检查。", _ORGANISING),
        _does(
            "31",
            "每年3月31日前公布年度报告。",
            "law.duties.annual_report_due",
            f"{_R}test_vector_27_yearly_report",
            note="memory",
        ),
        _does(
            "32",
            "年度报告的内容。",
            "law.annual_report.form_for",
            "law/test_annual_report.py::test_form_of_2008 "
            "law/test_vectors_tables.py::test_vector_51_by_the_form_of_2008",
            note="memory",
        ),
        _does(
            "33",
            "可以举报、申请复议、提起诉讼。",
            "law.remedies.remedies",
            f"{_R}test_vector_38_suit_limits_of_old_days",
        ),
        _leaves("34", "未建立保密审查机制的责任。", "责任条款"),
        _leaves("35", "六种违法情形的责任。", "责任条款"),
        _leaves("36", "授权组织适用本条例。", "机关类型"),
        _leaves("37", "公共企事业单位参照执行。", "机关类型"),
        _does(
            "38",
            "自2008年5月1日起施行。",
            "law.in_force",
            "law/test_model.py::test_decree_of_the_day",
        ),
    ),
)
