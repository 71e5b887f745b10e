"""Triggers that keep the three administrators apart, for SQLite and PostgreSQL.

A constraint on one row cannot see the others: whoever is an administrator on a day holds no other
role on that day (GB/T 22239—2019 8.1.5), however the row is written.
"""

from __future__ import annotations

from django.db.backends.base.base import BaseDatabaseWrapper

# Frozen here as the migration laid them down; `ADMINISTRATORS` says the same (tested).
ADMINS = "('system_admin', 'security_admin', 'audit_admin')"
_MESSAGE = "orgs: an administrator holds no other role"
_MIXED = f"""
    SELECT 1 FROM orgs_rolegrant g
    WHERE g.person_id = NEW.person_id
      AND (NEW.id IS NULL OR g.id <> NEW.id)
      AND (g.role IN {ADMINS} OR NEW.role IN {ADMINS})
      AND (g.until IS NULL OR g.until > g.from_on)
      AND (NEW.until IS NULL OR NEW.until > NEW.from_on)
      AND (g.until IS NULL OR NEW.from_on < g.until)
      AND (NEW.until IS NULL OR g.from_on < NEW.until)"""  # noqa: S608 (constants only)

_SQLITE = {
    f"orgs_separation_{verb}": f"""
        CREATE TRIGGER orgs_separation_{verb} BEFORE {verb.upper()} ON orgs_rolegrant
        WHEN EXISTS ({_MIXED})
        BEGIN SELECT RAISE(ABORT, '{_MESSAGE}'); END"""
    for verb in ("insert", "update")
}
_POSTGRESQL = (
    f"""
    CREATE FUNCTION orgs_separation() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        -- Two grants to one person at once would not see each other.
        PERFORM pg_advisory_xact_lock(7402, NEW.person_id::int);
        IF EXISTS ({_MIXED}) THEN
            RAISE EXCEPTION '{_MESSAGE}' USING ERRCODE = 'integrity_constraint_violation';
        END IF;
        RETURN NEW;
    END $$""",
    (
        "CREATE TRIGGER orgs_separation BEFORE INSERT OR UPDATE ON orgs_rolegrant "
        "FOR EACH ROW EXECUTE FUNCTION orgs_separation()"
    ),
)


def install(connection: BaseDatabaseWrapper) -> None:
    """Create the triggers."""
    statements = _POSTGRESQL if connection.vendor == "postgresql" else tuple(_SQLITE.values())
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def remove(connection: BaseDatabaseWrapper) -> None:
    """Drop the triggers: only for undoing the migration."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("DROP FUNCTION IF EXISTS orgs_separation() CASCADE")
        else:
            for name in _SQLITE:
                cursor.execute(f"DROP TRIGGER IF EXISTS {name}")
