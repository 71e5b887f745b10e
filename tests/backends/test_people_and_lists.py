"""Signs of a person that no check digit proves, and words a body keeps."""

import pytest

from gongkai.backends.scanners.people import PeopleScanner
from gongkai.backends.scanners.word_lists import MOST, WordListScanner
from gongkai.ports import Known, WordList

people = PeopleScanner()


def found(text: str) -> list[tuple[str, str]]:
    hits = people.scan({"text": text})
    assert all(text[f.start : f.end] == f.evidence and f.severity == "warning" for f in hits)
    return [(f.kind, f.evidence) for f in hits]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("申请人：张小明，男，", [("person_name", "张小明")]),
        ("姓名 欧阳小红\n", [("person_name", "欧阳小红")]),
        ("當事人王強（女）", [("person_name", "王強")]),
        ("住址：某市幸福路12号3单元402室。", [("home_address", "某市幸福路12号3单元402室")]),
        ("现住址为建国路8号院", [("home_address", "建国路8号院")]),
        ("京A12345和京B·D12345", [("number_plate", "京A12345"), ("number_plate", "京B·D12345")]),
        ("护照号码：E12345678", [("passport", "E12345678")]),
        ("小王，14岁，女", [("minor", "14岁")]),
        ("学籍号：G110109201001011234", [("minor", "学籍号：G110109201001011234")]),
        ("关于张小明（男）补助的事", [("person_name", "张小明")]),
        (
            "李梅，女，住云岭区解放路12号。",
            [("person_name", "李梅"), ("home_address", "云岭区解放路12号")],
        ),
        ("幸福里小区3号楼2单元501室", [("home_address", "幸福里小区3号楼2单元501室")]),
        ("港澳通行证C12345678", [("passport", "C12345678")]),
        ("未成年人王某某", [("minor", "王某某")]),
        ("经诊断为肺结核，", [("health", "肺结核")]),
        ("确诊患有精神分裂症", [("health", "精神分裂症")]),
        ("病历号：B20240012", [("health", "病历号：B20240012")]),
    ],
)
def test_signs(text: str, expected: list[tuple[str, str]]) -> None:
    assert found(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "申请人应当提交材料。",
        "申请人向本机关提出，",
        "学生食堂、学生安全，学生管理，",
        "当事人和解，当事人李某某，",
        "年满18周岁以上的公民",
        "0-6岁儿童、3岁以下婴幼儿、70岁以上老人",
        "户籍所在地派出所",
        "家长会，死者安葬费，",
        "国家学生资助政策",
        "护照办理须知",
        "粤港澳大湾区",
        "姓名、性别、年龄",
        "性别（男、女），住房，住宅3号楼",
        "住房和城乡建设部令第3号，住建局2号楼",
        "未成年人保护法，儿童福利院，3个单元",
        "诊断为职业病的，确诊病例",
    ],
)
def test_everyday_words_are_no_persons(text: str) -> None:
    assert found(text) == []


def a_list(*words: str, severity: str = "warning", key: str = "") -> WordList:
    return WordList(key=key or "|".join(words), label="内部代号", words=words, severity=severity)  # type: ignore[arg-type]


def listed(text: str, *lists: WordList) -> list[tuple[int, str, str]]:
    hits = WordListScanner().scan({"text": text}, known=Known(lists=lists))
    assert all(text[f.start : f.end] == f.evidence and f.kind == "listed_word" for f in hits)
    return [(f.start, f.evidence, f.severity) for f in hits]


def test_listed_words_are_found_however_they_are_spelled() -> None:
    lists = a_list("春雷行动", "AB计划", severity="error")
    text = "按春雷行动、春\u200b雷行動和ＡＢ计划办理，CAB计划不算。"
    assert [(word, severity) for _, word, severity in listed(text, lists)] == [
        ("春雷行动", "error"),
        ("春\u200b雷行動", "error"),
        ("ＡＢ计划", "error"),
    ]


def test_the_longest_word_wins_and_lists_stand_side_by_side() -> None:
    assert [w for _, w, _ in listed("云岭区商务局", a_list("云岭", "云岭区"))] == ["云岭区"]
    both = listed("云岭区", a_list("云岭区"), a_list("岭区", severity="info"))
    assert [(w, s) for _, w, s in both] == [("云岭区", "warning"), ("岭区", "info")]


def test_no_list_no_finding_and_a_flood_is_cut() -> None:
    assert listed("春雷行动") == []
    assert listed("春雷行动", a_list("x")) == []
    assert len(listed("春雷" * (MOST + 9), a_list("春雷"))) == MOST
