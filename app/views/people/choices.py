"""Choices of people and organizations."""

import re
from collections.abc import Callable, Sequence

from flask import request

from app import clock
from app.countries import code_of
from app.domain.people import organizations as organization_records
from app.domain.people import tags as tag_records
from app.forms.people.organizations import OrganizationPart
from app.forms.people.tags import TagPart
from app.forms.picking import Choice, PickField
from app.forms.recording import Recording
from app.models.people.organizations import Organization
from app.models.people.people import Person
from app.models.people.tags import Tag
from app.policy import Permission
from app.queries.people import organizations, people, tags
from app.web import choices
from app.web.access import may
from app.web.choices import SUGGESTED
from app.web.templating import locale_tag
from app.wording.custom_fields import tag_name
from app.wording.labels import country_name

_NUMBERED = re.compile(r"(.*) \(#(\d{1,9})\)")
"""A label: a name, and the id that distinguishes people with the same name."""


def offer_organizations(field: PickField, country: str | None) -> None:
    """Let a field find every organization by its name or acronym; the first ones are suggested.

    An unknown one is created with the form, in `country` unless the user chooses another.
    """
    field.choices = _found("")
    field.search = _found
    field.shown = _label
    if field.object_data is not None and field.object_data.removed_at is not None:  # what names it may keep it
        field.choices = [*field.choices, _organization(field.object_data)]
    if may(Permission.ORGANIZATION_EDIT):
        part = OrganizationPart(f"{field.name}-new-", country=country)
        part.country.offer(choices.countries())
        field.recording = Recording(part, lambda name: organization_records.create(part.values(name)))


def offer_tags(field: PickField) -> None:
    """Let a field find every tag by its name; the first ones are suggested. Those who may can record an unknown one."""

    def found(typed: str) -> list[Choice]:
        listed = tags.search(typed, language=locale_tag(), limit=SUGGESTED)
        return [Choice(tag_name(tag), tag, tuple(tag.names.values()), description=_described(tag)) for tag in listed]

    field.choices, field.search = found(""), found
    field.shown = tag_name
    if may(Permission.TAG_EDIT):
        part = TagPart(f"{field.name}-new-")
        field.recording = Recording(part, lambda name: tag_records.create(part.values(name)))


def offer_people(
    field: PickField, search: Callable[..., Sequence[Person]] = people.search, *, limit: int = SUGGESTED
) -> None:
    """Let a field find people by name; the first ones are suggested.

    `search` finds them by what was typed, or by the number in a label.
    """

    def found(typed: str) -> list[Choice]:
        label = _NUMBERED.fullmatch(typed)
        number = int(label[2]) if label else None
        listed = search(label[1] if label else typed, number=number, language=locale_tag(), limit=limit)
        return [Choice(_numbered(one), one, (one.full_name,)) for one in listed]

    field.choices = found("")
    field.search = found
    field.shown = _numbered


def prefilled_organization() -> dict[str, Organization]:
    """Return the organization whose id is in the query string, to fill in the form."""
    number = request.args.get("organization", type=int)
    return {} if number is None else {"organization": organizations.get(number)}


def current_organization(person: Person) -> Organization | None:
    """Return the organization that a person belongs to today, if there is only one."""
    today = clock.now().date()
    current = [one.organization for one in person.memberships if (one.end_date or today) >= today]
    return current[0] if len(current) == 1 else None


def prefilled_person() -> dict[str, Person]:
    """Return the person whose number the address carries, for the form that it opens."""
    number = request.args.get("person", type=int)
    return {} if number is None else {"person": people.get(number)}


def _found(typed: str) -> list[Choice]:
    found = organizations.search(_without_country(typed), language=locale_tag(), limit=SUGGESTED)
    return [_organization(one) for one in found]


def _without_country(typed: str) -> str:
    """Return the typed text without the country at the end of a label."""
    name, _, country = typed.rpartition(" (")
    return name if country.endswith(")") and code_of(country[:-1]) else typed


def _organization(organization: Organization) -> Choice:
    acronym = (organization.acronym,) if organization.acronym else ()
    return Choice(_label(organization), organization, (organization.name, *acronym))


def _label(organization: Organization) -> str:
    return f"{organization.name} ({country_name(organization.country)})"


def _described(tag: Tag) -> str:
    return f"{tag_name(tag)} ({tag.group})" if tag.group else tag_name(tag)


def _numbered(person: Person) -> str:
    return f"{person.full_name} (#{person.id})"
