"""What files about people and organizations contain."""

from collections.abc import Sequence

from flask import url_for
from flask_babel import gettext

from app import clock, languages
from app.models.people.memberships import Membership
from app.models.people.organizations import Organization
from app.models.people.other_names import NameKind
from app.models.people.people import ContactDetail, ContactType, Person
from app.tables import Address, Card
from app.web.downloads import Column
from app.wording.formats import language_name
from app.wording.labels import country_name, label

_REACHABLE = (ContactType.PHONE, ContactType.WHATSAPP, ContactType.SIGNAL)


def of_people() -> list[Column]:
    """Return the columns of people."""
    return [
        Column("given_name", gettext("Given names"), lambda one: one.given_name),
        Column("family_name", gettext("Family names"), lambda one: one.family_name),
        Column("country", gettext("Country"), lambda one: country_text(one.country)),
        Column("organization", gettext("Organization"), _organization),
        Column("post", gettext("Position"), _post, is_usual=False),
        Column("email", gettext("Email address"), lambda one: one.email, is_usual=False, is_contact=True),
        Column("phone", gettext("Phone"), phone, is_usual=False, is_contact=True),
        Column("other_contacts", gettext("Other contact details"), _others, is_usual=False, is_contact=True),
        Column("preferred_language", gettext("Language"), language_text, is_usual=False),
        Column("locality", gettext("Town"), lambda one: one.locality, is_usual=False),
        Column("nationality", gettext("Nationality"), lambda one: country_text(one.nationality), is_usual=False),
        Column("number", gettext("Number in Encuentro"), lambda one: one.id, is_usual=False),
    ]


def of_organizations() -> list[Column]:
    """Return the columns of organizations."""
    return [
        Column("name", gettext("Name"), lambda one: one.name),
        Column("acronym", gettext("Acronym"), lambda one: one.acronym),
        Column("classification", gettext("Kind"), lambda one: label(one.classification)),
        Column("sector", gettext("Sector"), lambda one: one.sector),
        Column("country", gettext("Country"), lambda one: country_text(one.country)),
        Column("website", gettext("Website"), lambda one: one.website, is_usual=False),
        Column("number", gettext("Number in Encuentro"), lambda one: one.id, is_usual=False),
    ]


def person_card(person: Person) -> Card:
    """Return the card of a person."""
    membership = _current(person)
    return Card(
        full_name=person.full_name,
        family_name=person.family_name or "",
        given_name=person.given_name,
        other_names=tuple(one.name for one in person.other_names if one.kind is NameKind.KNOWN_AS),
        emails=tuple(one.value for one in _usable(person, ContactType.EMAIL)),
        phones=tuple(dict.fromkeys(one.value for one in _usable(person, *_REACHABLE))),
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


def country_text(code: str | None) -> str:
    """Return the name of a country, or nothing."""
    return country_name(code) if code else ""


def language_text(person: Person) -> str:
    """Return the name of the person's language, or what was typed if it is not known."""
    tag = person.preferred_language
    return language_name(tag) if tag and languages.code_of(tag) else tag or ""


def phone(person: Person) -> str | None:
    """Return a number under which the person can be reached."""
    return next((one.value for one in _usable(person, *_REACHABLE)), None)


def _others(person: Person) -> str:
    """Return the contact details that have no column of their own."""
    shown = {person.email, phone(person)}
    others = [one for one in _usable(person, *ContactType) if one.value not in shown]
    return "; ".join(f"{label(one.type)}: {one.value}" for one in others)


def _usable(person: Person, *kinds: ContactType) -> Sequence[ContactDetail]:
    today = clock.now().date()
    usable = [one for one in person.contact_details if one.is_current(today) and one.type in kinds]
    return sorted(usable, key=lambda one: kinds.index(one.type))


def _current(person: Person) -> Membership | None:
    today = clock.now().date()
    return next((one for one in person.memberships if (one.end_date or today) >= today), None)


def _organization(person: Person) -> str:
    membership = _current(person)
    return membership.organization.name if membership else ""


def _post(person: Person) -> str | None:
    membership = _current(person)
    return membership.post if membership else None


def _addresses(locality: str | None, country: str | None) -> tuple[Address, ...]:
    address = Address(locality=locality or "", country=country_text(country))
    return (address,) if address != Address() else ()
