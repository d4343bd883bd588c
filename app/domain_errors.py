"""The errors that the domain raises."""

from typing import Any


class DomainError(Exception):
    """A violated rule: the field, and a message for the user, translated when shown.

    `message` is a sentence marked with `N_`; `values` fill its placeholders, which are all of the form
    `%(name)s`; a `datetime` among them is what clocks show, and a `ZoneInfo` is named, both as the reader writes them. So are whole numbers.
    """

    def __init__(self, field: str | None, message: str, **values: object) -> None:
        """Set the field (None for the whole form) and the message."""
        super().__init__(message)
        self.field = field
        self.message = message
        self.values = values


class UndecidedError(DomainError):
    """Ambiguous input, which only a person can decide: `choices` are the possible meanings."""

    def __init__(self, field: str, message: str, choices: tuple[Any, ...], **values: object) -> None:
        """Set the field, the question, and the choices."""
        super().__init__(field, message, **values)
        self.choices = choices
