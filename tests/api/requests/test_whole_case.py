"""One request from filing to the served reply, by the API alone, every answer as described."""

from __future__ import annotations

from typing import Any

import pytest

from gongkai.api.requests import document
from gongkai.disclosure.actions import filing
from gongkai.disclosure.models import DisclosureRequest
from gongkai.journal.models import Entry
from tests import factories
from tests.api.requests.conftest import FILING, Moves, Program, pdf
from tests.api.shapes import faults

pytestmark = pytest.mark.django_db
WHOLE = document.document("http://testserver/api/v1")


def sound(value: Any, name: str) -> Any:
    """The value, of the shape the document says."""
    assert faults(value, {"$ref": f"#/components/schemas/{name}"}, WHOLE) == []
    return value


def carried(
    case: str, letter: dict[str, Any], programs: tuple[Program, Program], **how: str
) -> Any:
    """A letter submitted, approved by somebody else and served."""
    drafter, approver = programs
    at = f"{case}/letters/{letter['uuid']}"
    text = sound(drafter.get(at), "LetterText")
    assert text["text"] and {d["key"] for d in text["deeds"] if not d["why_not"]} >= {
        "letter_submit"
    }
    drafter.post(f"{at}/submit")
    refused = drafter.post(f"{at}/approve", status=403)
    assert refused["code"] in ("letter.not_approver", "letter.same_person")
    approved = approver.post(f"{at}/approve")
    assert approved["letter"]["number"].startswith("云商")
    return sound(drafter.post(f"{at}/serve", how), "Done")


def taken_in(desk: Program, clerk: Program, office: factories.Office) -> str:
    """Filed with its secret, then given to the clerk."""
    made = sound(desk.post("", {**FILING, "files": [pdf("身份证.pdf", "identity")]}), "Done")
    request, case = made["request"], f"/{made['request']['uuid']}"
    assert (request["received_on"], request["due_on"]) == ("2026-11-02", "2026-11-30")
    row = DisclosureRequest.objects.get(uuid=request["uuid"])
    assert filing.open_with_secret(request["receipt_number"], made["secret"]) == row
    assert clerk.get(case, status=404)["code"] == "api.not_found"
    people = sound(desk.get("/desks"), "Desks")
    assert {"username": office.clerk.username, "name": "经办甲"} in people["people"]
    desk.post(f"{case}/assign", {"section": "fagui", "case_officer": office.clerk.username})
    return case


def supplemented(case: str, clerk: Program, desk: Program, on_day: Moves) -> None:
    on_day(11, 4)
    asked = {"points": ["请写明合同的年度", "请写明标段"], "due_on": "2026-11-20"}
    made = sound(clerk.post(f"{case}/ask-supplement", asked), "Done")
    served = carried(case, made["letter"], (clerk, desk), way="handed", signed_on="2026-11-04")
    assert served["request"]["state"] == "awaiting_supplement"
    assert served["request"]["due_on"] is None
    on_day(11, 12)
    given = {"on": "2026-11-12", "text": "二〇二五年，一标段"}
    assert clerk.post(f"{case}/supplement", given)["request"]["due_on"] == "2026-12-10"


def consulted(case: str, clerk: Program, desk: Program, on_day: Moves) -> None:
    on_day(11, 16)
    party = {"kind": "third_party", "name": "云岭建筑公司", "address": "云岭区一号路",
             "information": "合同价款和工期", "reason": "可能涉及商业秘密"}  # fmt: skip
    made = sound(clerk.post(f"{case}/consult", party), "Done")
    how = {"way": "post", "posted_on": "2026-11-16", "tracking": "XA10000000111"}
    carried(case, made["letter"], (clerk, desk), **how)
    at = f"{case}/consultations/{made['consultation']['id']}"
    clerk.post(f"{at}/delivery", {"on": "2026-11-16"})
    on_day(11, 23)
    told = clerk.post(f"{at}/opinion", {"opinion": "agrees", "on": "2026-11-23"})
    assert told["request"]["due_on"] == "2026-12-17", "five working days were left out"


def extended_and_charged(
    case: str, clerk: Program, desk: Program, leader: Program, on_day: Moves
) -> None:
    assert clerk.post(f"{case}/extend", {"days": 5, "reason": "量大"}, status=403)
    longer = sound(desk.post(f"{case}/extend", {"days": 5, "reason": "材料较多"}), "Done")
    assert longer["request"]["due_on"] == "2026-12-24"
    carried(case, longer["letter"], (clerk, leader), way="handed", signed_on="2026-11-23")
    made = sound(clerk.post(f"{case}/charge", {"way": "pages", "pages": 100}), "Done")
    stopped = carried(case, made["letter"], (clerk, desk), way="handed", signed_on="2026-11-23")
    assert stopped["request"]["state"] == "awaiting_fee"
    assert clerk.get(case)["fee"]["amount_yuan"] > 0
    on_day(11, 25)
    paid = clerk.post(f"{case}/pay", {"on": "2026-11-25", "receipt_number": "P1"})
    assert paid["request"]["state"] == "accepted"


def answered(case: str, clerk: Program, leader: Program) -> dict[str, Any]:
    kept = sound(clerk.post(f"{case}/files", {"file": pdf("合同.pdf")}), "Done")["file"]
    choice = next(o for o in sound(clerk.get(f"{case}/outcomes"), "Outcomes")["outcomes"]
                  if o["key"] == "partly_granted")  # fmt: skip
    stated = {each["key"]: "合同复印件，隐去价款" for each in choice["states"]}
    stated["ground"] = choice["grounds"][0]["key"]
    incomplete = clerk.post(f"{case}/reply", {"outcome": "partly_granted"}, status=400)
    assert incomplete["code"] == "reply.incomplete" and "provided" in incomplete["fields"]
    reply = {"outcome": "partly_granted", "stated": stated, "attachments": [kept["uuid"]]}
    letter = sound(clerk.post(f"{case}/reply", reply), "Done")["letter"]
    return carried(case, letter, (clerk, leader), way="handed", signed_on="2026-11-25")  # type: ignore[no-any-return]


def test_from_filing_to_the_served_reply(
    office: factories.Office, desk: Program, clerk: Program, leader: Program, on_day: Moves
) -> None:
    case = taken_in(desk, clerk, office)
    supplemented(case, clerk, desk, on_day)
    consulted(case, clerk, desk, on_day)
    extended_and_charged(case, clerk, desk, leader, on_day)
    clerk.post(f"{case}/search", {"place": "档案室", "terms": "合同", "found": "一份",
                                  "on": "2026-11-25"})  # fmt: skip
    done = answered(case, clerk, leader)
    assert done["request"]["outcome"] == "partly_granted" and done["request"]["in_time"] is True
    whole = sound(clerk.get(case), "Case")
    labels = [turn["label"] for turn in whole["clock"]["line"]]
    assert {"收到补正", "收到意见", "批准延期", "缴费完成", "答复送达"} <= set(labels)
    assert all(turn["basis"] for turn in whole["clock"]["line"])
    reply = whole["letters"][-1]
    for kind, start in (("pdf", b"%PDF"), ("docx", b"PK")):
        paper = clerk.call("get", f"{case}/letters/{reply['uuid']}/letter.{kind}")
        assert paper.status_code == 200 and paper.content.startswith(start)
    after(case, desk, clerk, on_day)
    lines = Entry.objects.filter(event="api.called")
    assert lines.filter(actor_id=office.clerk.pk).count() > 10
    assert set(lines.values_list("data__token", flat=True)) == {"办文系统"}


def after(case: str, desk: Program, clerk: Program, on_day: Moves) -> None:
    """A remedy, an answer for everybody, another handling, the end."""
    on_day(12, 1)
    taken = {"kind": "reconsideration", "authority": "云岭区人民政府", "filed_on": "2026-12-01"}
    assert clerk.post(f"{case}/remedies", taken, status=403)["code"] == "request.not_office"
    row = sound(desk.post(f"{case}/remedies", taken), "Done")["remedy"]
    ended = {"outcome": "corrected", "ended_on": "2026-12-01"}
    desk.post(f"{case}/remedies/{row['id']}/end", ended)
    assert desk.post(f"{case}/remedies/{row['id']}/end", ended, status=409)
    order = {"authority": "云岭区人民政府", "ordered_on": "2026-12-01", "remedy": row["id"]}
    again = sound(desk.post(f"{case}/reopen", order), "Done")["requests"][0]
    assert again["due_on"] and again["uuid"] not in case
    said = {"asked": "某工程合同", "answered": "提供了合同，隐去价款。"}
    personal = desk.post(f"{case}/release", {**said, "asked": "赵小满要的"}, status=400)
    assert personal["code"] == "release.personal"
    desk.post(f"{case}/release", said)
    assert sound(desk.get(case), "Case")["public_answer"]["asked"] == "某工程合同"
    desk.post(f"{case}/unrelease")
    assert desk.get(case)["public_answer"] is None
    assert sound(desk.post(f"{case}/convert", {"title": "某工程合同"}), "Done")["record"]
    desk.post(f"{case}/close")
    desk.post(f"{case}/archive")
    assert sound(desk.get(f"{case}/history"), "History")["lines"][0]["event"] == "api.called"
