"""Triggers on access tokens, for SQLite and PostgreSQL.

Whose a token is, how far it reaches and when it ends never changes, and one that was revoked stays
revoked, however the row is written.
"""

from __future__ import annotations

from django.db.backends.base.base import BaseDatabaseWrapper

_MESSAGE = "orgs: an access token only gets used or revoked"
# Frozen here as the migration laid them down. `IS` / `IS NOT DISTINCT FROM` compare NULLs too.
_FIXED = ("uuid", "person_id", "scope", "digest", "created_at", "expires_at")
_REVOKED = (
    "OLD.revoked_at IS NOT NULL AND (NEW.revoked_at IS NULL OR NEW.revoked_at <> OLD.revoked_at)"
)
_CHANGED = " OR ".join([*(f"NEW.{name} <> OLD.{name}" for name in _FIXED), f"({_REVOKED})"])

_SQLITE = f"""
    CREATE TRIGGER orgs_token_fixed BEFORE UPDATE ON orgs_accesstoken WHEN {_CHANGED}
    BEGIN SELECT RAISE(ABORT, '{_MESSAGE}'); END"""
_POSTGRESQL = (
    f"""
    CREATE FUNCTION orgs_token_fixed() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF {_CHANGED} THEN
            RAISE EXCEPTION '{_MESSAGE}' USING ERRCODE = 'integrity_constraint_violation';
        END IF;
        RETURN NEW;
    END $$""",
    (
        "CREATE TRIGGER orgs_token_fixed BEFORE UPDATE ON orgs_accesstoken "
        "FOR EACH ROW EXECUTE FUNCTION orgs_token_fixed()"
    ),
)


def install(connection: BaseDatabaseWrapper) -> None:
    """Create the triggers."""
    with connection.cursor() as cursor:
        for statement in _POSTGRESQL if connection.vendor == "postgresql" else (_SQLITE,):
            cursor.execute(statement)


def remove(connection: BaseDatabaseWrapper) -> None:
    """Drop the triggers: only for undoing the migration."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("DROP FUNCTION IF EXISTS orgs_token_fixed() CASCADE")
        else:
            cursor.execute("DROP TRIGGER IF EXISTS orgs_token_fixed")
