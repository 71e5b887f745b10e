"""The one family of errors people see: what was refused, the sentence to read, the legal basis."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


class Refusal(Exception):
    """An act that is not done, with one clear sentence that says what to do instead.

    `code` is stable (`publish.no_review`), `sentence` is Chinese for people, `basis` names the
    article or the rule, `fields` maps form fields to the sentence that belongs beside each.
    """

    def __init__(
        self, code: str, sentence: str, basis: str = "", fields: Mapping[str, str] | None = None
    ) -> None:
        super().__init__(sentence)
        self.code = code
        self.sentence = sentence
        self.basis = basis
        self.fields = dict(fields or {})

    def as_dict(self) -> dict[str, object]:
        """Plain values for JSON answers."""
        return {
            "code": self.code,
            "sentence": self.sentence,
            "basis": self.basis,
            "fields": self.fields,
        }


class NotAllowed(Refusal):
    """A refusal because of who asks: another person may."""


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer of a policy: allowed or not, and why. True exactly when allowed."""

    allowed: bool
    reason: str = ""
    code: str = "policy.refused"

    def __bool__(self) -> bool:
        return self.allowed

    def require(self, basis: str = "") -> None:
        """Raise the refusal when the answer is no."""
        if not self.allowed:
            raise NotAllowed(self.code, self.reason, basis)


YES = Answer(True)
