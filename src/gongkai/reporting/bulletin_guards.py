"""Triggers: an issued bulletin is never changed and never deleted."""

from __future__ import annotations

from django.db.backends.base.base import BaseDatabaseWrapper

_TABLE = "reporting_bulletin"
_KEPT = "reporting: an issued bulletin stays as it was issued"


def install(connection: BaseDatabaseWrapper) -> None:
    """Create the triggers. Called by the migration."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "CREATE FUNCTION reporting_bulletin_kept() RETURNS trigger LANGUAGE plpgsql AS $$ "
                f"BEGIN RAISE EXCEPTION '{_KEPT}' "
                "USING ERRCODE = 'integrity_constraint_violation'; END $$"
            )
        for verb in ("UPDATE", "DELETE"):
            head = f"CREATE TRIGGER bulletin_kept_{verb.lower()} BEFORE {verb} ON {_TABLE}"
            if connection.vendor == "postgresql":
                cursor.execute(
                    f"{head} FOR EACH ROW WHEN (OLD.state = 'issued') "
                    "EXECUTE FUNCTION reporting_bulletin_kept()"
                )
            else:
                cursor.execute(
                    f"{head} WHEN OLD.state = 'issued' BEGIN SELECT RAISE(ABORT, '{_KEPT}'); END"
                )


def remove(connection: BaseDatabaseWrapper) -> None:
    """Drop the triggers: for undoing the migration, and for tests that play the intruder."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("DROP FUNCTION IF EXISTS reporting_bulletin_kept() CASCADE")
            return
        for verb in ("update", "delete"):
            cursor.execute(f"DROP TRIGGER IF EXISTS bulletin_kept_{verb}")
