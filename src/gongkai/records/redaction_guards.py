"""Triggers of redactions: what was proved stays as it is; what the public may have seen stays.

And no file that was redacted for a record goes into a version of that record.
"""

from __future__ import annotations

from django.db.backends.base.base import BaseDatabaseWrapper

_SAME = "records: a proved redaction never changes"
_SHOWN = "records: the redaction of a published file is never deleted"
_ORIGINAL = "records: the original of a redacted file is never published"
_IN_VERSION = "EXISTS (SELECT 1 FROM records_versionfile f WHERE f.file_id = OLD.result_id)"
_IS_ORIGINAL = """EXISTS (
    SELECT 1 FROM records_redaction r JOIN records_recordversion v ON v.record_id = r.record_id
    WHERE v.id = NEW.version_id AND r.source_id = NEW.file_id)"""

_SQLITE = {
    "records_redaction_no_update": f"""
        CREATE TRIGGER records_redaction_no_update BEFORE UPDATE ON records_redaction
        BEGIN SELECT RAISE(ABORT, '{_SAME}'); END""",
    "records_redaction_kept": f"""
        CREATE TRIGGER records_redaction_kept BEFORE DELETE ON records_redaction
        WHEN {_IN_VERSION}
        BEGIN SELECT RAISE(ABORT, '{_SHOWN}'); END""",
    "records_original_kept_back": f"""
        CREATE TRIGGER records_original_kept_back BEFORE INSERT ON records_versionfile
        WHEN {_IS_ORIGINAL}
        BEGIN SELECT RAISE(ABORT, '{_ORIGINAL}'); END""",
}
_POSTGRESQL = (
    f"""
    CREATE FUNCTION records_redaction_guard() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF TG_OP = 'UPDATE' THEN
            RAISE EXCEPTION '{_SAME}' USING ERRCODE = 'integrity_constraint_violation';
        ELSIF {_IN_VERSION} THEN
            RAISE EXCEPTION '{_SHOWN}' USING ERRCODE = 'integrity_constraint_violation';
        END IF;
        RETURN OLD;
    END $$""",
    f"""
    CREATE FUNCTION records_original_guard() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF {_IS_ORIGINAL} THEN
            RAISE EXCEPTION '{_ORIGINAL}' USING ERRCODE = 'integrity_constraint_violation';
        END IF;
        RETURN NEW;
    END $$""",
    (
        "CREATE TRIGGER records_redaction_kept BEFORE UPDATE OR DELETE ON records_redaction "
        "FOR EACH ROW EXECUTE FUNCTION records_redaction_guard()"
    ),
    (
        "CREATE TRIGGER records_original_kept_back BEFORE INSERT ON records_versionfile "
        "FOR EACH ROW EXECUTE FUNCTION records_original_guard()"
    ),
)
_FUNCTIONS = ("records_redaction_guard", "records_original_guard")


def install(connection: BaseDatabaseWrapper) -> None:
    """Create the triggers. Called by the migration."""
    sqlite = connection.vendor == "sqlite"
    with connection.cursor() as cursor:
        for statement in _SQLITE.values() if sqlite else _POSTGRESQL:
            cursor.execute(statement)


def remove(connection: BaseDatabaseWrapper) -> None:
    """Drop the triggers, for undoing the migration."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            for name in _SQLITE:
                cursor.execute(f"DROP TRIGGER IF EXISTS {name}")
        else:
            for name in _FUNCTIONS:
                cursor.execute(f"DROP FUNCTION IF EXISTS {name}() CASCADE")
