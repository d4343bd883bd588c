"""Texts that the house writes itself, in the languages of the pages: names of fields and tags."""

from collections.abc import Mapping

from app.domain_errors import DomainError
from app.text import N_

Texts = Mapping[str, str | None]
"""Texts by language; those that are missing are None or empty."""


def present(texts: Texts) -> dict[str, str]:
    """Return the texts that are there."""
    return {language: text for language, text in texts.items() if text}


def check_names(*names: str | None) -> None:
    """Raise DomainError on `name_es` if something has a name in no language."""
    if not any(names):
        raise DomainError("name_es", N_("Enter a name in at least one language."))
