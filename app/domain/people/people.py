"""People, their contact details, and their memberships."""

from typing import TypedDict

from app import clock, languages
from app.domain.accounts import audit
from app.domain_errors import DomainError
from app.email_addresses import checked
from app.extensions import db
from app.models.people.memberships import Membership
from app.models.people.organizations import Organization
from app.models.people.people import ContactDetail, ContactType, Participation, Person
from app.text import N_


class PersonValues(TypedDict):
    """What is recorded about a person."""

    given_name: str
    family_name: str | None
    family_name_first: bool
    preferred_language: str | None
    country: str | None
    nationality: str | None
    locality: str | None
    email: str | None
    phone: str | None
    is_at_risk: bool | None
    """None leaves it as it is."""
    organization: Organization | None
    post: str | None


def create(values: PersonValues, *, congress_id: int | None = None, campaign_id: int | None = None) -> Person:
    """Record a person for one congress or campaign or, if neither is given, for those with access to everything."""
    now = clock.now()
    person = Person(created_at=now)
    if congress_id or campaign_id:
        person.participations = [Participation(congress_id=congress_id, campaign_id=campaign_id, created_at=now)]
    _write(person, values)
    db.session.add(person)
    db.session.flush()
    audit.note(person, "recorded", {}, facts(person))
    return person


def update(person: Person, values: PersonValues) -> None:
    """Change what is recorded."""
    with audit.changing(person, facts):
        _write(person, values)


def facts(person: Person) -> audit.Facts:
    """Return what the history of a person tells about her; contact details are concealed in it."""
    return {
        "given_name": person.given_name, "family_name": person.family_name,
        "family_name_first": person.family_name_first, "country": person.country,
        "locality": person.locality, "nationality": person.nationality, "preferred_language": person.preferred_language,
        "is_at_risk": person.is_at_risk,
        "contact_details": [_as_listed(one) for one in person.contact_details],
        "memberships": [_belongs(one) for one in person.memberships],
        "other_names": [f"{one.kind} {one.name}" for one in person.other_names],
        "participations": [one.key for one in person.participations],
    }  # fmt: skip


def _as_listed(detail: ContactDetail) -> str:
    return " ".join(
        filter(None, (detail.type, detail.text, detail.note, str(detail.valid_from), str(detail.valid_until)))
    )


def _belongs(membership: Membership) -> str:
    named = (membership.organization, membership.on_behalf_of)
    dates = (membership.start_date, membership.end_date)
    return ", ".join([one.name for one in named if one] + [str(one) for one in (membership.post, *dates) if one])


def _write(person: Person, values: PersonValues) -> None:
    person.given_name = values["given_name"]
    person.family_name = values["family_name"]
    person.family_name_first = values["family_name_first"]
    person.preferred_language = _language(values["preferred_language"])
    person.country = values["country"]
    person.nationality = values["nationality"]
    person.locality = values["locality"]
    if values["is_at_risk"] is not None:
        person.is_at_risk = values["is_at_risk"]
    _set_contact(person, ContactType.EMAIL, checked(values["email"]) if values["email"] else None)
    _set_contact(person, ContactType.PHONE, values["phone"])
    _set_membership(person, values["organization"], values["post"])


def _language(text: str | None) -> str | None:
    """Return the code of the language that text means. Emails are sent in it, so only known languages are stored."""
    if text is None:
        return None
    code = languages.code_of(text)
    if code is None:
        raise DomainError("preferred_language", N_("“%(typed)s” is not a known language."), typed=text)
    return code


def _set_contact(person: Person, kind: ContactType, value: str | None) -> None:
    known = person.current_contact(kind)
    if known is not None and known.shown is None:
        return  # who does not see a contact detail does not change it
    if value is None:
        if known:
            person.contact_details.remove(known)
    elif known:
        known.value = value
    else:
        person.contact_details.append(ContactDetail(type=kind, value=value))


def _current(person: Person) -> Membership | None:
    return next((one for one in person.memberships if one.end_date is None), None)


def _set_membership(person: Person, organization: Organization | None, post: str | None) -> None:
    known = _current(person)
    if known and organization and known.organization_id == organization.id:
        known.post = post
        return
    if known:
        known.end_date = clock.now().date()
    if organization:
        person.memberships.append(Membership(organization=organization, post=post))
