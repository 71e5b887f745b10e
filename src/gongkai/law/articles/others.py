"""The other instruments the program follows: fees, remedies, service, receipt, formats."""

from __future__ import annotations

from gongkai.law.articles.model import Article, Instrument, Writer

_D, _R = "law/test_vectors_deadlines.py::", "law/test_vectors_requests.py::"
_V, _T, _N = "law/test_vectors_tables.py::", "law/test_tables.py::", "law/test_numbers.py::"
_X = "law/test_rest.py::"


def _fees() -> tuple[Article, ...]:
    does = Writer("guobanhan_2020_109").does
    return (
        does(
            "3",
            "按件或者按量计收，每件申请只选一种，超额累进。",
            "law.fees.Quote.amount",
            f"{_R}test_vector_34_one_way_never_both",
        ),
        does(
            "4",
            "按件：同一申请人一个自然月内，10件以内免费，11–30件每件100元，31件起每10件加100元。",
            "law.fees.quote law.fees.earlier_in_month",
            f"{_R}test_vector_29_by_items {_R}test_vector_30_months_are_apart "
            f"{_R}test_vector_31_one_paper_of_twelve_items",
        ),
        does(
            "5",
            "按量：每件申请单独计，30页以内免费，31–100页每页10元，101–200页20元，201页起40元。",
            "law.fees.quote",
            f"{_R}test_vector_32_by_pages {_R}test_vector_33_pages_of_two_requests_are_not_added",
        ),
        does(
            "6",
            "办理期限内通知；次日起20个工作日内缴纳，逾期视为放弃；缴费次日起重新计算期限。",
            "law.clock.run law.fees.check_notice",
            f"{_R}test_vector_35_fee_suspends_and_restarts "
            f"{_X}test_a_fee_notice_states_four_things",
            note="memory",
        ),
    )


def _remedies() -> tuple[Article, ...]:
    return (*_reconsideration(), *_litigation())


def _reconsideration() -> tuple[Article, ...]:
    new, old = Writer("reconsideration_2023").does, Writer("reconsideration_1999").does
    return (
        old(
            "9",
            "自知道之日起60日内申请复议。",
            "law.remedies.remedies",
            f"{_R}test_vector_38_suit_limits_of_old_days",
            note="memory",
        ),
        new(
            "20",
            "自知道之日起60日内申请复议。",
            "law.remedies.remedies",
            f"{_R}test_vector_28_last_day_on_a_sunday_moves",
        ),
        new(
            "23",
            "不予公开的先申请复议，并应当告知。",
            "law.remedies.remedy_of law.remedies.check_letter",
            f"{_R}test_vector_37_reconsideration_first "
            f"{_X}test_which_outcomes_go_to_reconsideration_first",
        ),
        new(
            "24",
            "对部门不服的，由本级人民政府管辖。",
            "law.remedies.reconsideration_body",
            f"{_R}test_reviewers_by_kind_of_body",
        ),
        new(
            "88",
            "期间计算依民事诉讼法：开始之日不计，最后一日是节假日的顺延。",
            "law.periods.count",
            f"{_X}test_periods_of_every_unit {_R}test_vector_28_last_day_on_a_sunday_moves",
        ),
    )


def _litigation() -> tuple[Article, ...]:
    court, earlier = Writer("litigation_2014").does, Writer("litigation_1989").does
    return (
        earlier(
            "39",
            "3个月内直接起诉（2015年5月1日前）。",
            "law.remedies.remedies",
            f"{_R}test_vector_38_suit_limits_of_old_days",
            note="memory",
        ),
        court(
            "45",
            "对复议决定不服的，15日内起诉。",
            "law.remedies.remedies",
            f"{_R}test_vector_37_reconsideration_first",
        ),
        court(
            "46",
            "6个月内直接起诉。",
            "law.remedies.remedies",
            f"{_R}test_vector_38_suit_limits_of_old_days",
        ),
    )


def _handling() -> tuple[Article, ...]:
    return (*_receiving(), *_keeping())


def _receiving() -> tuple[Article, ...]:
    return (
        Writer("reply_2015_207").does(
            "",
            "2007年条例下各渠道收到申请之日的确定。",
            "law.receipt.receipt",
            f"{_X}test_receipt_under_the_old_decree",
        ),
        Writer("channels_2017_19").does(
            "",
            "当面和邮寄必须接收；其他渠道在指南公布后即须接收。",
            "law.receipt.require_open",
            f"{_X}test_counter_and_post_are_never_closed",
        ),
        Writer("service_2016_235").does(
            "",
            "直接送达以签收日为准，邮寄以交邮日为准；只能通过邮政企业，不得收件人付费。",
            "law.service.served_on",
            f"{_R}test_vector_25_posting_counts_signing_does_not "
            f"{_R}test_vector_26_private_courier_is_refused {_X}test_service_needs_its_day",
        ),
    )


def _keeping() -> tuple[Article, ...]:
    return ()


def _local_and_records() -> tuple[Article, ...]:
    return (
        Writer("beijing_257_2014").does(
            "",
            "北京市2015年至2020年6月8日：15个工作日内主动公开。",
            "law.deadlines.publish_due",
            f"{_D}test_vector_23_beijing_fifteen_days",
            note="article not seen",
        ),
        Writer("beijing_transfer").does(
            "",
            "北京市：电子文本20个工作日内、纸质文本次月10日前移送。",
            "law.duties.paper_transfer_due",
            f"{_R}test_vector_24_transfer_of_paper "
            f"{_D}test_vector_24_transfer_of_the_electronic_text",
            note="inference",
        ),
        Writer("holidays").does(
            "2",
            "法定节假日13天；没有通知的年份只按此推算，结果为暂定。",
            "law.statutory.statutory_days law.workdays.Calendar.build",
            "law/test_model.py::test_statutory_days_for_years_without_a_notice "
            f"{_D}test_vector_20_provisional_beyond_the_last_notice",
        ),
        Writer("practice_80_2016").does(
            "",
            "拟不公开的须说明理由。",
            "law.grounds.require_ground",
            f"{_T}test_vector_62_withheld_needs_ground_and_reason",
        ),
        Writer("secrets_2024").does(
            "20",
            "保密期限：绝密30年、机密20年、秘密10年以内；届满自行解密，先审查再定。",
            "law.duties.secrecy_end",
            f"{_V}test_vector_66_end_of_secrecy",
        ),
        Writer("archives_rules_2024").does(
            "20",
            "县级10年、其他20年后移交档案馆，附政府信息公开情况。",
            "law.duties.archive_due",
            f"{_V}test_vector_67_archive_transfer",
        ),
    )


def _formats() -> tuple[Article, ...]:
    return (
        Writer("report_form_2021_30").does(
            "",
            "2021年起的年度报告格式和勾稽关系。",
            "law.annual_report.model.check law.annual_report.tally.tally",
            f"{_V}test_vector_46_in_equals_out {_V}test_vector_47_total_of_the_leaves "
            f"{_V}test_vector_49_table_four "
            "law/test_annual_report.py::test_a_counted_table_always_foots",
        ),
        Writer("report_form_2019_60").does(
            "",
            "2019、2020年度的报告格式。",
            "law.annual_report.form_for",
            f"{_V}test_vector_48_form_of_2019",
            note="memory",
        ),
        Writer("metadata_2009_6").does(
            "",
            "索引号20位，一经生成不因机构变更而更改；核心元数据14项。",
            "law.index_number.parse",
            f"{_N}test_vector_55_check_digit_warns_only "
            f"{_V}test_vector_57_a_number_stays_when_the_organ_goes",
        ),
        Writer("gbt_9704").does(
            "",
            "发文字号：机关代字〔年份〕序号号；序号不编虚位、不加“第”。",
            "law.document_number.parse",
            f"{_N}test_vector_58_document_number",
        ),
        Writer("gb_11714").does(
            "",
            "组织机构代码校验：只提示，不拒绝。",
            "law.check_digits.org_code_valid",
            f"{_N}test_vector_55_check_digits",
        ),
        Writer("gb_32100").does(
            "",
            "统一社会信用代码校验：只提示，不拒绝。",
            "law.check_digits.uscc_valid",
            f"{_N}test_vector_56_credit_code_with_month",
        ),
        Writer("site_check_2019_19").does(
            "",
            "不得伪造发稿日期。",
            "law.metadata.require_true_moment",
            f"{_V}test_vector_65_no_date_before_the_true_release",
        ),
    )


INSTRUMENTS: tuple[Instrument, ...] = (
    Instrument("fees", "fees.md", "《政府信息公开信息处理费管理办法》", "2021-01-01 起", _fees()),
    Instrument("remedies", "remedies.md", "行政复议和行政诉讼", "各按其施行之日", _remedies()),
    Instrument(
        "handling",
        "handling.md",
        "收件、送达、移送和审查",
        "各按其施行之日",
        (*_handling(), *_local_and_records()),
    ),
    Instrument("formats", "formats.md", "报告、编号和元数据的格式", "各按其施行之日", _formats()),
)
