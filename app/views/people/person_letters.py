"""What a person was sent, when, why, and what became of it."""

from collections.abc import Mapping

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app import clock
from app.models.mail.deliveries import Delivery
from app.models.people.people import Person
from app.policy import Permission
from app.queries.campaigns import subscriptions
from app.queries.mail import letters
from app.queries.mail.reasons import reason_of
from app.queries.people import people
from app.web.access import requires, seeing
from app.web.listing import page_number
from app.web.looks import looked_at

bp = Blueprint("person_letters", __name__)


@bp.get("/people/<int:person_id>/emails")
@requires(Permission.PERSON_VIEW)
def show(person_id: int) -> ResponseReturnValue:
    """Show the emails to a person, about what the user may see."""
    person = people.get(person_id)
    looked_at("people", [person_id], "letters")
    campaigns = _campaigns(person)
    page = letters.of_person(person_id, list(campaigns), page_number())
    now = clock.now()
    return render_template(
        "people/people/letters.html",
        person=person,
        page=page,
        fate_of=lambda one: letters.fate_of(one, now),
        reason_of=reason_of,
        why=lambda one: _why(one, campaigns),
    )


def _campaigns(person: Person) -> Mapping[int, str]:
    """Return the titles of the campaigns of the person's subscriptions, by subscription, where the user may see subscribers."""
    with seeing(Permission.SUBSCRIBER_VIEW):
        return {
            one.id: one.campaign.title for email in person.email_addresses for one in subscriptions.of_address(email)
        }


def _why(delivery: Delivery, campaigns: Mapping[int, str]) -> str:
    """Return why a person was sent an email."""
    if delivery.mailing is not None:
        return str(gettext("agreed to emails, and is in the segment of this mailing"))
    if delivery.subscription_id is not None and delivery.subscription_id in campaigns:
        return str(gettext("subscription to %(campaign)s", campaign=campaigns[delivery.subscription_id]))
    if delivery.delegate is not None:
        return str(gettext("delegate to %(congress)s", congress=delivery.delegate.delegation.congress.title))
    if delivery.brigade_member_id is not None or delivery.shift_place_id is not None:
        return str(gettext("member of a brigade"))
    return str(gettext("actions assigned to this person"))
