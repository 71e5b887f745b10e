"""Triggers of the catalog: nothing is published without a finished review of that very version.

The last line of defence behind the action: an entry shows exactly the version that its sheet
decided to be proactive, with the title, number, abstract and day that were reviewed; and a record
is called published only while its entry is.
"""

from __future__ import annotations

from django.db.backends.base.base import BaseDatabaseWrapper

_REVIEWED = """
    SELECT 1 FROM review_reviewsheet s
    JOIN records_recordversion v ON v.id = s.version_id
    JOIN records_record r ON r.id = s.record_id
    WHERE s.id = NEW.sheet_id AND s.state = 'decided' AND s.decided_attribute = 'proactive'
      AND s.record_id = NEW.record_id AND s.version_id = NEW.version_id
      AND v.record_id = NEW.record_id AND r.body_id = NEW.body_id AND r.uuid = NEW.uuid
      AND v.title = NEW.title AND v.document_number = NEW.document_number
      AND v.abstract = NEW.abstract AND v.created_on = NEW.created_on
      AND s.proposed_by_id <> s.verified_by_id AND s.verified_by_id <> s.decided_by_id
      AND s.proposed_by_id <> s.decided_by_id"""
# What was taken off comes back only by a new review, not by flipping its state.
_REVIVED = "OLD.state = 'withdrawn' AND NEW.sheet_id = OLD.sheet_id"
_NO_REVIEW = "catalog: nothing is published without a finished review of that version"
_SHOWN = "SELECT 1 FROM catalog_catalogentry e WHERE e.record_id = NEW.id AND e.state = 'published'"
_NOT_SHOWN = "catalog: a record is published only through a reviewed entry"
_GONE = "catalog: an entry is withdrawn, never deleted"

_SQLITE = {
    **{
        f"catalog_reviewed_{verb}": f"""
        CREATE TRIGGER catalog_reviewed_{verb} BEFORE {verb.upper()} ON catalog_catalogentry
        WHEN NEW.state <> 'withdrawn' AND (NOT EXISTS ({_REVIEWED}){more})
        BEGIN SELECT RAISE(ABORT, '{_NO_REVIEW}'); END"""
        for verb, more in (("insert", ""), ("update", f" OR ({_REVIVED})"))
    },
    **{
        f"catalog_shown_{verb}": f"""
        CREATE TRIGGER catalog_shown_{verb} BEFORE {verb.upper()} ON records_record
        WHEN NEW.state = 'published' AND NOT EXISTS ({_SHOWN})
        BEGIN SELECT RAISE(ABORT, '{_NOT_SHOWN}'); END"""
        for verb in ("insert", "update")
    },
    "catalog_entry_kept": f"""
        CREATE TRIGGER catalog_entry_kept BEFORE DELETE ON catalog_catalogentry
        BEGIN SELECT RAISE(ABORT, '{_GONE}'); END""",
}
_POSTGRESQL = (
    f"""
    CREATE FUNCTION catalog_reviewed() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF TG_OP = 'DELETE' THEN
            RAISE EXCEPTION '{_GONE}' USING ERRCODE = 'integrity_constraint_violation';
        ELSIF NEW.state <> 'withdrawn' AND NOT EXISTS ({_REVIEWED}) THEN
            RAISE EXCEPTION '{_NO_REVIEW}' USING ERRCODE = 'integrity_constraint_violation';
        ELSIF TG_OP = 'UPDATE' AND NEW.state <> 'withdrawn' THEN
            IF {_REVIVED} THEN
                RAISE EXCEPTION '{_NO_REVIEW}' USING ERRCODE = 'integrity_constraint_violation';
            END IF;
        END IF;
        RETURN NEW;
    END $$""",
    f"""
    CREATE FUNCTION catalog_shown() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF NEW.state = 'published' AND NOT EXISTS ({_SHOWN}) THEN
            RAISE EXCEPTION '{_NOT_SHOWN}' USING ERRCODE = 'integrity_constraint_violation';
        END IF;
        RETURN NEW;
    END $$""",
    (
        "CREATE TRIGGER catalog_reviewed BEFORE INSERT OR UPDATE OR DELETE ON catalog_catalogentry "
        "FOR EACH ROW EXECUTE FUNCTION catalog_reviewed()"
    ),
    (
        "CREATE TRIGGER catalog_shown BEFORE INSERT OR UPDATE ON records_record "
        "FOR EACH ROW EXECUTE FUNCTION catalog_shown()"
    ),
)


def install(connection: BaseDatabaseWrapper) -> None:
    """Create the triggers. Called by the migration."""
    sqlite = connection.vendor == "sqlite"
    with connection.cursor() as cursor:
        for statement in _SQLITE.values() if sqlite else _POSTGRESQL:
            cursor.execute(statement)


def remove(connection: BaseDatabaseWrapper) -> None:
    """Drop the triggers: for undoing the migration, and for tests that play the intruder."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            for name in _SQLITE:
                cursor.execute(f"DROP TRIGGER IF EXISTS {name}")
        else:
            for name in ("catalog_reviewed", "catalog_shown"):
                cursor.execute(f"DROP FUNCTION IF EXISTS {name}() CASCADE")
