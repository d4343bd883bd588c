"""The emails to a person without an account about her actions: new ones, and the daily letter with all that wait."""

from collections.abc import Sequence

from flask import current_app

from app import tokens
from app.config import MEMBER_LOCALES
from app.emails.rendering import address_of, render_letter
from app.letter import Letter
from app.models.actions.follow_ups import FollowUp
from app.models.people.people import Person


def compose(follow_ups: Sequence[FollowUp], person: Person, *, is_new: bool) -> Letter:
    """Compose the email in her language; due dates are in the zone of the congress or campaign. Notes are left out."""
    secret_key = str(current_app.config["SECRET_KEY"])
    first = follow_ups[0]
    return render_letter(
        "actions/shared_action",
        address=person.email or "",
        language=person.preferred_language or "",
        catalogs=MEMBER_LOCALES,
        person=person,
        is_new=is_new,
        zone=first.place.timezone if first.place else "UTC",
        linked=[
            (one, address_of("shared_actions.show", token=tokens.sign_shared_action(secret_key, one)))
            for one in follow_ups
        ],
    )
