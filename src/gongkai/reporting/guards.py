"""Triggers: entries, narrative versions and approvals of reports are added, never changed."""

from __future__ import annotations

from django.db.backends.base.base import BaseDatabaseWrapper

KEPT = ("reporting_handentry", "reporting_narrativeversion", "reporting_approval")


def install(connection: BaseDatabaseWrapper) -> None:
    """Create the triggers. Called by the migration."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "CREATE FUNCTION reporting_kept() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
                "RAISE EXCEPTION 'reporting: what a report was made of stays' "
                "USING ERRCODE = 'integrity_constraint_violation'; END $$"
            )
        for table in KEPT:
            for verb in ("UPDATE", "DELETE"):
                head = f"CREATE TRIGGER {table}_{verb.lower()} BEFORE {verb} ON {table}"
                if connection.vendor == "postgresql":
                    cursor.execute(f"{head} FOR EACH ROW EXECUTE FUNCTION reporting_kept()")
                else:
                    cursor.execute(
                        f"{head} BEGIN SELECT RAISE(ABORT, "
                        "'reporting: what a report was made of stays'); END"
                    )


def remove(connection: BaseDatabaseWrapper) -> None:
    """Drop the triggers: for undoing the migration, and for tests that play the intruder."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("DROP FUNCTION IF EXISTS reporting_kept() CASCADE")
            return
        for table in KEPT:
            for verb in ("update", "delete"):
                cursor.execute(f"DROP TRIGGER IF EXISTS {table}_{verb}")
