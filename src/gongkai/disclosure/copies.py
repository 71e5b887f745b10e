"""Copies that go to an applicant without a part: proved ones, and others looked through."""

from __future__ import annotations

import json
from collections.abc import Iterable

from gongkai.disclosure import store
from gongkai.disclosure.models import DisclosureRequest, RedactedCopy, SealedFile
from gongkai.disclosure.values import Withheld
from gongkai.kit.refusal import Refusal
from gongkai.records import redaction


def refuse_covered(files: Iterable[SealedFile]) -> None:
    """Refuse a copy made elsewhere whose bars have the words beneath them still.

    A copy made here was proved; kinds of files that nobody can look through pass.
    """
    for file in files:
        if RedactedCopy.objects.filter(result_id=file.pk).exists():
            continue
        seen = redaction.inspect(redaction.Paper(file.name, store.opened(file)))
        covered = [row for row in seen.covered if row.dark]
        if seen.grave and not covered:
            sentence = (
                f"“{file.name}”不能作为遮盖后的副本发给申请人：{''.join(seen.grave)}"
                "请把没有遮盖的文件传为原件，用“遮盖”重做，或另存一份干净的再传。"
            )
            fields = {"attachments": sentence, "new_file": sentence}
            raise Refusal("reply.not_clean", sentence, redaction.BASIS, fields)
        if covered:
            pages = "、".join(dict.fromkeys(str(row.page) for row in covered))
            sentence = (
                f"“{file.name}”第{pages}页的黑框下面还有文字，能复制出来（如“{covered[0].text[:20]}”），"
                "不能发给申请人。请把没有遮盖的文件传为原件，用“遮盖”重做。"
            )
            fields = {"attachments": sentence, "new_file": sentence}
            raise Refusal("reply.covered_text", sentence, redaction.BASIS, fields)


def withheld_of(request: DisclosureRequest) -> list[Withheld]:
    """What was taken out of the copies of a case, as the reply says it: each once."""
    found: dict[tuple[str, str, str], Withheld] = {}
    for copy in request.redacted_copies.select_related("source"):
        for row in json.loads(copy.removals or "[]"):
            part = f"《{_stem(copy.source.name)}》中的{row['what']}"
            each = Withheld(part, row["ground"], row["reason"])
            found.setdefault((each.part, each.ground, each.reason), each)
    return list(found.values())


def _stem(name: str) -> str:
    return name.rsplit(".", 1)[0]
