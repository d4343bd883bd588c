"""Forms with which many of a kind are entered: "Save and add another" opens the next, begun with what stays the same."""

from typing import Any

from flask import request

from app.forms.base import Form

ANOTHER = "another"
"""The name of the button that saves a form and opens the next one."""


def is_wanted() -> bool:
    """Say whether the sender wants to add another one."""
    return ANOTHER in request.form


def carried(form: Form, *names: str) -> dict[str, Any]:
    """Return fields of a form that was saved as parts of the address of the next one; rows by their number."""
    values = {name: form[name].data for name in names}
    return {name: getattr(value, "id", value) for name, value in values.items() if value not in (None, "")}


def begun(*names: str) -> dict[str, str]:
    """Return what the address carries of fields, for the form that it opens."""
    return {name: request.args[name] for name in names if name in request.args}
