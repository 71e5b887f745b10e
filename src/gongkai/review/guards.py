"""Triggers of review: a sheet begins at step 1, takes its steps in order, then never changes."""

from __future__ import annotations

from django.db.backends.base.base import BaseDatabaseWrapper

_STEPS = (
    "(OLD.state = 'proposed' AND NEW.state IN ('proposed', 'verified', 'returned')) OR "
    "(OLD.state = 'verified' AND NEW.state IN ('verified', 'decided', 'returned'))"
)
# Who proposed what is fixed from the start, and who verified it from step 2 on.
_SAME = (
    "NEW.record_id = OLD.record_id AND NEW.version_id = OLD.version_id AND "
    "NEW.body_id = OLD.body_id AND NEW.number = OLD.number AND "
    "NEW.proposed_by_id = OLD.proposed_by_id AND "
    "(OLD.state = 'proposed' OR NEW.verified_by_id = OLD.verified_by_id)"
)
_BEGIN = "review: a sheet begins as a proposal of a version of its own record"
_ORDER = "review: a sheet takes its steps in order and is never changed afterwards"
_GONE = "review: a sheet is never deleted"
_OWN = (
    "SELECT 1 FROM records_recordversion v "
    "WHERE v.id = NEW.version_id AND v.record_id = NEW.record_id"
)

_SQLITE = {
    "review_sheet_begins": f"""
        CREATE TRIGGER review_sheet_begins BEFORE INSERT ON review_reviewsheet
        WHEN NEW.state <> 'proposed' OR NOT EXISTS ({_OWN})
        BEGIN SELECT RAISE(ABORT, '{_BEGIN}'); END""",
    "review_sheet_steps": f"""
        CREATE TRIGGER review_sheet_steps BEFORE UPDATE ON review_reviewsheet
        WHEN NOT (({_STEPS}) AND {_SAME})
        BEGIN SELECT RAISE(ABORT, '{_ORDER}'); END""",
    "review_sheet_no_delete": f"""
        CREATE TRIGGER review_sheet_no_delete BEFORE DELETE ON review_reviewsheet
        BEGIN SELECT RAISE(ABORT, '{_GONE}'); END""",
}
_POSTGRESQL = (
    f"""
    CREATE FUNCTION review_sheet_guard() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF TG_OP = 'DELETE' THEN
            RAISE EXCEPTION '{_GONE}' USING ERRCODE = 'integrity_constraint_violation';
        ELSIF TG_OP = 'INSERT' THEN
            IF NEW.state <> 'proposed' OR NOT EXISTS ({_OWN}) THEN
                RAISE EXCEPTION '{_BEGIN}' USING ERRCODE = 'integrity_constraint_violation';
            END IF;
        ELSIF NOT (({_STEPS}) AND {_SAME}) THEN
            RAISE EXCEPTION '{_ORDER}' USING ERRCODE = 'integrity_constraint_violation';
        END IF;
        RETURN NEW;
    END $$""",
    (
        "CREATE TRIGGER review_sheet_guard BEFORE INSERT OR UPDATE OR DELETE ON review_reviewsheet "
        "FOR EACH ROW EXECUTE FUNCTION review_sheet_guard()"
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
            cursor.execute("DROP FUNCTION IF EXISTS review_sheet_guard() CASCADE")
