"""The email to those who signed a statement whose text was changed since."""

from flask import current_app, url_for

from app import tokens
from app.config import MEMBER_LOCALES
from app.emails.rendering import render_letter
from app.letter import Letter
from app.models.mobilizing.sign_ups import SignUp
from app.models.mobilizing.statements import StatementVersion


def compose(sign_up: SignUp, version: StatementVersion) -> Letter:
    """Ask a signer whether to sign the new version; without an answer, the signature stays on the earlier one."""
    token = tokens.sign_sign_up(str(current_app.config["SECRET_KEY"]), sign_up)
    return render_letter(
        "mobilizing/new_version",
        address=sign_up.email or "",
        language=sign_up.locale,
        catalogs=MEMBER_LOCALES,
        sign_up=sign_up,
        version=version,
        page=url_for("public_statements.sign_anew", token=token, _external=True),
    )
