"""The address of the page at which a delegate answers and reports."""

from flask import current_app, url_for

from app.models.congress.delegations import Delegate
from app.tokens import sign_delegate_link


def personal_page(delegate: Delegate) -> str:
    """Return a delegate's personal link: who holds it can answer for that delegate, and see their way."""
    token = sign_delegate_link(current_app.config["SECRET_KEY"], delegate)
    return url_for("personal.show", token=token, _external=True)
