"""The emails that ask to confirm a sign-up."""

from flask import current_app, url_for

from app import tokens
from app.config import MEMBER_LOCALES
from app.emails.rendering import render_letter
from app.letter import Letter
from app.models.mobilizing.sign_ups import SignUp
from app.wording.sign_ups import sentences_of


def compose(sign_up: SignUp, *, is_second: bool) -> Letter:
    """Ask for confirmation, in the language of the page where it was asked for; who did not ask can ignore it."""
    token = tokens.sign_sign_up(str(current_app.config["SECRET_KEY"]), sign_up)
    return render_letter(
        "mobilizing/sign_up",
        address=sign_up.email or "",
        language=sign_up.locale,
        catalogs=MEMBER_LOCALES,
        sign_up=sign_up,
        sentences=sentences_of(sign_up),
        is_second=is_second,
        page=url_for("sign_up_links.confirm", token=token, _external=True),
    )
