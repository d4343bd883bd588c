"""The errors that the domain raises at its callers."""

from typing import Any


class DomainError(Exception):
    """A rule that input broke: which field, and a sentence for the person, translated where it is shown.

    `message` is a sentence marked with `N_`; `values` fill its placeholders.
    """

    def __init__(self, field: str | None, message: str, **values: object) -> None:
        """Name the field (None for the whole form) and say what is wrong."""
        super().__init__(message)
        self.field = field
        self.message = message
        self.values = values


class UndecidedError(DomainError):
    """Something that may mean several things, of which only a person can choose one: `choices` are what it may mean."""

    def __init__(self, field: str, message: str, choices: tuple[Any, ...], **values: object) -> None:
        """Name the field, ask, and say what can be chosen."""
        super().__init__(field, message, **values)
        self.choices = choices
