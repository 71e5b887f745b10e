"""Triggers of the assessment: a closed round never changes, nor anything in it.

Of a closed round only the record made of its result may still be named, once. Adjusted schemes,
marks and appeals are added, never rewritten: the appeal only from pending to decided.
"""

from __future__ import annotations

from django.db.backends.base.base import BaseDatabaseWrapper

_CLOSED = "assessment: a closed round is never changed"
_KEPT = "assessment: what was written is kept as it was"
_ROUND, _SHEET = "assessment_assessmentround", "assessment_scoresheet"
_MARK, _APPEAL = "assessment_handmark", "assessment_appeal"
_VERSION = "assessment_schemeversion"
# Everything but the record of a closed round.
_SAME = " AND ".join(
    f"NEW.{name} = OLD.{name}"
    for name in (
        "id", "uuid", "body_id", "title", "audience", "scheme", "period_from", "period_until",
        "state", "appeal_until", "opened_at", "closed_at", "result", "digest",
    )
)  # fmt: skip
_SAME_PG = _SAME.replace("NEW.result = OLD.result", "NEW.result::text = OLD.result::text")
_NAMED = "OLD.record_id IS NULL AND NEW.record_id IS NOT NULL"


_OF_ROUND = (
    "EXISTS (SELECT 1 FROM assessment_assessmentround r WHERE r.id = {ref} AND r.state = 'closed')"
)
_OF_SHEET = (
    "EXISTS (SELECT 1 FROM assessment_scoresheet s "
    "JOIN assessment_assessmentround r ON r.id = s.round_id "
    "WHERE s.id = {ref} AND r.state = 'closed')"
)


def _closed(ref: str) -> str:
    return _OF_ROUND.format(ref=ref)


def _closed_by_sheet(ref: str) -> str:
    return _OF_SHEET.format(ref=ref)


def _sqlite(name: str, verb: str, table: str, when: str, said: str) -> tuple[str, str]:
    return name, (
        f"CREATE TRIGGER {name} BEFORE {verb} ON {table} WHEN {when} "
        f"BEGIN SELECT RAISE(ABORT, '{said}'); END"
    )


_DECIDED = "OLD.outcome <> 'pending' OR NEW.reason <> OLD.reason OR NEW.key <> OLD.key"
_SQLITE = dict(
    [
        _sqlite("assessment_round_kept", "UPDATE", _ROUND,
                f"OLD.state = 'closed' AND NOT ({_SAME} AND {_NAMED})", _CLOSED),
        _sqlite("assessment_round_stays", "DELETE", _ROUND, "OLD.state = 'closed'", _CLOSED),
        _sqlite("assessment_sheet_in", "INSERT", _SHEET, _closed("NEW.round_id"), _CLOSED),
        _sqlite("assessment_sheet_kept", "UPDATE", _SHEET, _closed("OLD.round_id"), _CLOSED),
        _sqlite("assessment_sheet_stays", "DELETE", _SHEET, _closed("OLD.round_id"), _CLOSED),
        _sqlite("assessment_mark_in", "INSERT", _MARK, _closed_by_sheet("NEW.sheet_id"), _CLOSED),
        _sqlite("assessment_mark_kept", "UPDATE", _MARK, "1", _KEPT),
        _sqlite("assessment_mark_stays", "DELETE", _MARK, _closed_by_sheet("OLD.sheet_id"),
                _CLOSED),
        _sqlite("assessment_appeal_in", "INSERT", _APPEAL, _closed_by_sheet("NEW.sheet_id"),
                _CLOSED),
        _sqlite("assessment_appeal_kept", "UPDATE", _APPEAL, _DECIDED, _KEPT),
        _sqlite("assessment_appeal_stays", "DELETE", _APPEAL, "1", _KEPT),
        _sqlite("assessment_version_kept", "UPDATE", _VERSION, "1", _KEPT),
        _sqlite("assessment_version_stays", "DELETE", _VERSION, "1", _KEPT),
    ]
)  # fmt: skip


def _raise(said: str) -> str:
    return f"RAISE EXCEPTION '{said}' USING ERRCODE = 'integrity_constraint_violation'"


def _function(name: str, body: str) -> str:
    return (
        f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {body} "
        "IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; RETURN NEW; END $$"
    )


def _trigger(name: str, table: str, verbs: str) -> str:
    return f"CREATE TRIGGER {name} BEFORE {verbs} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()"


_ROUND_BODY = f"""
    IF TG_OP = 'DELETE' THEN
        IF OLD.state = 'closed' THEN {_raise(_CLOSED)}; END IF;
    ELSIF OLD.state = 'closed' AND NOT ({_SAME_PG} AND {_NAMED}) THEN
        {_raise(_CLOSED)};
    END IF;"""
_SHEET_BODY = f"""
    IF TG_OP = 'INSERT' THEN
        IF {_closed("NEW.round_id")} THEN {_raise(_CLOSED)}; END IF;
    ELSIF {_closed("OLD.round_id")} THEN {_raise(_CLOSED)};
    END IF;"""
_MARK_BODY = f"""
    IF TG_OP = 'UPDATE' THEN {_raise(_KEPT)};
    ELSIF TG_OP = 'INSERT' THEN
        IF {_closed_by_sheet("NEW.sheet_id")} THEN {_raise(_CLOSED)}; END IF;
    ELSIF {_closed_by_sheet("OLD.sheet_id")} THEN {_raise(_CLOSED)};
    END IF;"""
_APPEAL_BODY = f"""
    IF TG_OP = 'DELETE' THEN {_raise(_KEPT)};
    ELSIF TG_OP = 'INSERT' THEN
        IF {_closed_by_sheet("NEW.sheet_id")} THEN {_raise(_CLOSED)}; END IF;
    ELSIF {_DECIDED} THEN {_raise(_KEPT)};
    END IF;"""
_ALL = "INSERT OR UPDATE OR DELETE"
_FUNCTIONS = {
    "assessment_round_guard": (_ROUND, "UPDATE OR DELETE", _ROUND_BODY),
    "assessment_sheet_guard": (_SHEET, _ALL, _SHEET_BODY),
    "assessment_mark_guard": (_MARK, _ALL, _MARK_BODY),
    "assessment_appeal_guard": (_APPEAL, _ALL, _APPEAL_BODY),
    "assessment_version_guard": (_VERSION, "UPDATE OR DELETE", f"{_raise(_KEPT)};"),
}


def install(connection: BaseDatabaseWrapper) -> None:
    """Create the triggers. Called by the migration."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            for statement in _SQLITE.values():
                cursor.execute(statement)
            return
        for name, (table, verbs, body) in _FUNCTIONS.items():
            cursor.execute(_function(name, body))
            cursor.execute(_trigger(name, table, verbs))


def remove(connection: BaseDatabaseWrapper) -> None:
    """Drop the triggers: for undoing the migration, and for tests that play the intruder."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            for name in _SQLITE:
                cursor.execute(f"DROP TRIGGER IF EXISTS {name}")
        else:
            for name in _FUNCTIONS:
                cursor.execute(f"DROP FUNCTION IF EXISTS {name}() CASCADE")
