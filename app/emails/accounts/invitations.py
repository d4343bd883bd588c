"""The email with a link to choose a password."""

from flask import current_app, url_for

from app import tokens
from app.emails.rendering import render_letter
from app.letter import Letter
from app.models.accounts.accounts import User


def compose(user: User) -> Letter:
    """Compose the email to the owner of an account; the link works once, for a week or, if it changes a password, for an hour."""
    token = tokens.sign_password_link(current_app.config["SECRET_KEY"], user)
    page = url_for("accounts.choose_password", token=token, _external=True)
    return render_letter("accounts/invitation", address=user.email, language=user.locale, user=user, page=page)
