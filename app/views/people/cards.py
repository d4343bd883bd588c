"""Cards of people and organizations, for address books."""

from flask import url_for

from app.models.people.organizations import Organization
from app.models.people.other_names import NameKind
from app.models.people.people import ContactType, Person
from app.tables import Address, Card
from app.views.people.columns import REACHABLE, country_text, current, usable


def person_card(person: Person) -> Card:
    """Return the card of a person."""
    membership = current(person)
    return Card(
        full_name=person.full_name,
        family_name=person.family_name or "",
        given_name=person.given_name,
        other_names=tuple(one.name for one in person.other_names if one.kind is NameKind.KNOWN_AS),
        emails=tuple(one.value for one in usable(person, ContactType.EMAIL)),
        phones=tuple(dict.fromkeys(one.shown for one in usable(person, *REACHABLE) if one.shown)),
        organizations=(membership.organization.name,) if membership else (),
        post=membership.post or "" if membership else "",
        languages=(person.preferred_language,) if person.preferred_language else (),
        addresses=_addresses(person.locality, person.country),
        uid=url_for("people.show", person_id=person.id, _external=True),
    )


def organization_card(organization: Organization) -> Card:
    """Return the card of an organization."""
    return Card(
        full_name=organization.name,
        other_names=(organization.acronym,) if organization.acronym else (),
        organizations=(organization.name,),
        addresses=_addresses(None, organization.country),
        uid=url_for("organizations.show", organization_id=organization.id, _external=True),
        is_organization=True,
    )


def _addresses(locality: str | None, country: str | None) -> tuple[Address, ...]:
    address = Address(locality=locality or "", country=country_text(country))
    return (address,) if address != Address() else ()
