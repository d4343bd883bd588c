"""What files about delegations, journeys and actions contain."""

from typing import Any

from flask_babel import gettext

from app.models.congress.delegations import Delegate, Delegation
from app.models.travel.journeys import Leg
from app.models.travel.places import Place
from app.tables import Value
from app.times import to_local
from app.views.people.columns import country_text, language_text, phone
from app.web.columns import Column
from app.wording.labels import label, travelers
from app.wording.places import place_name

Seat = tuple[Delegation, Delegate | None]
"""A delegation and one of its delegates, or a delegation that has none yet."""


def seats_of(delegation: Delegation) -> list[Seat]:
    """Return the rows of a delegation: one for each delegate."""
    return [(delegation, delegate) for delegate in delegation.delegates] or [(delegation, None)]


def of_delegations(*, with_contacts: bool) -> list[Column]:
    """Return the columns of delegations with their delegates."""
    contacts = [
        _personal("email", gettext("Email address"), lambda person: person.email, is_contact=True),
        _personal("phone", gettext("Phone"), phone, is_contact=True),
    ]
    return [
        Column("organization", gettext("Organization"), lambda seat: seat[0].organization.name),
        Column("acronym", gettext("Acronym"), lambda seat: seat[0].organization.acronym, is_usual=False),
        Column("country", gettext("Traveling from"), lambda seat: country_text(seat[0].country)),
        Column("seats", gettext("Seats"), lambda seat: seat[0].seats),
        Column("status", gettext("Status"), lambda seat: label(seat[0].status)),
        Column("reason", gettext("Reason"), lambda seat: seat[0].reason, is_usual=False),
        _personal("given_name", gettext("Given names"), lambda person: person.given_name),
        _personal("family_name", gettext("Family names"), lambda person: person.family_name),
        Column("capacity", gettext("Takes part as"), lambda seat: label(seat[1].capacity) if seat[1] else ""),
        Column("is_head", gettext("Head of delegation"), _is_head),
        _personal("preferred_language", gettext("Language"), language_text, is_usual=False),
        _personal(
            "nationality", gettext("Nationality"), lambda person: country_text(person.nationality), is_usual=False
        ),
        *(contacts if with_contacts else []),
    ]


def of_journeys() -> list[Column]:
    """Return the columns of legs, with times as clocks show them at each end."""
    return [
        Column("organization", gettext("Organization"), lambda leg: leg.journey.delegation.organization.name),
        Column("country", gettext("Country"), lambda leg: country_text(leg.journey.delegation.country)),
        Column("direction", gettext("Direction"), lambda leg: label(leg.journey.direction)),
        Column("travelers", gettext("Travelers"), lambda leg: travelers(leg.journey) or gettext("everyone")),
        Column("mode", gettext("Mode of travel"), lambda leg: label(leg.mode)),
        Column("carrier", gettext("Carrier"), lambda leg: leg.carrier),
        Column("number", gettext("Number"), lambda leg: leg.number),
        Column("origin", gettext("From"), lambda leg: _place(leg.origin)),
        Column("departs_at", gettext("Departs"), _departure),
        Column("destination", gettext("To"), lambda leg: _place(leg.destination)),
        Column("arrives_at", gettext("Arrives"), _arrival),
        Column("status", gettext("Status"), lambda leg: label(leg.status)),
        Column("seats", gettext("Seats"), lambda leg: leg.seats, is_usual=False),
    ]


def _personal(name: str, heading: str, value: Any, *, is_usual: bool | None = None, is_contact: bool = False) -> Column:
    """Return a column about the person of a delegate, empty for a delegation without delegates."""
    usual = not is_contact if is_usual is None else is_usual
    return Column(
        name,
        heading,
        lambda seat: value(seat[1].person) if seat[1] else "",
        is_usual=usual,
        is_contact=is_contact,
    )


def _is_head(seat: Seat) -> Value:
    return gettext("yes") if seat[1] is not None and seat[1].is_head else ""


def _place(place: Place) -> str:
    return f"{place_name(place)} ({place.code})" if place.code else place_name(place)


def _departure(leg: Leg) -> Value:
    return to_local(leg.departs_at, leg.origin.timezone)


def _arrival(leg: Leg) -> Value:
    return to_local(leg.arrives_at, leg.destination.timezone)
