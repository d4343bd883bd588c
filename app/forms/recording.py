"""Recording what a name means within the form that asks for it, where it is not known yet."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from app.domain_errors import DomainError
from app.forms.base import Part

RECORD = "new"
"""The answer that a thing has to be recorded."""


@dataclass(frozen=True, slots=True)
class Recording:
    """What else has to be known of a thing to record it, and what records it under its name."""

    part: Part
    create: Callable[[str], Any]

    def record(self, name: str, field: str) -> Any:
        """Return the thing, recorded in the transaction that is open.

        Raises DomainError for `field`, in which the name was typed; what concerns one of the other fields stands there too.
        """
        try:
            return self.create(name)
        except DomainError as error:
            if error.field in self.part._fields:
                self.part.add_error(error)
            raise DomainError(field, error.message, **error.values) from error
