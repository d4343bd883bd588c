"""What a row of an import changes about a person who is already recorded."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from app.domain.accounts import audit
from app.domain.imports.people_rows import PersonRow
from app.domain.people import custom_values
from app.domain.people.people import facts
from app.extensions import db
from app.models.imports.imports import Policy
from app.models.people.custom_fields import CustomField, Value
from app.models.people.memberships import Membership
from app.models.people.other_names import ONLY_ONE, NameKind, OtherName
from app.models.people.people import ContactDetail, ContactType, Person
from app.queries.people import custom_fields as field_queries

_COLUMNS = ("country", "nationality", "locality", "preferred_language")
_NAMES = ("given_name", "family_name")
_ALSO_PHONES = (ContactType.WHATSAPP, ContactType.SIGNAL)
"""Numbers that many lists have among the phone numbers: such a number is not recorded once more."""


@dataclass(slots=True)
class Changes:
    """What is written about a recorded person."""

    columns: dict[str, Any] = field(default_factory=dict)
    contacts: list[tuple[ContactType, str]] = field(default_factory=list)
    other_names: list[tuple[NameKind, str]] = field(default_factory=list)
    adds_membership: bool = False
    post: str | None = None
    """The new post in an organization that she is already a member of."""
    own: dict[str, Value] = field(default_factory=dict)
    """Values of the house's own fields, by the key of the field."""

    @property
    def fields(self) -> list[str]:
        """The names of the facts that change."""
        names = list(self.columns)
        if self.contacts:
            names.append("contact_details")
        if self.other_names:
            names.append("other_names")
        if self.adds_membership or self.post:
            names.append("memberships")
        if self.own:
            names.append("custom_values")
        return names


def changes(
    person: Person,
    row: PersonRow,
    policy: Policy,
    organization_id: int | None,
    *,
    is_new: bool,
    own: Mapping[str, Value],
) -> Changes:
    """Return what a row changes; `is_new` if its organization is only recorded with the import.

    `own` has her values of the house's own fields.
    """
    found = Changes()
    if policy is Policy.LEAVE:
        return found
    for name in (*_COLUMNS, *(_NAMES if policy is Policy.OVERWRITE else ())):
        value, known = getattr(row, name), getattr(person, name)
        if value and value != known and (policy is Policy.OVERWRITE or not known):
            found.columns[name] = value
    for name, value in row.own.items():
        if own.get(name) != value and (policy is Policy.OVERWRITE or own.get(name) is None):
            found.own[name] = value
    known_contacts = {(one.type, one.text.casefold()) for one in person.contact_details}
    known_contacts |= {(ContactType.PHONE, value) for kind, value in known_contacts if kind in _ALSO_PHONES}
    found.contacts = [one for one in row.contacts if (one[0], one[1].casefold()) not in known_contacts]
    found.other_names = [one for one in row.other_names if _is_new(person, *one)]
    if is_new or (organization_id and all(one.organization_id != organization_id for one in person.memberships)):
        found.adds_membership = True
    elif organization_id:
        held = _held(person, organization_id)
        if row.post and row.post != held.post and (policy is Policy.OVERWRITE or not held.post):
            found.post = row.post
    return found


def apply(
    person: Person,
    row: PersonRow,
    found: Changes,
    organization_id: int | None,
    on_behalf_of_id: int | None,
    own: Mapping[str, CustomField],
) -> dict[str, Any]:
    """Write changes with their history, and return what is needed to undo them; `own` has the house's own fields."""
    before: dict[str, Any] = {"columns": {name: getattr(person, name) for name in found.columns}}
    if found.own:
        before["own"] = _stored_own(person, found.own)
        custom_values.record_all(person, {own[name]: value for name, value in found.own.items()})
    added: list[tuple[str, Any]] = [
        ("contact_details", ContactDetail(type=kind, value=value)) for kind, value in found.contacts
    ]
    added += [("other_names", OtherName(kind=kind, name=name)) for kind, name in found.other_names]
    if found.adds_membership:
        membership = Membership(
            organization_id=organization_id, on_behalf_of_id=on_behalf_of_id, post=row.post,
            start_date=row.start_date, end_date=row.end_date,
        )  # fmt: skip
        added.append(("memberships", membership))
    with audit.changing(person, facts):
        for name, value in found.columns.items():
            setattr(person, name, value)
        if found.post and organization_id:
            held = _held(person, organization_id)
            before["post"] = [held.id, held.post]
            held.post = found.post
        for name, part in added:
            getattr(person, name).append(part)
        if found.other_names:
            person.touch()
        db.session.flush()
    before["added"] = [[name, part.id] for name, part in added]
    return before


def _stored_own(person: Person, names: Collection[str]) -> dict[str, str | None]:
    """Return her values of the house's own fields as text."""
    known = {one.field.key: str(one.value) for one in field_queries.of_record(person)}
    return {name: known.get(name) for name in names}


def _is_new(person: Person, kind: NameKind, name: str) -> bool:
    if kind in ONLY_ONE:
        return all(one.kind is not kind for one in person.other_names)
    return all((one.kind, one.name) != (kind, name) for one in person.other_names)


def _held(person: Person, organization_id: int) -> Membership:
    """Return the membership in an organization, preferably one that has not ended."""
    held = [one for one in person.memberships if one.organization_id == organization_id]
    return next((one for one in held if one.end_date is None), held[0])
