"""What every action on a record does in the same way: lock, set fields, check, write it down."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from gongkai.journal.actions import append
from gongkai.journal.values import Change, Subject
from gongkai.kit.refusal import Refusal
from gongkai.orgs import queries as orgs
from gongkai.orgs.models import Person, Role
from gongkai.records.models import HEADER_FIELDS, Record

PLACE_FIELDS = ("section", "catalog_class", "column")
CARRIED_FIELDS = ("first_published_on", "carried_from")
LAW_FIELDS = ("law_override", "law_override_reason")
EDITABLE = (*HEADER_FIELDS, *PLACE_FIELDS, *CARRIED_FIELDS, *LAW_FIELDS)
# A text longer than any real paper; more is a mistake or an attack.
LONGEST_TEXT = 2_000_000


def locked(record: Record) -> Record:
    """The row as it stands now, held against everybody else until the transaction ends."""
    return (
        Record.objects.select_for_update(of=("self",), no_key=True)
        .select_related("body")
        .get(pk=record.pk)
    )


def put(record: Record, fields: Mapping[str, object]) -> list[str]:
    """Set the fields and name those that changed; an unknown field is the caller's fault."""
    changed = []
    for name, value in fields.items():
        if name not in EDITABLE:
            raise ValueError(f"unknown field: {name}")
        clean = value.strip() if isinstance(value, str) else value
        if getattr(record, name) != clean:
            setattr(record, name, clean)
            changed.append(name)
    return changed


def clean_text(text: object) -> str:
    """Body text with plain line ends; refused past the longest length."""
    plain = str(text or "").replace("\r\n", "\n").replace("\r", "\n").strip("\n")
    if len(plain) > LONGEST_TEXT:
        sentence = f"正文有{len(plain)}字，超过{LONGEST_TEXT}字。请把长表格、长附录作为附件上传。"
        raise Refusal("record.text_too_long", sentence, fields={"text": sentence})
    return plain


def refuse_impossible_dates(record: Record, today: date) -> None:
    """Dates that cannot be: made in the future, published before made, the epoch of a null."""
    fields: dict[str, str] = {}
    if record.created_on and record.created_on > today:
        fields["created_on"] = "生成日期不能晚于今天，请核对原件上的日期。"
    if record.created_on and record.created_on.year < 1949:
        fields["created_on"] = "生成日期早于1949年，请核对年份。"
    if (
        record.first_published_on
        and record.created_on
        and record.first_published_on < record.created_on
    ):
        fields["first_published_on"] = "原发布日期早于生成日期，请核对这两个日期。"
    if record.first_published_on and record.first_published_on > today:
        fields["first_published_on"] = "原发布日期不能晚于今天。"
    if record.expires_on and record.effective_from and record.expires_on < record.effective_from:
        fields["expires_on"] = "有效期至早于施行日期，请核对这两个日期。"
    if record.law_override and not record.law_override_reason.strip():
        fields["law_override_reason"] = "改变适用规定要写明理由。"
    if record.law_override:
        try:
            date.fromisoformat(record.law_override)
        except ValueError:
            fields["law_override"] = "请填写以哪一天的规定为准，如2019-05-15。"
    if fields:
        raise Refusal("record.impossible_date", " ".join(fields.values()), fields=fields)


def refuse_foreign_places(record: Record) -> None:
    """Section and class must be of the record's own body."""
    fields: dict[str, str] = {}
    if record.section and record.section.body_id != record.body_id:
        fields["section"] = f"{record.section.name}不是{record.body.name}的科室，请重新选择。"
    if record.catalog_class and record.catalog_class.body_id != record.body_id:
        fields["catalog_class"] = "这个分类不属于本机关，请重新选择。"
    if fields:
        raise Refusal("record.foreign_place", " ".join(fields.values()), fields=fields)


def capacity(person: Person | None, record: Record, today: date, wanted: tuple[str, ...]) -> str:
    """The role in which the person acts: the first of `wanted` that he holds in the body."""
    if person is None:
        return "system"
    held = orgs.roles_in(person, record.body, today)
    return next((role for role in wanted if role in held), "")


SECTION_CAPACITIES = (Role.CASE_OFFICER, Role.SECTION_HEAD, Role.DISCLOSURE_OFFICE)


def write_down(event: str, *, record: Record, by: Person | None, role: str, change: Change) -> None:
    """One line in the journal about `record`."""
    append(
        event=event,
        actor=orgs.actor(by, body=record.body, role=role),
        subject=Subject("record", record.pk, record.uuid),
        change=change,
    )
