"""The email that tells people who attend a mobilization that it was moved or canceled, or takes place after all."""

from flask import current_app, url_for
from flask_babel import force_locale

from app import tokens
from app.config import MEMBER_LOCALES
from app.emails.calendars import with_calendar
from app.emails.rendering import render_letter
from app.letter import Letter
from app.models.mobilizing.mobilizations import Mobilization, MobilizationStatus
from app.models.mobilizing.sign_ups import SignUp
from app.wording.events import event


def compose(sign_up: SignUp, mobilization: Mobilization) -> Letter:
    """Tell one person where and when it is now, or that it is canceled, in the language in which they signed up."""
    token = tokens.sign_sign_up(str(current_app.config["SECRET_KEY"]), sign_up)
    page = url_for(
        "public_mobilizations.attend",
        slug=mobilization.campaign.slug,
        mobilization_id=mobilization.id,
        locale=sign_up.locale,
        _external=True,
    )
    letter = render_letter(
        "mobilizing/mobilization_changed",
        address=sign_up.email or "",
        language=sign_up.locale,
        catalogs=MEMBER_LOCALES,
        mobilization=mobilization,
        page=page,
        withdraw=url_for("sign_up_links.withdraw", token=token, _external=True),
    )
    with force_locale(letter.language):
        entry = event(mobilization, page)
    is_cancelled = mobilization.status is MobilizationStatus.CANCELLED
    return with_calendar(letter, [entry], name="mobilization.ics", is_cancelled=is_cancelled)
