"""Answers a form or a button that was sent: stored once, or shown again with what is wrong."""

import hashlib
from collections.abc import Callable
from typing import TypeVar

from flask import current_app, g, redirect, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_login import current_user
from sqlalchemy import inspect
from sqlalchemy.orm.exc import StaleDataError

from app.domain_errors import DomainError
from app.forms.base import Button, Form
from app.forms.merging import SEEN, bring_up_to_date, point_out
from app.models.types import Revised
from app.queries.accounts import audit, submissions
from app.web.cookieless import cookieless, first_page, say
from app.web.transactions import CHANGED_MEANWHILE, RepeatedError, Sent, WrittenBefore, write_once

Saved = TypeVar("Saved")

_NOT_CONTENT = ("csrf_token", "idempotency_key", "again", SEEN)
"""Fields that differ between two forms with the same content."""


def submit(
    form: Form,
    *,
    write: Callable[[], Saved],
    then: str | Callable[[Saved], str],
    otherwise: Callable[[], str],
    done: str | Callable[[Saved], str] = "",
    creates: bool = False,
    row: Revised | None = None,
) -> ResponseReturnValue:
    """Store a form that was sent and is valid, and go on to `then` saying `done`; otherwise show the page again.

    `then` and `done` are made of what `write` returned, where they are functions. A form that was stored before (the
    back button, a second tap on a slow line) leads to the same page and writes nothing. A broken rule stands beside its
    field. `creates` is for forms that make something new: see `write_once`.

    A form that edits what stands names its `row`, and was filled from it. What others have saved since its page was
    shown is merged field by field; where both sides changed a field, nothing is stored and the page shows both versions.
    """
    if row is not None:
        _merge(form, row)
    if form.validate_on_submit() and not form.conflicting:
        try:
            return _store(form, write, then, done, creates=creates, row=row)
        except StaleDataError:
            if not g.get("tried_again"):
                return _try_again()
            form.add_error(DomainError(None, CHANGED_MEANWHILE))
        except DomainError as error:
            form.repeated = isinstance(error, RepeatedError)
            form.add_error(error)
    if row is not None:
        point_out((field for field in form if hasattr(field, "theirs")), _saved_by(row))
    return otherwise(), form.http_status


def press(
    write: Callable[[], Saved],
    *,
    then: str | Callable[[Saved], str],
    done: str | Callable[[Saved], str] = "",
    otherwise: str = "",
    form: Form | None = None,
) -> ResponseReturnValue:
    """Do what a button without a page of its own asks for, once, and go on to `then` saying `done`.

    Where a rule forbids it, go to `otherwise` and say why; where that is empty, to `then`, which is an address in that
    case. `form` is for buttons that send more than their key.
    """
    form = form or Button()
    if form.validate_on_submit():
        try:
            return _store(form, write, then, done, creates=False)
        except StaleDataError:
            if not g.get("tried_again"):
                return _try_again()
            form.add_error(DomainError(None, CHANGED_MEANWHILE))
        except DomainError as error:
            form.add_error(error)
    for sentence in form.sentences or [gettext("Nothing was changed.")]:
        say(sentence)
    return redirect(otherwise or str(then))


def _store(
    form: Form,
    write: Callable[[], Saved],
    then: str | Callable[[Saved], str],
    done: str | Callable[[Saved], str],
    *,
    creates: bool,
    row: Revised | None = None,
) -> ResponseReturnValue:
    outcome = write_once(
        _sent(form),
        write,
        lambda saved: _made_of(then, saved),
        creates=creates,
        confirmed="again" in request.form,
        row=row,
    )
    if isinstance(outcome, WrittenBefore):
        say(gettext("This was already saved."))
        return redirect(outcome.location or first_page())
    message = _made_of(done, outcome.saved)
    if message:
        say(message)
    return redirect(outcome.location)


def _merge(form: Form, row: Revised) -> None:
    """Merge what was sent with what stands, unless nothing has changed since the sender saved this very form."""
    if not form.is_submitted():
        bring_up_to_date(form, None, merges=False)
        return
    sent = _sent(form)
    merges = not submissions.is_latest(sent.key, sent.digest, row.revision)
    form.conflicting = bool(bring_up_to_date(form, request.form, merges=merges))


def _saved_by(row: Revised) -> dict[str, str]:
    """Return the names of those who changed the fields of a row last, as far as the audit knows."""
    identity = inspect(row).identity
    return audit.last_actors(row.__tablename__, identity[0]) if identity else {}  # type: ignore[attr-defined]


def _try_again() -> ResponseReturnValue:
    """Answer the request once more from the start: a row was changed between reading and writing it."""
    g.tried_again = True
    view = current_app.view_functions[request.endpoint or ""]
    return current_app.ensure_sync(view)(**(request.view_args or {}))  # type: ignore[no-any-return]


def _made_of(text: str | Callable[[Saved], str], saved: Saved) -> str:
    return text(saved) if callable(text) else text


def _sent(form: Form) -> Sent:
    content = sorted(pair for pair in request.form.items(multi=True) if pair[0] not in _NOT_CONTENT)
    return Sent(
        key=str(form.idempotency_key.data or "")[:80],
        user_id=current_user.id if not cookieless() and current_user.is_authenticated else None,
        digest=hashlib.sha256(repr((request.path, content)).encode()).hexdigest(),
    )
