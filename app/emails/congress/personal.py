"""The address of a delegate's personal page."""

from flask import current_app, url_for

from app.models.congress.delegations import Delegate
from app.tokens import sign_delegate_link


def personal_page(delegate: Delegate) -> str:
    """Return a delegate's personal link: anyone who has it can answer for that delegate and see their route."""
    token = sign_delegate_link(current_app.config["SECRET_KEY"], delegate)
    return url_for("personal.show", token=token, _external=True)
