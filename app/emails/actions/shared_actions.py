"""The emails to a person without an account about her actions: new ones, and the daily letter with all that wait."""

from collections.abc import Sequence

from flask import current_app

from app import tokens
from app.config import MEMBER_LOCALES
from app.emails.actions import steps
from app.emails.calendars import with_calendar
from app.emails.rendering import address_of, render_letter
from app.letter import Letter
from app.models.actions.follow_ups import FollowUp
from app.models.people.people import Person
from app.wording.todos import todo


def compose(
    follow_ups: Sequence[FollowUp],
    person: Person,
    of_brigades: Sequence[tuple[FollowUp, str]] = (),
    *,
    is_new: bool,
    is_release: bool,
) -> Letter:
    """Compose the email in her language; due dates are in the zone of the congress or campaign. Notes are left out.

    `of_brigades` are the actions of brigades that she coordinates, which nobody has taken, with her page for each.
    """
    secret_key = str(current_app.config["SECRET_KEY"])
    first = next(iter(follow_ups), None) or of_brigades[0][0]
    zone = first.place.timezone if first.place else "UTC"
    linked = [
        (one, address_of("shared_actions.show", token=tokens.sign_shared_action(secret_key, one))) for one in follow_ups
    ]
    letter = render_letter(
        "actions/shared_action",
        address=person.email or "",
        language=person.preferred_language or "",
        catalogs=MEMBER_LOCALES,
        person=person,
        is_new=is_new,
        is_release=is_release,
        offers=lambda one: steps.offers(one, None),
        zone=zone,
        linked=linked,
        of_brigades=of_brigades,
    )
    todos = [todo(one, page, zone) for one, page in linked]
    return with_calendar(letter, todos, name="actions.ics") if todos else letter
