"""The decree of 2019, article by article."""

from __future__ import annotations

from gongkai.law.articles.model import Instrument, Writer

_W = Writer("decree_711_2019")
_does, _leaves = _W.does, _W.leaves
_D, _R = "law/test_vectors_deadlines.py::", "law/test_vectors_requests.py::"
_T, _C, _X = "law/test_tables.py::", "law/test_clock.py::", "law/test_rest.py::"
_ORGANISING = "机关之间的职责分工和督促，不产生程序动作"

INSTRUMENT = Instrument(
    "decree_711_2019",
    "decree-711-2019.md",
    "《中华人民共和国政府信息公开条例》（2019年）",
    "2019-05-15 起",
    (
        _leaves("1", "立法目的。", "没有义务"),
        _leaves(
            "2", "政府信息：履行行政管理职能中制作或者获取、以一定形式记录保存的信息。", "定义"
        ),
        _leaves("3", "各级政府组织领导；办公厅（室）是主管部门。", _ORGANISING),
        _does(
            "4",
            "各机关设公开工作机构，维护更新信息，编制指南、目录和年报，组织审查。",
            "orgs.actions.groups.assign_duty",
            "orgs/test_bodies.py::test_duties_are_kept_in_order_and_the_journal_keeps_a_dropped_one",
        ),
        _leaves("5", "公开为常态、不公开为例外；公正、公平、合法、便民。", "原则"),
        _leaves("6", "及时准确；发现虚假或不完整信息的，发布准确信息澄清。", "由澄清一编另行实现"),
        _leaves("7", "逐步增加公开内容。", _ORGANISING),
        _leaves("8", "加强信息资源规范化、标准化、信息化管理，建公开平台。", _ORGANISING),
        _leaves("9", "公众有权监督、批评、建议。", _ORGANISING),
        _leaves(
            "10",
            "谁制作谁公开；获取的由保存机关或者首次获取机关公开；联合制作由牵头机关。",
            "由记录的责任机关字段承载",
        ),
        _leaves("11", "建立协调机制；需要批准的，批准后公开。", _ORGANISING),
        _does(
            "12",
            "指南九项、目录四项齐全，及时更新。",
            "law.guide.check_guide law.catalog.check_entry",
            f"{_T}test_vector_61_guide_lacking_an_item_fails "
            f"{_T}test_vector_60_entry_lacking_a_field_is_not_publishable",
        ),
        _leaves("13", "除第十四至十六条外应当公开；方式为主动公开和依申请公开。", "总则"),
        _does(
            "14",
            "国家秘密、法律和行政法规禁止公开的、危及三安全一稳定的，一律不公开。",
            "law.grounds.grounds",
            f"{_T}test_grounds_follow_the_law_of_the_day",
        ),
        _does(
            "15",
            "商业秘密、个人隐私等会损害第三方的不公开；第三方同意或公共利益重大的除外。",
            "law.grounds.ground law.replies.check_reply",
            f"{_T}test_grounds_follow_the_law_of_the_day "
            f"{_R}test_vector_42_refusal_by_a_third_party_needs_a_reason",
        ),
        _does(
            "16",
            "内部事务信息、过程性信息、行政执法案卷可以不公开；规定应当公开的除外。",
            "law.grounds.Ground.reconsider_first",
            f"{_T}test_grounds_follow_the_law_of_the_day",
        ),
        _does(
            "17",
            "公开前按程序审查；不能确定的报主管或者保密部门。",
            "review.actions.proposing.propose review.actions.verifying.verify "
            "review.actions.deciding.decide",
            "review/test_three_steps.py::test_three_different_people_and_each_in_his_role",
        ),
        _does(
            "18",
            "对不公开的信息定期评估，情况变化的公开（期限由机关定，默认一年）。",
            "law.duties.rereview_due",
            f"{_X}test_a_withheld_item_comes_back_after_the_body_s_own_time",
        ),
        _leaves(
            "19", "涉及公众利益调整、需要广泛知晓或参与决策的主动公开。", "由第二十条的目录项承载"
        ),
        _does(
            "20",
            "十五项主动公开的内容。",
            "law.legal_items.legal_items",
            f"{_T}test_listed_items_of_both_decrees",
        ),
        _does(
            "21",
            "市县和乡镇另列的内容。",
            "law.legal_items.legal_items",
            f"{_T}test_listed_items_of_both_decrees",
        ),
        _leaves("22", "按上级部署不断增加主动公开内容。", _ORGANISING),
        _leaves("23", "通过公报、网站、新媒体、发布会、报刊广播电视公开。", "公开渠道由门户承载"),
        _leaves("24", "统一平台应有检索、查阅、下载功能。", "由门户承载"),
        _does(
            "25",
            "设查阅场所；向档案馆、图书馆及时提供主动公开的信息。",
            "law.duties.paper_transfer_due",
            f"{_R}test_vector_24_transfer_of_paper",
        ),
        _does(
            "26",
            "自形成或者变更之日起20个工作日内公开；其他法律另有期限的从其规定。",
            "law.deadlines.publish_due",
            f"{_D}test_vector_23_beijing_fifteen_days "
            "law/test_model.py::test_another_laws_term_prevails",
        ),
        _leaves("27", "公民、法人和其他组织可以申请，不再要求“三需要”。", "总则；表单见第二十九条"),
        _does(
            "28",
            "建立完善申请渠道，当面和邮寄不得拒收。",
            "law.receipt.require_open",
            f"{_X}test_counter_and_post_are_never_closed",
        ),
        _does(
            "29",
            "申请应写明身份证明和联系方式、内容描述、形式要求；书写困难的代为填写。",
            "law.applications.check_application law.applications.check_form",
            f"{_R}test_vector_45_identity_proof {_R}test_vector_44_no_purpose_demanded_since_2019",
        ),
        _does(
            "30",
            "内容不明确的7个工作日内一次性告知补正；收到补正之日起重新计算；逾期不补正视为放弃。",
            "law.clock.run",
            f"{_R}test_vector_14_supplement_is_asked_within_seven_days "
            f"{_R}test_vector_15_supplement_restarts_the_clock "
            f"{_C}test_what_the_law_does_not_allow",
        ),
        _does(
            "31",
            "收到申请之日：当面为提交日，邮寄为签收日，平信为确认日，互联网和传真为双方确认日。",
            "law.receipt.receipt",
            f"{_R}test_vector_19_day_of_receipt_by_channel",
        ),
        _does(
            "32",
            "书面征求第三方意见，15个工作日；逾期不答由机关决定；公共利益重大的公开并书面告知。",
            "law.clock.step law.letters.check_letter",
            f"{_R}test_vector_17_silence_differs "
            f"{_R}test_vector_43_public_interest_is_told_to_the_third_party",
        ),
        _does(
            "33",
            "能当场答复的当场答复；否则20个工作日，经同意可延长一次不超过20个工作日；征求意见时间不计。",
            "law.deadlines.reply_due law.clock.run",
            f"{_D}test_vectors_05_to_13_replies {_R}test_vector_16_consultation_only_pauses "
            f"{_R}test_vector_18_extension",
        ),
        _does(
            "34",
            "征求共同制作机关意见，15个工作日；逾期不答视为同意。",
            "law.clock.step",
            f"{_R}test_vector_17_silence_differs",
        ),
        _does(
            "35",
            "数量频次明显过多的可要求说明理由；不合理的不予处理，合理的可延迟答复。",
            "law.clock.step law.replies.outcome",
            f"{_C}test_reasons_and_delay_do_not_stop_the_clock",
        ),
        _does(
            "36",
            "七种答复：告知途径、提供、不予公开、不存在、非本机关、重复、专门规定。",
            "law.replies.check_reply law.annual_report.tally.tally",
            f"{_X}test_outcomes_are_a_table_of_twenty_three "
            f"{_R}test_vector_39_repeated_names_the_earlier_reply",
        ),
        _does(
            "37",
            "可区分处理的，公开其余部分并说明不公开部分的理由。",
            "law.replies.check_reply",
            f"{_R}test_vector_41_partial_counts_only_as_partial",
        ),
        _does(
            "38",
            "只提供已制作或者获取的；需要加工、分析的可以不提供。",
            "law.replies.outcome",
            f"{_X}test_outcomes_are_a_table_of_twenty_three",
        ),
        _does(
            "39",
            "信访投诉举报告知不作为申请处理；公开出版物告知获取途径。",
            "law.replies.outcome",
            f"{_R}test_vector_40_a_complaint_is_counted_as_such",
        ),
        _leaves("40", "按申请的形式和实际保存情况提供。", "由答复的提供方式字段承载"),
        _does(
            "41",
            "与自身相关的信息不准确的，可要求更正；不归本机关的转送或告知。",
            "law.letters.check_letter",
            f"{_X}test_letters_have_parts_and_numbers",
        ),
        _does(
            "42",
            "不收费；数量频次明显过多的可收信息处理费。",
            "law.fees.quote law.fees.require_cost",
            f"{_R}test_vector_34_one_way_never_both {_R}test_vector_36_no_cost_fee_any_more",
        ),
        _does(
            "43",
            "对阅读困难、视听障碍的申请人提供帮助。",
            "law.applications.form_fields",
            f"{_X}test_kinds_of_applicants_and_levels",
        ),
        _leaves(
            "44", "多人申请同一可公开信息的，可转为主动公开；申请人可建议。", "由目录的公开动作承载"
        ),
        _does(
            "45",
            "登记、审核、办理、答复、归档各环节有制度。",
            "law.letters.letter_number",
            f"{_X}test_letters_have_parts_and_numbers",
        ),
        _leaves("46", "考核、社会评议、责任追究。", "由考核一编另行实现"),
        _leaves("47", "主管部门督促检查，公众可投诉举报。", _ORGANISING),
        _leaves("48", "培训。", _ORGANISING),
        _does(
            "49",
            "部门1月31日前、政府3月31日前公布年度报告。",
            "law.duties.annual_report_due",
            f"{_R}test_vector_27_yearly_report",
        ),
        _does(
            "50",
            "年度报告的内容；格式由国办统一。",
            "law.annual_report.form_for law.annual_report.model.check",
            "law/test_annual_report.py::test_form_of_the_year "
            "law/test_vectors_tables.py::test_vector_46_in_equals_out",
        ),
        _does(
            "51",
            "可以投诉举报、申请复议、提起诉讼。",
            "law.remedies.remedies",
            f"{_R}test_vector_37_reconsideration_first",
        ),
        _leaves("52", "未建立制度机制的责任。", "责任条款"),
        _leaves("53", "不履行公开职责等的责任。", "责任条款"),
        _leaves("54", "授权组织适用本条例。", "机关类型"),
        _leaves("55", "公共企事业单位依有关规定公开。", "机关类型"),
        _does(
            "56",
            "自2019年5月15日起施行。",
            "law.in_force",
            "law/test_model.py::test_decree_of_the_day",
        ),
    ),
)
