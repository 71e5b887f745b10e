"""A text column that is sealed on its way to the database and opened on its way back."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.expressions import Expression

from gongkai.disclosure.sealing import seal, unseal


class SealedTextField(models.TextField[str, str]):
    """Personal data at rest. It cannot be searched or ordered by: use a blind index for that."""

    def get_prep_value(self, value: Any) -> Any:
        prepared = super().get_prep_value(value)
        return seal(prepared, name=self._place()) if isinstance(prepared, str) else prepared

    def from_db_value(
        self, value: str | None, expression: Expression, connection: BaseDatabaseWrapper
    ) -> str | None:
        return value if value is None else unseal(value, name=self._place())

    def _place(self) -> str:
        return f"{self.model._meta.db_table}.{self.column}"

    def get_lookup(self, lookup_name: str) -> Any:
        """Only `isnull`: every other question would compare ciphertext."""
        if lookup_name != "isnull":
            raise TypeError(f"a sealed column cannot be asked {lookup_name!r}")
        return super().get_lookup(lookup_name)
