"""Keys in the addresses of forms that create something: going back to a saved form finds what it created.

Pages are not cached, so a browser that goes back requests the form again. Every link to such a form has a new key in its
query string; the form that is requested again from the same address therefore has the same idempotency key.
"""

import re
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar
from urllib.parse import urlencode, urlsplit

from flask import Flask, current_app, request
from flask_login import current_user

from app.forms.base import Form
from app.queries.accounts import submissions
from app.web.cookieless import cookieless
from app.web.keyed import keyed_digest

View = TypeVar("View", bound=Callable[..., Any])

FORM = "form"
"""The query parameter with the key."""
_KEY = re.compile("[0-9a-f]{32}")


@dataclass(frozen=True, slots=True)
class SavedWith:
    """What was saved with a form that is opened again."""

    location: str
    """The page of what was saved; empty if the form led to the next form instead."""
    editor: str
    """The page where it is edited; empty if there is none with the same fields."""
    empty: str
    """The same form with a new key."""


def creating(view: View) -> View:
    """Mark a view whose form creates something, so that links to it have a key."""
    view.creating = True  # type: ignore[attr-defined]
    return view


def register(app: Flask) -> None:
    """Add a new key to every generated address of a form that creates something."""
    app.url_defaults(_add_key)


def use_address(form: Form) -> None:
    """Derive the key of a form that is shown from its address, and note what was saved with it before.

    The key is bound to the user and the page: whoever follows a link of somebody else has a key of their own. A form
    opened without a valid key keeps the random one.
    """
    given = request.args.get(FORM, "")
    if form.is_submitted() or not _KEY.fullmatch(given):
        return
    user_id = sender_id()
    form.idempotency_key.data = keyed_digest(repr((user_id, request.path, given)))
    before = submissions.find(form.idempotency_key.data)
    if before is None or before.user_id != user_id:
        return
    leads_on = urlsplit(before.location).path == request.script_root + request.path
    form.saved_with = SavedWith("" if leads_on else before.location, before.editor or "", _empty_form())


def sender_id() -> int | None:
    """Return the id of the account that sends a form; None on pages that work without an account."""
    return current_user.id if not cookieless() and current_user.is_authenticated else None


def _add_key(endpoint: str, values: dict[str, Any]) -> None:
    if getattr(current_app.view_functions.get(endpoint), "creating", False):
        values.setdefault(FORM, uuid.uuid4().hex)


def _empty_form() -> str:
    query = [pair for pair in request.args.items(multi=True) if pair[0] != FORM]
    return f"{request.script_root}{request.path}?{urlencode([*query, (FORM, uuid.uuid4().hex)])}"
