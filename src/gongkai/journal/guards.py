"""Database triggers that keep the journal append-only, for SQLite and PostgreSQL.

A line can be inserted only behind the head or behind the newest line, when several are written
at once (next `seq`, its hash as `prev_hash`); it is never changed, never deleted, never truncated.
The head moves only forward, and only to the newest line: the lines between were each checked.
"""

from __future__ import annotations

from django.db.backends.base.base import BaseDatabaseWrapper

_SQLITE = {
    "journal_entry_no_update": """
        CREATE TRIGGER journal_entry_no_update BEFORE UPDATE ON journal_entry
        BEGIN SELECT RAISE(ABORT, 'journal: lines are never changed'); END""",
    "journal_entry_no_delete": """
        CREATE TRIGGER journal_entry_no_delete BEFORE DELETE ON journal_entry
        BEGIN SELECT RAISE(ABORT, 'journal: lines are never deleted'); END""",
    "journal_entry_in_order": """
        CREATE TRIGGER journal_entry_in_order BEFORE INSERT ON journal_entry
        WHEN NOT EXISTS (SELECT 1 FROM journal_head
                         WHERE NEW.seq = seq + 1 AND NEW.prev_hash = hash)
            AND NOT EXISTS (SELECT 1 FROM journal_head JOIN journal_entry AS earlier
                            ON earlier.seq = NEW.seq - 1 AND earlier.seq > journal_head.seq
                            AND earlier.hash = NEW.prev_hash)
        BEGIN SELECT RAISE(ABORT, 'journal: lines are only added behind the head'); END""",
    "journal_head_grows": """
        CREATE TRIGGER journal_head_grows BEFORE UPDATE ON journal_head
        WHEN NEW.id <> OLD.id OR NEW.seq <= OLD.seq
            OR NEW.seq <> (SELECT MAX(seq) FROM journal_entry) OR NOT EXISTS (
            SELECT 1 FROM journal_entry WHERE seq = NEW.seq AND hash = NEW.hash)
        BEGIN SELECT RAISE(ABORT, 'journal: the head only grows to the newest line'); END""",
    "journal_head_no_delete": """
        CREATE TRIGGER journal_head_no_delete BEFORE DELETE ON journal_head
        BEGIN SELECT RAISE(ABORT, 'journal: the head is never deleted'); END""",
    # REPLACE and UPSERT delete silently in SQLite (no delete trigger): stop them at the insert.
    "journal_head_single_row": """
        CREATE TRIGGER journal_head_single_row BEFORE INSERT ON journal_head
        WHEN EXISTS (SELECT 1 FROM journal_head) OR EXISTS (SELECT 1 FROM journal_entry)
        BEGIN SELECT RAISE(ABORT, 'journal: the head is made once'); END""",
}

_POSTGRESQL = (
    """
    CREATE FUNCTION journal_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        RAISE EXCEPTION 'journal: lines and head are never changed or deleted'
            USING ERRCODE = 'integrity_constraint_violation';
    END $$""",
    """
    CREATE FUNCTION journal_in_order() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF NOT EXISTS (SELECT 1 FROM journal_head
                       WHERE NEW.seq = seq + 1 AND NEW.prev_hash = hash)
            AND NOT EXISTS (SELECT 1 FROM journal_head JOIN journal_entry AS earlier
                            ON earlier.seq = NEW.seq - 1 AND earlier.seq > journal_head.seq
                            AND earlier.hash = NEW.prev_hash) THEN
            RAISE EXCEPTION 'journal: lines are only added behind the head'
                USING ERRCODE = 'integrity_constraint_violation';
        END IF;
        RETURN NEW;
    END $$""",
    """
    CREATE FUNCTION journal_grow() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF NEW.id <> OLD.id OR NEW.seq <= OLD.seq
            OR NEW.seq <> (SELECT MAX(seq) FROM journal_entry) OR NOT EXISTS (
            SELECT 1 FROM journal_entry WHERE seq = NEW.seq AND hash = NEW.hash) THEN
            RAISE EXCEPTION 'journal: the head only grows to the newest line'
                USING ERRCODE = 'integrity_constraint_violation';
        END IF;
        RETURN NEW;
    END $$""",
    """
    CREATE FUNCTION journal_one_head() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF EXISTS (SELECT 1 FROM journal_head) OR EXISTS (SELECT 1 FROM journal_entry) THEN
            RAISE EXCEPTION 'journal: the head is made once'
                USING ERRCODE = 'integrity_constraint_violation';
        END IF;
        RETURN NEW;
    END $$""",
    (
        "CREATE TRIGGER journal_entry_kept BEFORE UPDATE OR DELETE ON journal_entry "
        "FOR EACH ROW EXECUTE FUNCTION journal_refuse()"
    ),
    (
        "CREATE TRIGGER journal_entry_whole BEFORE TRUNCATE ON journal_entry "
        "FOR EACH STATEMENT EXECUTE FUNCTION journal_refuse()"
    ),
    (
        "CREATE TRIGGER journal_entry_in_order BEFORE INSERT ON journal_entry "
        "FOR EACH ROW EXECUTE FUNCTION journal_in_order()"
    ),
    (
        "CREATE TRIGGER journal_head_grows BEFORE UPDATE ON journal_head "
        "FOR EACH ROW EXECUTE FUNCTION journal_grow()"
    ),
    (
        "CREATE TRIGGER journal_head_kept BEFORE DELETE ON journal_head "
        "FOR EACH ROW EXECUTE FUNCTION journal_refuse()"
    ),
    (
        "CREATE TRIGGER journal_head_whole BEFORE TRUNCATE ON journal_head "
        "FOR EACH STATEMENT EXECUTE FUNCTION journal_refuse()"
    ),
    (
        "CREATE TRIGGER journal_head_single_row BEFORE INSERT ON journal_head "
        "FOR EACH ROW EXECUTE FUNCTION journal_one_head()"
    ),
)
_POSTGRESQL_FUNCTIONS = (
    "journal_refuse",
    "journal_in_order",
    "journal_grow",
    "journal_one_head",
)


def install(connection: BaseDatabaseWrapper) -> None:
    """Create the triggers. Called by the migration, and by tests after they emptied the tables."""
    statements = _POSTGRESQL if connection.vendor == "postgresql" else tuple(_SQLITE.values())
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def remove(connection: BaseDatabaseWrapper) -> None:
    """Drop the triggers: only for undoing the migration, and for tests that play the intruder."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            for name in _POSTGRESQL_FUNCTIONS:
                cursor.execute(f"DROP FUNCTION IF EXISTS {name}() CASCADE")
        else:
            for name in _SQLITE:
                cursor.execute(f"DROP TRIGGER IF EXISTS {name}")
