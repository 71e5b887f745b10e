"""What the journal refuses. All are mistakes of the calling program, never of a person."""

from __future__ import annotations


class JournalError(Exception):
    """Base of the journal's errors."""


class OutsideTransactionError(JournalError):
    """`append` was called without an open transaction: the change and its line would part."""


class UnknownEventError(JournalError):
    """An event nobody registered: it would have no sentence for the auditor."""


class NotPlainError(JournalError):
    """A value that cannot be written the same way on every database."""


class HeadMissingError(JournalError):
    """The head row is gone: the database was altered or never migrated."""
