"""What is mostly kept inside is pointed at; what only talks of it is left alone."""

import pytest

from gongkai.backends.scanners.personal import PersonalDataScanner
from gongkai.backends.scanners.work_secrets import WorkSecretScanner


def found(text: str, field: str = "text") -> list[tuple[str, str]]:
    hits = WorkSecretScanner().scan({field: text})
    assert all(text[f.start : f.end] == f.evidence and f.severity == "warning" for f in hits)
    return [(f.kind, f.evidence) for f in hits]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "附：国庆安保工作方案、巡逻路线图",
            [("work_secret", "安保工作方案"), ("work_secret", "巡逻路线")],
        ),
        ("問題線索清單", [("work_secret", "問題線索清單")]),
        ("登录密码：Abc@12345，请修改", [("work_secret", "Abc@12345")]),
        ("管理办法（送审稿）", [("process_paper", "送审稿")]),
    ],
)
def test_signs_in_the_text(text: str, expected: list[tuple[str, str]]) -> None:
    assert found(text) == expected
    padded = "政府信息公开工作办法。" * 60 + text + "。特此通知。" * 60
    assert found(padded) == expected


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("关于增加编制的请示", "process_paper"),
        ("局长办公会议纪要", "process_paper"),
        ("值班表", "process_paper"),
    ],
)
def test_signs_at_the_end_of_a_title(title: str, kind: str) -> None:
    assert [k for k, _ in found(title, "title")] == [kind]
    assert found(title) == [], "in running text the word is an everyday one"


@pytest.mark.parametrize(
    "text",
    [
        "工作秘密管理办法",
        "管理办法（征求意见稿）",
        "请示汇报制度",
        "密码管理条例；密码应用",
        "初始密码为身份证后六位",
        "应急预案、实施方案",
    ],
)
def test_talk_of_secrets_is_no_secret(text: str) -> None:
    assert found(text) == [] and found(text, "title") == []


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("身份证号：110101201505050017", "110101201505050017"),  # wrong check character
        ("公民身份证号码为110101 900101 123，", "110101 900101 123"),  # of before 1999
    ],
)
def test_what_is_called_an_identity_card_counts_as_one(text: str, number: str) -> None:
    hits = PersonalDataScanner().scan({"text": text})
    assert [(f.kind, f.evidence) for f in hits] == [("identity_card", number)]
    bare = PersonalDataScanner().scan({"text": number})
    assert bare == [], "without the word it is any number"
