"""The emails about what organizers have decided: whether a mobilization is announced, or somebody joins a brigade."""

from flask import current_app, url_for

from app import tokens
from app.config import MEMBER_LOCALES
from app.emails.rendering import address_of, render_letter
from app.letter import Letter
from app.models.mobilizing.sign_ups import Decision, SignUp
from app.wording.sign_ups import sentences_of


def host_page(sign_up: SignUp) -> str:
    """Return the personal link of a host: anyone who has it can change the mobilization."""
    return address_of("hosting.show", token=tokens.sign_host(str(current_app.config["SECRET_KEY"]), sign_up))


def compose(sign_up: SignUp) -> Letter:
    """Tell somebody what was decided, and why it was declined; a host gets the personal link."""
    token = tokens.sign_sign_up(str(current_app.config["SECRET_KEY"]), sign_up)
    is_accepted = sign_up.decision is Decision.ACCEPTED
    return render_letter(
        "mobilizing/sign_up_decided",
        address=sign_up.email or "",
        language=sign_up.locale,
        catalogs=MEMBER_LOCALES,
        sign_up=sign_up,
        sentences=sentences_of(sign_up),
        is_accepted=is_accepted,
        page=host_page(sign_up) if is_accepted and sign_up.mobilization else None,
        withdraw=url_for("sign_up_links.withdraw", token=token, _external=True),
    )
