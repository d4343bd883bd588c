"""A letter to the people of a segment: the text as it was written, and in the footer who writes, why, and the way out."""

from dataclasses import replace

from flask import current_app
from flask_babel import force_locale, gettext

from app import tokens
from app.config import MEMBER_LOCALES
from app.emails.rendering import address_of, headers_of_many, render_letter
from app.letter import Letter
from app.models.accounts.accounts import User
from app.models.people.mailings import Mailing
from app.models.people.people import Person

UNSUBSCRIBE = "https://unsubscribe.invalid/"
"""A placeholder for the personal link, in previews and tests."""


def compose(mailing: Mailing, person: Person, address: str) -> Letter:
    """Compose the letter to one person, with a link that withdraws the consent without account or cookie (RFC 8058)."""
    token = tokens.sign_person(str(current_app.config["SECRET_KEY"]), person.id)
    unsubscribe = address_of("unsubscribing.ask", token=token)
    letter = _rendered(mailing, address, person.preferred_language or mailing.in_language, unsubscribe)
    return replace(letter, headers=headers_of_many("mailing", "mailing", mailing.id, unsubscribe))


def compose_test(mailing: Mailing, user: User) -> Letter:
    """Address the letter in its current state to a person who works on it; its link does not work."""
    letter = preview(mailing, user.email)
    with force_locale(user.locale):
        return replace(letter, subject=gettext("[Test] %(subject)s", subject=letter.subject))


def preview(mailing: Mailing, address: str = "") -> Letter:
    """Return the letter as readers of its language get it."""
    return _rendered(mailing, address, mailing.in_language, UNSUBSCRIBE)


def _rendered(mailing: Mailing, address: str, language: str, unsubscribe: str) -> Letter:
    return render_letter(
        "people/mailing",
        address=address,
        language=language,
        catalogs=MEMBER_LOCALES,
        mailing=mailing,
        about=mailing.congress or mailing.campaign,
        unsubscribe=unsubscribe,
    )
