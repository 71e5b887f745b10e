"""Every word the pages of a request show by variable: what the other language has to know.

The words stand where they belong (law, states, forms); pages put them through gettext one by one.
A test asks that each has its English.
"""

from __future__ import annotations

from collections.abc import Iterator

from gongkai.disclosure import clock_line
from gongkai.disclosure.models import FilePart, RequestState
from gongkai.disclosure.store import PURPOSES
from gongkai.law.clock_events import Kind
from gongkai.law.clock_state import State
from gongkai.law.letters import LETTERS
from gongkai.law.replies import OUTCOMES
from gongkai.portal.applying import fields, frame, key, reading
from gongkai.portal.applying.case import SHOWN_FILES
from gongkai.portal.views import apply, case_files, how, track


def words() -> Iterator[str]:
    """The words, some of them more than once."""
    yield from fields.words()
    yield from reading.words()
    yield from (apply.TOO_OFTEN, apply.NOT_OPEN, track.TOO_OFTEN, track.SENT, case_files.MISSING)
    yield from (key.WRONG, frame.STALE, *track.DONE.values(), *PURPOSES.values(), "按件", "按量")
    yield from clock_line.words()
    yield from (str(label) for label in RequestState.labels)
    yield from (str(FilePart(part).label) for part in SHOWN_FILES)
    yield from (outcome.label for outcome in OUTCOMES)
    yield from (letter.label for letter in LETTERS.values())
    yield from (kind.label for kind in Kind)
    yield from (state.label for state in State)
    yield from how.words()
