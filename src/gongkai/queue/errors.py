"""How a handler and the worker speak about a job that does not simply end."""

from __future__ import annotations


class QueueError(Exception):
    """Base of the queue's errors."""


class GiveUpError(QueueError):
    """Raised by a handler when trying again cannot help: the job becomes a dead letter at once."""


class UnknownTaskError(QueueError):
    """The row names something that is not a task of this program (any more)."""


class LeaseLostError(QueueError):
    """Another worker has taken the job over: whatever this one still does must not count."""


class CancelledError(QueueError):
    """A person cancelled the job; raised inside the handler at its next checkpoint."""


class InterruptedJob(BaseException):
    """The worker must stop now; the job goes back and is run again later.

    Not an `Exception`, so that a handler's own `except Exception` does not swallow it.
    """


class TimeLimitError(QueueError):
    """The job ran longer than its task allows."""
