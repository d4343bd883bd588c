"""Forms for entering several records in a row: "Save and add another" opens the next form with shared values filled in."""

from typing import Any

from flask import request

from app.forms.base import Form

ANOTHER = "another"
"""The name of the button that saves a form and opens the next one."""


def is_wanted() -> bool:
    """Return whether the user wants to add another record."""
    return ANOTHER in request.form


def carried(form: Form, *names: str) -> dict[str, Any]:
    """Return fields of a saved form as query parameters for the next form; rows by their ids."""
    values = {name: form[name].data for name in names}
    return {name: getattr(value, "id", value) for name, value in values.items() if value not in (None, "")}


def prefilled(*names: str) -> dict[str, str]:
    """Return the values of fields in the query string, for the form that is opened."""
    return {name: request.args[name] for name in names if name in request.args}
