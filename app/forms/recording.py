"""Creating a record for a typed name within the form that asks for it, if the name is unknown."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from app.domain_errors import DomainError
from app.forms.base import Part

RECORD = "new"
"""The answer that a new record is wanted."""


@dataclass(frozen=True, slots=True)
class Recording:
    """The further fields needed to create a record, and the function that creates it under its name."""

    part: Part
    create: Callable[[str], Any]

    def record(self, name: str, field: str) -> Any:
        """Return the record, created in the current transaction.

        Raises DomainError for `field`, in which the name was typed; errors of the other fields are added to it.
        """
        try:
            return self.create(name)
        except DomainError as error:
            if error.field in self.part._fields:
                self.part.add_error(error)
            raise DomainError(field, error.message, **error.values) from error
