"""Saving a form: once, whole, and committed here."""

from collections.abc import Callable
from typing import TypeVar

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_login import current_user
from sqlalchemy.exc import IntegrityError

from app.domain import submissions
from app.domain.errors import DomainError
from app.extensions import db
from app.forms.base import RESUME, Form
from app.queries import submissions as submission_queries

Saved = TypeVar("Saved")


def save(
    form: Form, write: Callable[[], Saved], location: Callable[[Saved], str], done: str = ""
) -> ResponseReturnValue | None:
    """Run `write` once for this form, commit, and go to `location`; None where the form has errors to show.

    A form that was saved before (the back button, a second tap on a slow line) leads to the same page and writes
    nothing. A rule that was broken stands beside its field.
    """
    if RESUME in request.form:
        return None
    key = str(form.idempotency_key.data or "")[:80]
    user_id = current_user.id if current_user.is_authenticated else None
    try:
        if key and not submissions.begin(key, user_id):
            db.session.rollback()
            flash(gettext("This was already saved."))
            return redirect(submission_queries.location(key, user_id) or url_for("today.index"))
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
