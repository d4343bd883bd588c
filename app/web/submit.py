"""Saving a form: once, whole, and committed here."""

import hashlib
from collections.abc import Callable
from typing import TypeVar

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_login import current_user
from sqlalchemy.exc import IntegrityError

from app.domain.accounts import submissions
from app.domain_errors import DomainError
from app.extensions import db
from app.forms.base import RESUME, Form
from app.queries.accounts import submissions as submission_queries
from app.text import N_

Saved = TypeVar("Saved")


def save(
    form: Form, write: Callable[[], Saved], location: Callable[[Saved], str], done: str = "", *, creates: bool = False
) -> ResponseReturnValue | None:
    """Run `write` once for this form, commit, and go to `location`; None where the form has errors to show.

    A form that was saved before (the back button, a second tap on a slow line) leads to the same page and writes
    nothing. A form that `creates` something and says to the letter what was saved a moment ago, under another key because
    the browser asked for the page anew, is stored only when a person says once more that it is another one. A rule that
    was broken stands beside its field. A change to what stands already is written under its old key as well: a browser
    may have kept the page whole.
    """
    if RESUME in request.form:
        return None
    key = str(form.idempotency_key.data or "")[:80]
    user_id = current_user.id if current_user.is_authenticated else None
    digest = _digest()
    try:
        taken = bool(key) and not submissions.begin(key, user_id, digest)
        if taken and (creates or submission_queries.digest_of(key) == digest):
            db.session.rollback()
            flash(gettext("This was already saved."))
            return redirect(submission_queries.location(key, user_id) or url_for("today.index"))
        if creates and "again" not in request.form:
            _ask_if_sent(form, digest, key, user_id)
        saved = write()
        url = location(saved)
        submissions.finish(key, url)
        db.session.commit()
    except DomainError as error:
        db.session.rollback()
        form.add_error(error)
        return None
    except IntegrityError:
        db.session.rollback()
        form.form_errors.append(
            gettext("Somebody else changed this at the same moment. Look again and save once more.")
        )
        return None
    if done:
        flash(done)
    return redirect(url)


def _ask_if_sent(form: Form, digest: str, key: str, user_id: int | None) -> None:
    """Ask whether it is another one, where the same person saved the same content a moment ago."""
    if submission_queries.was_sent(digest, key, user_id):
        form.repeated = True
        raise DomainError(None, N_("Exactly this was saved a moment ago. Save it once more only if it is another one."))


def _digest() -> str:
    """Return a short form of what was sent and where to, without what differs each time."""
    sent = [
        pair for pair in request.form.items(multi=True) if pair[0] not in ("csrf_token", "idempotency_key", "again")
    ]
    return hashlib.sha256(repr((request.path, sorted(sent))).encode()).hexdigest()
