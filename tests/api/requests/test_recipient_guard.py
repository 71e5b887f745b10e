"""By the API no way leads another case's file into a letter."""

from __future__ import annotations

from tests import factories
from tests.api.requests.conftest import FILING, pdf, program


def test_no_call_takes_a_foreign_file(office: factories.Office) -> None:
    desk = program(office.officer)
    mine, theirs = (
        f"/{desk.post('', {**FILING, 'name': name})['request']['uuid']}"
        for name in ("赵小满", "孙小寒")
    )
    foreign = desk.post(f"{theirs}/files", {"file": pdf("别人的.pdf")})["file"]["uuid"]
    proof = desk.post(f"{mine}/files", {"file": pdf("护照.pdf", "identity")})["file"]["uuid"]
    reply = {"outcome": "granted", "stated": {"provided": "一份"}}
    for file in (foreign, proof):
        said = desk.post(f"{mine}/reply", {**reply, "attachments": [file]}, status=400)
        assert "本件" in str(said) or "这件申请" in str(said) or "答复附件" in str(said)
    letter = desk.post(f"{mine}/reply", reply)["letter"]["uuid"]
    for file in (foreign, proof):
        desk.post(f"{mine}/letters/{letter}/attach", {"attachments": [file]}, status=400)
    assert desk.get(f"{mine}/letters/{letter}")["attachments"] == []
    assert desk.call("get", f"{mine}/files/{foreign}").status_code == 404
    assert desk.call("get", f"{theirs}/letters/{letter}").status_code == 404
