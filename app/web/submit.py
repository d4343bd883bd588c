"""Handles form submissions and buttons: saves each once, or shows the form again with its errors."""

from collections.abc import Callable
from typing import Any, TypeVar

from flask import current_app, g, redirect, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from sqlalchemy.orm.exc import StaleDataError

from app.domain_errors import DomainError
from app.forms import merging
from app.forms.accounts.accounts import CONFIRMING_FIELDS
from app.forms.base import AGAIN, AGAIN_ABOUT, Button, Form
from app.forms.picking import understood
from app.models.types import Revised
from app.queries.accounts import submissions
from app.web import another as next_form
from app.web import editing
from app.web.cookieless import add_message, first_page
from app.web.form_keys import sender_id, use_address
from app.web.keyed import keyed_digest
from app.web.transactions import (
    ACTS,
    CHANGED_MEANWHILE,
    Effect,
    RepeatedError,
    SavedBeforeError,
    Sent,
    Written,
    WrittenBefore,
    saved_before,
    write_once,
)
from app.web.undoing import undo_address, undoable

__all__ = ["ACTS", "CONFIRM", "PREVIEWED", "creates", "edits", "press", "submit"]

Saved = TypeVar("Saved")

PREVIEWED, CONFIRM = "previewed", "confirm"
"""The parameters of a page with a preview: the digest of the preview, and the button that confirms it."""

_NOT_CONTENT = (
    "csrf_token", "idempotency_key", *CONFIRMING_FIELDS, AGAIN, AGAIN_ABOUT, next_form.ANOTHER, PREVIEWED, CONFIRM, merging.SEEN,
)  # fmt: skip
"""Fields that differ between two forms with the same content."""


def edits(row: Revised) -> Effect[Any]:
    """Return the effect of a form that was filled from a row and changes it."""
    return Effect(row=row, editor=editing.this_page)


def creates(editor: Callable[[Saved], str] | None = None) -> Effect[Saved]:
    """Return the effect of a form that creates something.

    `editor` returns the address of the edit page for what was created, if its form has the same fields.
    """
    return Effect(creates=True, editor=editor)


def submit(
    form: Form,
    effect: Effect[Saved],
    *,
    write: Callable[[], Saved],
    then: str | Callable[[Saved], str],
    otherwise: Callable[[], str],
    done: str | Callable[[Saved], str] = "",
    another: str | Callable[[Saved], str] = "",
) -> ResponseReturnValue:
    """Store a valid submitted form, redirect to `then` and show the message `done`; otherwise show the page again.

    `then` and `done` may be functions of what `write` returned. A form that was already stored (back button, second tap on
    a slow connection) leads to the same page and writes nothing. The error for a violated rule is shown beside its field.
    `another` is the address of the next form, for users who want to add another record.

    The effect is `edits(row)`, `creates(editor)` or `ACTS`. If a form edits a row, changes that others saved since the page
    was opened are merged field by field; if both sides changed a field, nothing is stored and the page shows both
    versions. If it creates something and was changed after it was saved, the page asks whether to apply the changes to
    what was created or to create another one.
    """
    if form.is_submitted() and (location := _location_before(form)):
        return _again(location)
    if effect.creates:
        use_address(form)
    sent = _sent(form, with_fields=effect.editor is not None)
    merged = editing.merge(form, effect.row, sent) if effect.row is not None else merging.Merged([], [])
    form.saved_before = saved_before(sent) if effect.creates and form.is_submitted() else None
    if form.saved_before:
        form.validate()
        form.ask_whether_again(form.saved_before)
    elif form.validate_on_submit() and not form.conflicting:
        target = another if another and next_form.is_wanted() else then
        answer = _stored(
            form,
            lambda: write_once(sent, effect, write, lambda saved: _made_of(target, saved), confirmed=form.is_again),
            lambda saved: " ".join(filter(None, (_made_of(done, saved), *understood(form), editing.kept(merged)))),
        )
        if answer is not None:
            return answer
    if effect.row is not None and form.is_submitted():
        editing.show_again(form, effect.row, merged)
    return otherwise(), form.http_status


def press(
    write: Callable[[], Saved],
    *,
    then: str | Callable[[Saved], str],
    done: str | Callable[[Saved], str] = "",
    otherwise: str = "",
    form: Form | None = None,
    undo: str = "",
) -> ResponseReturnValue:
    """Handle a button without a page of its own, once: redirect to `then` and show the message `done`.

    If a rule is violated, redirect to `otherwise` and show the error; without `otherwise`, redirect to `then`, which must be
    a string in that case. Pass `form` if the button sends more than its idempotency key. `undo` is the name of the affected record if the action can be
    undone.
    """
    form = form or Button()
    write = undoable(write, undo) if undo else write
    if form.validate_on_submit():
        sent = _sent(form)
        answer = _stored(form, lambda: write_once(sent, ACTS, write, lambda saved: _made_of(then, saved)), done)
        if answer is not None:
            return answer
    for sentence in form.sentences or [gettext("Nothing was changed.")]:
        add_message(sentence)
    return redirect(otherwise or str(then))


def _stored(
    form: Form, store: Callable[[], Written[Saved] | WrittenBefore], done: str | Callable[[Saved], str]
) -> ResponseReturnValue | None:
    """Store the form and return the redirect, or None if a rule was violated; the form then has the error."""
    try:
        outcome = store()
    except StaleDataError:
        if not g.get("tried_again"):
            return _try_again()
        form.add_error(DomainError(None, CHANGED_MEANWHILE))
        return None
    except DomainError as error:
        form.saved_before = error if isinstance(error, SavedBeforeError) else None
        if isinstance(error, RepeatedError | SavedBeforeError):
            form.ask_whether_again(error)
        else:
            form.add_error(error)
        return None
    if isinstance(outcome, WrittenBefore):
        return _again(outcome.location or first_page())
    add_message(_made_of(done, outcome.saved), undo=undo_address())
    return redirect(outcome.location)


def _try_again() -> ResponseReturnValue:
    """Process the request again from the start, because a row was changed between reading and writing it."""
    g.tried_again = True
    view = current_app.view_functions[request.endpoint or ""]
    return current_app.ensure_sync(view)(**(request.view_args or {}))  # type: ignore[no-any-return]


def _location_before(form: Form) -> str | None:
    """Return the address that the same form led to when it was saved, or None for a new one.

    This is checked before validation: a rule may refuse a second record with the same name, which may be the one just saved.
    """
    sent = _sent(form)
    before = submissions.find(sent.key) if sent.key else None
    is_same = before is not None and (before.digest, before.user_id) == (sent.digest, sent.user_id)
    return before.location if before is not None and is_same else None


def _again(location: str) -> ResponseReturnValue:
    add_message(gettext("This has already been saved."))
    return redirect(location)


def _made_of(text: str | Callable[[Saved], str], saved: Saved) -> str:
    return text(saved) if callable(text) else text


def _sent(form: Form, *, with_fields: bool = False) -> Sent:
    content = sorted(pair for pair in request.form.items(multi=True) if pair[0] not in _NOT_CONTENT)
    digest = keyed_digest(repr((request.path, content)))
    key = str(form.idempotency_key.data or "")[:80]
    return Sent(
        key=keyed_digest(f"{key} {digest}") if key and form.is_again else key,
        user_id=sender_id(),
        digest=digest,
        fields=merging.fingerprints(form) if with_fields and form.is_submitted() else "",
    )
