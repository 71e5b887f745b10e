"""The only code that changes rows of review."""

from gongkai.review.actions.answering import answer_finding
from gongkai.review.actions.deciding import decide
from gongkai.review.actions.noting import note_all, note_findings, note_later, rescan
from gongkai.review.actions.proposing import begin_rereview, propose
from gongkai.review.actions.reading import read_files
from gongkai.review.actions.verifying import return_sheet, verify
from gongkai.review.actions.word_lists import save_word_list

__all__ = [
    "answer_finding",
    "begin_rereview",
    "decide",
    "note_all",
    "note_findings",
    "note_later",
    "propose",
    "read_files",
    "rescan",
    "return_sheet",
    "save_word_list",
    "verify",
]
