"""Personal data: sealed in every byte, found again blindly, seen by few, gone when due."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from django.conf import settings as django_settings
from django.db import connection
from pytest_django.fixtures import Settings

from gongkai.disclosure import casework, policies, queries, store
from gongkai.disclosure.actions import (
    assigning,
    closing,
    consulting,
    exporting,
    extending,
    filing,
    papers,
    purging,
    remedies,
    searching,
    supplementing,
)
from gongkai.disclosure.models import DisclosureRequest, IncomingMail, Letter, SealedFile
from gongkai.disclosure.sealing import blind_index, seal, unseal
from gongkai.disclosure.values import (
    Application,
    AskedText,
    Desk,
    Party,
    RemedyText,
    SearchNote,
    Upload,
)
from gongkai.journal.models import Entry
from gongkai.kit.refusal import Refusal
from gongkai.law.receipt import Arrival, Channel
from gongkai.orgs.models import Role
from tests import factories
from tests.disclosure.conftest import ROAD, ZHAO, answered, at, filed, fresh, send
from tests.factories import Office

pytestmark = pytest.mark.usefixtures("no_paper")
PROOF = Upload("赵小满身份证.txt", "赵小满 11010919900307123X".encode(), "text/plain", "identity")
# Every word of these belongs to the applicant, a third party or the request itself.
WORDS = (
    "赵小满", "11010919900307123X", "13900001234", "zhao@example.cn", "梅花街", "孙大江",
    "法人代表周", "价格条款",
)  # fmt: skip


def whole_case(office: Office) -> DisclosureRequest:
    """A case in which every sealed column and every kind of line has been written."""
    request = filed(office, date(2026, 3, 2), files=(PROOF,)).request
    officer = office.officer
    desk = Desk(section=office.section, note="请联系赵小满")
    assigning.assign(request=request, to=desk, by=officer, now=at(2026, 3, 2))
    letter = supplementing.ask_supplement(
        request=request, points=["请赵小满写明梅花街哪一段"], due_on=date(2026, 4, 1), by=officer,
        now=at(2026, 3, 3),
    )  # fmt: skip
    send(letter, office, date(2026, 3, 3))
    supplementing.take_supplement(
        request=request, text="梅花街7号，赵小满", files=[PROOF], on=date(2026, 3, 5), by=None,
        now=at(2026, 3, 5),
    )  # fmt: skip
    party = Party("third_party", "孙大江", "价格条款", "梅花街9号", "孙大江的商业秘密")
    consulting.consult(request=request, party=party, by=officer, now=at(2026, 3, 6))
    extending.extend(
        request=request, days=5, reason="赵小满所需材料多", by=officer, now=at(2026, 3, 9)
    )
    note = SearchNote("档案室", "梅花街", "赵小满所需合同一份", date(2026, 3, 9))
    searching.log_search(request=request, entry=note, by=officer, now=at(2026, 3, 9))
    evidence = Upload("赵小满缴费.txt", b"x", "text/plain", "other")
    papers.add_file(request=request, upload=evidence, by=None, now=at(2026, 3, 9))
    done = answered(request, office, date(2026, 3, 10), "petition", reason="赵小满反映的是投诉")
    remedy = RemedyText(
        "reconsideration",
        "云岭区人民政府",
        date(2026, 3, 20),
        "云复〔2026〕1号赵小满",
        "赵小满申请",
    )
    remedies.open_remedy(request=done, remedy=remedy, by=officer, now=at(2026, 3, 20))
    proof = done.files.filter(part="identity")[0]
    store.read(file=proof, by=officer, now=at(2026, 3, 21), purpose="verify")
    exporting.export_person(requests=[done], by=None, now=at(2026, 3, 21))
    return fresh(done)


def every_value() -> Iterator[tuple[str, str]]:
    """Every value of every table as text, read past the ORM."""
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            for row in cursor.fetchall():
                for value in row:
                    yield (
                        table,
                        value.decode("utf-8", "replace")
                        if isinstance(value, bytes)
                        else str(value),
                    )


def test_no_plain_personal_data_in_any_byte(
    office: Office, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG")
    request = whole_case(office)
    assert request.applicant.name == "赵小满", "and yet it can be read"
    read = list(every_value())
    assert any(table == "disclosure_applicant" for table, _ in read)
    assert any(request.number in value for _, value in read), "the search does find text"
    leaks = {(table, word) for table, value in read for word in WORDS if word in value}
    # The body's staff and places are not the applicant's.
    assert not leaks
    folder = Path(django_settings.GONGKAI_FILES)
    files = [path for path in folder.rglob("*") if path.is_file()]
    assert files
    assert not [p for p in files for w in WORDS if w.encode() in p.read_bytes()]
    assert not [w for w in WORDS if w in caplog.text and "INSERT" not in caplog.text]
    assert not [line for line in Entry.objects.all() for w in WORDS if w in str(vars(line))]


def test_a_sealed_value_opens_only_where_it_was_sealed(settings: Settings) -> None:
    sealed = seal("赵小满", name="applicant.name")
    assert unseal(sealed, name="applicant.name") == "赵小满"
    assert seal("赵小满", name="applicant.name") != sealed, "the same word never looks the same"
    for broken, name in (
        (sealed, "applicant.phone"),
        (sealed[:-4] + "AAAA", "applicant.name"),
        ("赵小满", "applicant.name"),
        ("v1:!!", "applicant.name"),
    ):
        with pytest.raises(Refusal, match="无法解密"):
            unseal(broken, name=name)
    settings.GONGKAI_PERSONAL_KEY = "0c" * 32
    with pytest.raises(Refusal, match="密钥不对"):
        unseal(sealed, name="applicant.name")


def test_blind_index_tells_the_same_from_the_other(settings: Settings) -> None:
    one = blind_index("identity", "11010919900307123X")
    assert one == blind_index("identity", " 1101091990030 7123x ")
    assert one == blind_index("identity", "１１０１０９１９９００３０７-123Ｘ")
    assert one != blind_index("identity", "110109199003071231")
    assert blind_index("ab", "c") != blind_index("a", "bc")
    settings.GONGKAI_PERSONAL_KEY = "0c" * 32
    assert one != blind_index("identity", "11010919900307123X")


def test_repeats_are_shown_as_evidence(office: Office) -> None:
    first = filed(office, date(2026, 3, 2)).request
    spaced = ZHAO.__class__(kind="natural", name="赵小满", identity_number="110109 19900307123x")
    same = AskedText(subject="云岭区梅花街改造工程的施工合同", document_number="云建〔2025〕3号")
    by_number = filed(office, date(2026, 3, 3), applicant=spaced, asked=same).request
    by_phone = ZHAO.__class__(kind="natural", name="赵小满", phone="139 0000 1234")
    other_words = AskedText(subject="二〇二四年绿化经费决算")
    third = filed(office, date(2026, 3, 4), applicant=by_phone, asked=other_words).request
    stranger = ZHAO.__class__(kind="natural", name="李四", identity_number="110109197001010011")
    filed(office, date(2026, 3, 1), applicant=stranger)
    found = queries.repeats_of(by_number)
    assert [each.request for each in found] == [first]
    assert found[0].percent > 60
    assert "云岭区梅花街改造工程的施工合同" in found[0].shared
    assert [each.request for each in queries.repeats_of(third)] == [first]
    assert queries.repeats_of(third)[0].percent < 20
    assert queries.repeats_of(first) == [], "later ones are no earlier reply"


def test_identity_proof_is_seen_by_few_and_written_down(office: Office) -> None:
    request = filed(office, date(2026, 3, 2), files=(PROOF,)).request
    proof = request.files.get()
    before = Entry.objects.filter(event="request.identity_read").count()
    for person in (office.leader, office.verifier, office.clerk):
        with pytest.raises(Refusal, match="身份证明只有承办"):
            store.read(file=proof, by=person, now=at(2026, 3, 3))
    assert Entry.objects.filter(event="request.identity_read").count() == before
    with pytest.raises(Refusal, match="为什么要查看"):
        store.read(file=proof, by=office.officer, now=at(2026, 3, 3), purpose="好奇")
    read = store.read(file=proof, by=office.officer, now=at(2026, 3, 3), purpose="verify")
    assert read == PROOF.content
    (look,) = queries.identity_looks(request)
    assert (look.actor_name, look.reason) == (office.officer.name, "核对申请人身份")
    line = Entry.objects.filter(event="request.identity_read").get()
    assert (line.actor_id, line.subject_id) == (office.officer.pk, request.pk)


def test_a_file_in_anothers_place_does_not_open(office: Office) -> None:
    files = [
        filed(office, date(2026, 3, 2), files=(Upload(f"{n}.txt", b"%d" % n),)).request.files.get()
        for n in (1, 2)
    ]
    store.path_of(files[0].uuid).write_bytes(store.path_of(files[1].uuid).read_bytes())
    with pytest.raises(Refusal, match="无法解密"):
        store.read(file=files[0], by=office.officer, now=at(2026, 3, 2))
    store.path_of(files[1].uuid).unlink()
    with pytest.raises(Refusal, match="从备份恢复"):
        store.read(file=files[1], by=office.officer, now=at(2026, 3, 2))


@pytest.mark.django_db(transaction=True)
def test_purge_takes_the_person_and_leaves_the_count(office: Office) -> None:
    request = whole_case(office)
    closed = closing.close(request=request, by=office.officer, now=at(2026, 4, 1))
    assert closed.purge_on == date(2036, 4, 1)
    assert purging.purge_due(now=at(2036, 4, 1)) == 0, "a remedy is pending"
    remedies.end_remedy(
        remedy=request.remedies.get(), outcome="upheld", on=date(2026, 6, 1), by=office.officer,
        now=at(2026, 6, 1),
    )  # fmt: skip
    assert purging.purge_due(now=at(2027, 4, 1)) == 0
    proofs = SealedFile.objects.filter(request=request, part="identity")
    assert all(proof.purged_at and not store.path_of(proof.uuid).exists() for proof in proofs)
    assert fresh(request).applicant.name == "赵小满"
    assert purging.purge_due(now=at(2036, 4, 1)) == 1
    gone = fresh(request)
    assert (gone.outcome, gone.replied_on, gone.applicant.kind) == (
        "petition", date(2026, 3, 10), "natural",
    )  # fmt: skip
    assert gone.subject == gone.description == gone.supplement == gone.applicant.name == ""
    assert gone.applicant.identity_index == gone.applicant.contact_index == ""
    letters = Letter.objects.filter(request=gone)
    assert all(letter.parts == letter.addressee == "" for letter in letters)
    assert casework.parts_of(letters[0]) == {}
    assert not [file for file in gone.files.all() if store.path_of(file.uuid).exists()]
    with pytest.raises(Refusal, match="按期清除"):
        store.read(file=proofs[0], by=office.officer, now=at(2036, 4, 2), purpose="verify")
    assert purging.purge_due(now=at(2036, 4, 2)) == 0


def test_mail_that_is_no_request_goes_after_a_year(office: Office) -> None:
    request = filed(office, date(2026, 3, 2)).request
    for index, (kind, of, day) in enumerate(
        (("bounce", None, 1), ("other", None, 9), ("request", request, 1))
    ):
        IncomingMail.objects.create(
            body=office.body, message_index=f"{index}", kind=kind, request=of, text="赵小满来信",
            arrived_at=at(2026, 3, day), state="taken" if of else "set_aside",
        )  # fmt: skip
    purging.purge_due(now=at(2027, 3, 9, 3))
    left = IncomingMail.objects.values_list("kind", flat=True)
    assert sorted(left) == ["other", "request"]


def test_the_secret_opens_no_more_after_purging(office: Office) -> None:
    made = filed(office, date(2026, 3, 2))
    closing.withdraw(request=made.request, by=None, now=at(2026, 3, 2))
    purging.purge(request=made.request, now=at(2036, 3, 2))
    assert filing.open_with_secret(made.request.receipt_number, made.secret) is None


def test_export_gives_the_person_everything_of_his(office: Office) -> None:
    request = whole_case(office)
    given = exporting.export_person(requests=[request], by=None, now=at(2026, 4, 1))
    with ZipFile(BytesIO(given)) as found:
        names = found.namelist()
        page = found.read("个人信息.html").decode()
        data = json.loads(found.read("个人信息.json"))
        held = [found.read(name) for name in names]
    told = ("赵小满", "13900001234", ROAD.subject, "身份证明", "补正")
    assert all(word in page for word in told) and "<script" not in page
    assert data["requests"][0]["applicant"]["name"] == "赵小满"
    assert PROOF.content in held, "the person's own papers too"
    assert not [part for part in held if "孙大江".encode() in part], "a third party's are not his"
    line = Entry.objects.filter(event="request.exported").latest("seq")
    assert (line.actor_name, line.reason) == ("申请人", "申请人在网站上下载")
    with pytest.raises(Refusal):
        exporting.export_person(requests=[request], by=office.verifier, now=at(2026, 4, 1))
    with pytest.raises(Refusal, match="核对本人身份"):
        exporting.export_person(requests=[request], by=office.officer, now=at(2026, 4, 1))
    exporting.export_person(
        requests=[request], by=office.officer, now=at(2026, 4, 1), proved="counter"
    )
    line = Entry.objects.filter(event="request.exported").latest("seq")
    assert (line.actor_id, line.reason) == (office.officer.pk, "本人当面出示证件")


def test_nobody_gets_anothers_data_with_his_own(office: Office) -> None:
    mine = filed(office, date(2026, 3, 2)).request
    other = replace(ZHAO, name="钱多多", identity_number="110109198001010000", phone="1")
    theirs = filed(office, date(2026, 3, 2), applicant=other).request
    with pytest.raises(Refusal, match="同一申请人"):
        exporting.export_person(
            requests=[mine, theirs], by=office.officer, now=at(2026, 4, 1), proved="counter"
        )


def test_who_sees_what_is_told_the_same_way_twice(office: Office) -> None:
    """`visible_to` asks the database what `may_read` answers for each request."""
    today, body = date(2026, 3, 9), office.body
    head = factories.person("科长戊", Role.SECTION_HEAD, body, office.other_section)
    second = factories.person("经办己", Role.CASE_OFFICER, body, office.section)
    far = factories.office()
    desks = [
        None, Desk(office.section), Desk(office.other_section), Desk(office.section, second),
        Desk(case_officer=head), Desk(other_body=far.body),
    ]  # fmt: skip
    requests = []
    for desk in desks:
        request = filed(office, date(2026, 3, 2)).request
        if desk is not None:
            assigning.assign(request=request, to=desk, by=office.officer, now=at(2026, 3, 3))
        requests.append(fresh(request))
    seen = {}
    for who in (
        office.officer, office.leader, office.verifier, office.clerk, head, second, far.officer,
        far.clerk,
    ):  # fmt: skip
        mine = set(queries.visible_to(who, today))
        assert mine == {r for r in requests if policies.may_read(who, r, today)}, who
        seen[who.name, who.body_id] = [requests.index(r) for r in sorted(mine, key=lambda r: r.pk)]
    assert list(seen.values()) == [
        [0, 1, 2, 3, 4, 5], [0, 1, 2, 3, 4, 5], [], [1], [2, 4], [1, 3], [5], [],
    ]  # fmt: skip


def test_mail_taken_for_a_request_is_the_applicants_deed(office: Office) -> None:
    filing.file_request(
        body=office.body,
        application=Application(ZHAO, ROAD),
        arrival=Arrival(Channel.WEB, date(2026, 3, 2)),
        by=None,
        now=at(2026, 3, 2),
    )
    line = Entry.objects.get(event="request.filed")
    assert (line.actor_id, line.actor_name, line.role) == (None, "申请人", "applicant")
