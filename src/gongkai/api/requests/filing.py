"""Taking a request in through the API, whatever way it came."""

from __future__ import annotations

from gongkai.api.fields import LONG, Field, Values
from gongkai.api.requests.call import Caller, Made
from gongkai.api.requests.listing import CHANNELS
from gongkai.api.requests.refs import own_body, upload_of
from gongkai.disclosure.actions import filing
from gongkai.disclosure.models import FilePart
from gongkai.disclosure.values import ApplicantText, Application, AskedText
from gongkai.law.applications import ApplicantKind
from gongkai.law.receipt import Arrival, Channel

FILED_PARTS = tuple(
    (part.value, str(part.label)) for part in (FilePart.FILED, FilePart.IDENTITY, FilePart.OTHER)
)
GIVEN_AS = "paper、electronic、disc、inspect"
GIVEN_BY = "post、email、pickup、fax、online"
_KINDS = tuple((kind.value, kind.label) for kind in ApplicantKind)
FILE_FIELDS = (
    Field("body", "机关代码", most=40, hint="不填为账号所在机关"),
    Field("channel", "收到方式", "choice", required=True, choices=CHANNELS),
    Field("arrived_on", "到达日期", "date", required=True),
    Field("confirmed_on", "双方确认日期", "date", hint="从确认之日起算的渠道；还没有确认的不填"),
    Field("kind", "申请人类型", "choice", required=True, choices=_KINDS),
    Field("name", "姓名或者名称", most=120),
    Field("identity_kind", "证件类型", most=24),
    Field("identity_number", "证件号码", most=60),
    Field("representative", "法定代表人", most=60),
    Field("contact", "联系人", most=60),
    Field("agent", "代理人", most=60),
    Field("phone", "联系电话", most=40),
    Field("email", "电子邮箱", most=120),
    Field("address", "通信地址", most=200),
    Field("postcode", "邮政编码", most=10),
    Field("assistance", "需要的帮助", most=300),
    Field("subject", "所需信息的名称", most=300),
    Field("document_number", "文号", most=120),
    Field("description", "其他便于查询的特征", most=LONG),
    Field("provided_as", "提供形式", most=16, hint=GIVEN_AS),
    Field("provided_by", "获取途径", most=16, hint=GIVEN_BY),
    Field("own_records", "与申请人自身有关", "yes"),
    Field("is_rectification", "更正申请（《条例》第四十一条）", "yes"),
    Field("wants_publication", "申请人建议主动公开", "yes"),
    Field("files", "材料", "files", choices=FILED_PARTS),
)


def file_request(caller: Caller, given: Values) -> Made:
    """The request with its numbers, the applicant's secret and what is still missing."""
    who = {name: given[name] for name in ApplicantText.__dataclass_fields__ if name in given}
    what = {name: given[name] for name in AskedText.__dataclass_fields__ if name in given}
    flags = {name: bool(what[name]) for name in what if what[name] is None or what[name] is True}
    application = Application(
        ApplicantText(**who),
        AskedText(**{**what, **flags}),
        tuple(upload_of(each) for each in given["files"]),
        taken_down=True,
    )
    filed = filing.file_request(
        body=own_body(caller, given["body"]),
        application=application,
        arrival=Arrival(Channel(given["channel"]), given["arrived_on"], given["confirmed_on"]),
        **caller.by,
    )
    return Made(filed.request, secret=filed.secret, gaps=filed.gaps)
