"""Every question the law answers to people, for the command line, the calculator and the API."""

from __future__ import annotations

from gongkai.law.questions.dates import CALENDAR, DUE, RECEIPT, REMEDY
from gongkai.law.questions.model import Field, Given, Question, Told
from gongkai.law.questions.numbers import DOCUMENT_NUMBER, FEE, INDEX_NUMBER
from gongkai.law.questions.progress import PROGRESS

__all__ = ["QUESTIONS", "Field", "Given", "Question", "Told"]
QUESTIONS: dict[str, Question] = {
    question.key: question
    for question in (
        DUE,
        RECEIPT,
        PROGRESS,
        FEE,
        REMEDY,
        INDEX_NUMBER,
        DOCUMENT_NUMBER,
        CALENDAR,
    )
}
