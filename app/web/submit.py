"""Answers a form or a button that was sent: stored once, or shown again with what is wrong."""

import hmac
from collections.abc import Callable
from typing import TypeVar

from flask import current_app, redirect, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_login import current_user

from app.domain_errors import DomainError
from app.forms.base import Button, Form
from app.queries.accounts import submissions
from app.web import another as next_form
from app.web.cookieless import cookieless, first_page, say
from app.web.transactions import RepeatedError, Sent, WrittenBefore, write_once
from app.web.undoing import undo_address, undoable

Saved = TypeVar("Saved")

PREVIEWED, CONFIRM = "previewed", "confirm"
"""What a page with a preview sends: the digest of what it shows, and the button that says that it is right."""

_NOT_CONTENT = ("csrf_token", "idempotency_key", "again", next_form.ANOTHER, PREVIEWED, CONFIRM)
"""Fields that differ between two forms with the same content."""


def submit(
    form: Form,
    *,
    write: Callable[[], Saved],
    then: str | Callable[[Saved], str],
    otherwise: Callable[[], str],
    done: str | Callable[[Saved], str] = "",
    creates: bool = False,
    another: str | Callable[[Saved], str] = "",
) -> ResponseReturnValue:
    """Store a form that was sent and is valid, and go on to `then` saying `done`; otherwise show the page again.

    `then` and `done` are made of what `write` returned, where they are functions. A form that was stored before (the
    back button, a second tap on a slow line) leads to the same page and writes nothing. A broken rule stands beside its
    field. `creates` is for forms that make something new: see `write_once`. `another` is where the next form of the kind
    stands, for those who want to add another one.
    """
    if form.is_submitted() and (location := _location_before(form)):
        return _again(location)
    if form.validate_on_submit():
        try:
            target = another if another and next_form.is_wanted() else then
            return _store(form, write, target, done, creates=creates)
        except DomainError as error:
            form.repeated = isinstance(error, RepeatedError)
            form.add_error(error)
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
    """Do what a button without a page of its own asks for, once, and go on to `then` saying `done`.

    Where a rule forbids it, go to `otherwise` and say why; where that is empty, to `then`, which is an address in that
    case. `form` is for buttons that send more than their key. `undo` is the name of what it is done to, where it can be
    undone.
    """
    form = form or Button()
    write = undoable(write, undo) if undo else write
    if form.validate_on_submit():
        try:
            return _store(form, write, then, done, creates=False)
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
) -> ResponseReturnValue:
    outcome = write_once(
        _sent(form), write, lambda saved: _made_of(then, saved), creates=creates, confirmed="again" in request.form
    )
    if isinstance(outcome, WrittenBefore):
        return _again(outcome.location or first_page())
    message = _made_of(done, outcome.saved)
    if message:
        say(message, undo=undo_address())
    return redirect(outcome.location)


def _location_before(form: Form) -> str | None:
    """Return where the same form led that is saved already; None for a new one.

    Asked before validation: a rule may refuse a second record of a name, and that record is the one that was saved.
    """
    sent = _sent(form)
    same = bool(sent.key) and submissions.digest_of(sent.key) == sent.digest
    return submissions.location(sent.key, sent.user_id) if same else None


def _again(location: str) -> ResponseReturnValue:
    say(gettext("This has already been saved."))
    return redirect(location)


def _made_of(text: str | Callable[[Saved], str], saved: Saved) -> str:
    return text(saved) if callable(text) else text


def _sent(form: Form) -> Sent:
    content = sorted(pair for pair in request.form.items(multi=True) if pair[0] not in _NOT_CONTENT)
    return Sent(
        key=str(form.idempotency_key.data or "")[:80],
        user_id=current_user.id if not cookieless() and current_user.is_authenticated else None,
        digest=_digest(repr((request.path, content))),
    )


def _digest(content: str) -> str:
    """Return a digest that only this house can compute: without its key nobody can guess a password from the database."""
    return hmac.digest(current_app.config["SECRET_KEY"].encode(), content.encode(), "sha256").hex()
