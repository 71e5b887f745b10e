"""Triggers of requests, for SQLite and PostgreSQL: whoever writes past the program is refused.

A request ends once and stays ended; numbers stay; a step of the clock stays; a letter that has a
number stays as it was approved, and holds no other case's file.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.db.backends.base.base import BaseDatabaseWrapper


@dataclass(frozen=True, slots=True)
class Guard:
    """Refuse `verb` on `table` with `message` when `when` holds (SQL both databases read)."""

    name: str
    table: str
    verb: str
    when: str
    message: str


_REQUEST, _STEP = "disclosure_disclosurerequest", "disclosure_step"
_LETTER, _SENDING = "disclosure_letter", "disclosure_sending"
_ATTACHED, _FILE = "disclosure_letter_attachments", "disclosure_sealedfile"


def _changed(*columns: str) -> str:
    """Any of the columns differs, NULL included."""
    tests = (f"NEW.{c} <> OLD.{c} OR (NEW.{c} IS NULL) <> (OLD.{c} IS NULL)" for c in columns)
    return "(" + " OR ".join(tests) + ")"


_OTHER_CASE = f"""NOT EXISTS (
    SELECT 1 FROM {_LETTER} l JOIN {_FILE} f ON f.request_id = l.request_id
    WHERE l.id = NEW.letter_id AND f.id = NEW.sealedfile_id)"""  # noqa: S608 (constants only)
_OTHER_EVIDENCE = f"""NEW.evidence_id IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM {_LETTER} l JOIN {_FILE} f ON f.request_id = l.request_id
    WHERE l.id = NEW.letter_id AND f.id = NEW.evidence_id)"""  # noqa: S608
_NUMBERED = "EXISTS (SELECT 1 FROM {0} l WHERE l.id = {1}.letter_id AND l.number <> '')"
_ENDED = (
    f"EXISTS (SELECT 1 FROM {_REQUEST} r "  # noqa: S608
    "WHERE r.id = NEW.request_id AND r.outcome <> '')"
)
_BACK = (
    "(OLD.state IN ('closed', 'archived') AND NEW.state NOT IN ('closed', 'archived')) OR "
    "(OLD.state = 'archived' AND NEW.state <> 'archived') OR "
    "(OLD.state = 'replied' AND NEW.state NOT IN ('replied', 'closed', 'archived'))"
)
_APPROVED = (
    "OLD.number <> '' AND ("
    + _changed("number", "kind", "outcome", "ground", "body_id", "request_id", "due_on", "ref")
    + " OR (NEW.parts <> OLD.parts AND NEW.parts <> '')"
    " OR (NEW.addressee <> OLD.addressee AND NEW.addressee <> ''))"
)
_OTHER_PAPER = (
    f"NEW.paper_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM {_FILE} f "  # noqa: S608
    "WHERE f.id = NEW.paper_id AND f.request_id = NEW.request_id)"
)
_PURGED = (
    f"EXISTS (SELECT 1 FROM {_LETTER} l JOIN {_REQUEST} r ON r.id = l.request_id "  # noqa: S608
    "WHERE l.id = OLD.letter_id AND r.purged_at IS NOT NULL)"
)
_SERVED = "OLD.state = 'served' AND NEW.state <> 'served'"

GUARDS = (
    Guard("request_kept", _REQUEST, "DELETE", "1 = 1", "a request is never deleted"),
    Guard(
        "request_numbers_kept", _REQUEST, "UPDATE",
        "(OLD.number <> '' AND NEW.number <> OLD.number) OR "
        + _changed("receipt_number", "body_id", "uuid"),
        "the numbers of a request never change",
    ),
    Guard(
        "request_ends_once", _REQUEST, "UPDATE",
        "OLD.outcome <> '' AND " + _changed("outcome", "replied_on", "in_time"),
        "a request ends once",
    ),
    Guard("request_stays_ended", _REQUEST, "UPDATE", _BACK, "an ended request stays ended"),
    Guard("step_after_end", _STEP, "INSERT", _ENDED, "no step after the end"),
    Guard("step_no_delete", _STEP, "DELETE", "1 = 1", "a step is never deleted"),
    Guard(
        "step_kept", _STEP, "UPDATE",
        _changed("request_id", "kind", "days", "due_on", "ref") + ' OR NEW."on" <> OLD."on"'
        " OR (OLD.delivered_on IS NOT NULL AND " + _changed("delivered_on") + ")"
        " OR (NEW.reason <> OLD.reason AND NEW.reason <> '')",
        "a step is never changed",
    ),
    Guard(
        "letter_kept", _LETTER, "UPDATE", f"({_APPROVED}) OR ({_SERVED})",
        "an approved letter is never changed",
    ),
    Guard(
        "letter_no_delete", _LETTER, "DELETE", "OLD.number <> ''",
        "a numbered letter is never deleted",
    ),
    Guard(
        "letter_of_its_case", _LETTER, "UPDATE", _changed("request_id"),
        "a letter stays with its case",
    ),
    Guard("paper_own_case", _LETTER, "INSERT", _OTHER_PAPER, "a file of another case"),
    Guard(
        "paper_stays_own", _LETTER, "UPDATE",
        f"({_OTHER_PAPER}) OR (OLD.paper_id IS NOT NULL AND {_changed('paper_id')})",
        "the paper of a letter never changes",
    ),
    Guard("attached_own_case", _ATTACHED, "INSERT", _OTHER_CASE, "a file of another case"),
    Guard("attached_moved", _ATTACHED, "UPDATE", "1 = 1", "attachments are not moved"),
    Guard(
        "attached_late", _ATTACHED, "INSERT", _NUMBERED.format(_LETTER, "NEW"),
        "an approved letter is never changed",
    ),
    Guard(
        "attached_kept", _ATTACHED, "DELETE",
        f"{_NUMBERED.format(_LETTER, 'OLD')} AND NOT {_PURGED}",
        "an approved letter is never changed",
    ),
    Guard("file_of_its_case", _FILE, "UPDATE", _changed("request_id", "uuid"), "files stay"),
    Guard("evidence_own_case", _SENDING, "INSERT", _OTHER_EVIDENCE, "a file of another case"),
    Guard(
        "evidence_stays_own", _SENDING, "UPDATE",
        f"({_OTHER_EVIDENCE}) OR " + _changed("letter_id", "served_on"),
        "the day of service never changes",
    ),
    Guard("sending_kept", _SENDING, "DELETE", "1 = 1", "a service is never deleted"),
)  # fmt: skip

_COPY = "disclosure_redactedcopy"
COPY_GUARDS = (
    Guard(
        "copy_same", _COPY, "UPDATE",
        _changed("source_id", "result_id", "request_id", "method", "digest", "made_at", "uuid")
        + " OR (NEW.removals <> OLD.removals AND NEW.removals <> '')",
        "a proved copy never changes",
    ),
    Guard("copy_kept", _COPY, "DELETE", "1 = 1", "a proved copy is never deleted"),
)  # fmt: skip


def _name(guard: Guard) -> str:
    return f"disclosure_{guard.name}"


def _sqlite(guard: Guard) -> tuple[str, ...]:
    made = (
        f"CREATE TRIGGER {_name(guard)} BEFORE {guard.verb} ON {guard.table} "
        f"WHEN {guard.when} BEGIN SELECT RAISE(ABORT, 'disclosure: {guard.message}'); END"
    )
    return (made,)


def _postgresql(guard: Guard) -> tuple[str, ...]:
    gives = "OLD" if guard.verb == "DELETE" else "NEW"
    function = (
        f"CREATE FUNCTION {_name(guard)}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"IF {guard.when} THEN RAISE EXCEPTION 'disclosure: {guard.message}' "
        f"USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN {gives}; END $$"
    )
    trigger = (
        f"CREATE TRIGGER {_name(guard)} BEFORE {guard.verb} ON {guard.table} "
        f"FOR EACH ROW EXECUTE FUNCTION {_name(guard)}()"
    )
    return function, trigger


def install(connection: BaseDatabaseWrapper, guards: tuple[Guard, ...] = GUARDS) -> None:
    """Create the triggers. Called by the migrations."""
    write = _postgresql if connection.vendor == "postgresql" else _sqlite
    with connection.cursor() as cursor:
        for guard in guards:
            for statement in write(guard):
                cursor.execute(statement)


def remove(connection: BaseDatabaseWrapper, guards: tuple[Guard, ...] = GUARDS) -> None:
    """Drop the triggers: for undoing the migration, and for tests that play the intruder."""
    with connection.cursor() as cursor:
        for guard in guards:
            if connection.vendor == "postgresql":
                cursor.execute(f"DROP FUNCTION IF EXISTS {_name(guard)}() CASCADE")
            else:
                cursor.execute(f"DROP TRIGGER IF EXISTS {_name(guard)}")
