"""Triggers of records: frozen versions never change, numbers are never taken back.

For SQLite and PostgreSQL; whoever writes past the program is refused by the database.
"""

from __future__ import annotations

from django.db.backends.base.base import BaseDatabaseWrapper

FROZEN = ("records_recordversion", "records_versiontext", "records_versionfile")
KEPT = ("records_allotment",)
_CHANGED_NUMBER = "records: an index number never changes"


def _sqlite() -> dict[str, str]:
    made = {}
    for table in (*FROZEN, *KEPT):
        for verb in ("update", "delete"):
            name = f"{table}_no_{verb}"
            made[name] = f"""
                CREATE TRIGGER {name} BEFORE {verb.upper()} ON {table}
                BEGIN SELECT RAISE(ABORT, '{table}: rows are never changed or deleted'); END"""
    made["records_number_kept"] = f"""
        CREATE TRIGGER records_number_kept BEFORE UPDATE OF index_number ON records_record
        WHEN OLD.index_number <> '' AND NEW.index_number <> OLD.index_number
        BEGIN SELECT RAISE(ABORT, '{_CHANGED_NUMBER}'); END"""
    made["records_numbered_kept"] = """
        CREATE TRIGGER records_numbered_kept BEFORE DELETE ON records_record
        WHEN OLD.index_number <> ''
        BEGIN SELECT RAISE(ABORT, 'records: a numbered record is never deleted'); END"""
    made["records_series_grows"] = """
        CREATE TRIGGER records_series_grows BEFORE UPDATE ON records_numberseries
        WHEN NEW.last < OLD.last
        BEGIN SELECT RAISE(ABORT, 'records: a series never goes back'); END"""
    return made


_POSTGRESQL = (
    """
    CREATE FUNCTION records_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        RAISE EXCEPTION '%: rows are never changed or deleted', TG_TABLE_NAME
            USING ERRCODE = 'integrity_constraint_violation';
    END $$""",
    f"""
    CREATE FUNCTION records_keep_number() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF TG_OP = 'DELETE' THEN
            IF OLD.index_number <> '' THEN
                RAISE EXCEPTION 'records: a numbered record is never deleted'
                    USING ERRCODE = 'integrity_constraint_violation';
            END IF;
            RETURN OLD;
        END IF;
        IF OLD.index_number <> '' AND NEW.index_number <> OLD.index_number THEN
            RAISE EXCEPTION '{_CHANGED_NUMBER}' USING ERRCODE = 'integrity_constraint_violation';
        END IF;
        RETURN NEW;
    END $$""",
    """
    CREATE FUNCTION records_series_grows() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF NEW.last < OLD.last THEN
            RAISE EXCEPTION 'records: a series never goes back'
                USING ERRCODE = 'integrity_constraint_violation';
        END IF;
        RETURN NEW;
    END $$""",
    *(
        f"CREATE TRIGGER {table}_kept BEFORE UPDATE OR DELETE ON {table} "
        "FOR EACH ROW EXECUTE FUNCTION records_refuse()"
        for table in (*FROZEN, *KEPT)
    ),
    (
        "CREATE TRIGGER records_number_kept BEFORE UPDATE OR DELETE ON records_record "
        "FOR EACH ROW EXECUTE FUNCTION records_keep_number()"
    ),
    (
        "CREATE TRIGGER records_series_grows BEFORE UPDATE ON records_numberseries "
        "FOR EACH ROW EXECUTE FUNCTION records_series_grows()"
    ),
)
_FUNCTIONS = ("records_refuse", "records_keep_number", "records_series_grows")


def install(connection: BaseDatabaseWrapper) -> None:
    """Create the triggers. Called by the migration."""
    sqlite = connection.vendor == "sqlite"
    with connection.cursor() as cursor:
        for statement in _sqlite().values() if sqlite else _POSTGRESQL:
            cursor.execute(statement)


def remove(connection: BaseDatabaseWrapper) -> None:
    """Drop the triggers: for undoing the migration, and for tests that play the intruder."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            for name in _sqlite():
                cursor.execute(f"DROP TRIGGER IF EXISTS {name}")
        else:
            for name in _FUNCTIONS:
                cursor.execute(f"DROP FUNCTION IF EXISTS {name}() CASCADE")
