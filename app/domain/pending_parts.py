"""Other names and contact details of organizations, as parts of a change that waits.

A part is named by its list and its number, such as `contact_details/7`; one that is to be added has no number yet, as in
`contact_details/new-1`. Its value is what is recorded about it, or None if it is not there.
"""

from collections.abc import Iterable, Mapping
from typing import Any, cast

from sqlalchemy import Table

from app.domain.people import organization_parts
from app.domain.people.organization_parts import OrganizationContactValues, OrganizationNameValues
from app.domain.recording import plain_value, typed
from app.domain_errors import DomainError
from app.models.people.organizations import Organization, OrganizationContact, OrganizationName, OrganizationPart
from app.text import N_

_NEW = "new-"
_FIELDS: dict[str, tuple[type[OrganizationPart], tuple[str, ...]]] = {
    "contact_details": (OrganizationContact, tuple(OrganizationContactValues.__annotations__)),
    "other_names": (OrganizationName, tuple(OrganizationNameValues.__annotations__)),
}


def is_part(name: str) -> bool:
    """Whether a field of a change is a part."""
    return "/" in name


def list_of(name: str) -> str:
    """Return the list that a part is in."""
    return name.partition("/")[0]


def name_of(part: OrganizationPart) -> str:
    """Return the name of a recorded part."""
    kind = next(kind for kind, (model, _) in _FIELDS.items() if isinstance(part, model))
    return f"{kind}/{part.id}"


def new_name(kind: str, known: Iterable[str]) -> str:
    """Return the name of a part that is to be added to a list, different from those that are known."""
    taken = set(known)
    return next(name for number in range(1, len(taken) + 2) if (name := f"{kind}/{_NEW}{number}") not in taken)


def current(organization: Organization, name: str) -> dict[str, Any] | None:
    """Return what is recorded about a part, or None if it is not there."""
    part = _find(organization, name)
    fields = _FIELDS[list_of(name)][1]
    return {field: plain_value(getattr(part, field)) for field in fields} if part else None


def plain(values: Mapping[str, Any] | None) -> dict[str, Any] | None:
    """Return the values of a part as they are stored in a change."""
    return None if values is None else {field: plain_value(value) for field, value in values.items()}


def apply(organization: Organization, after: Mapping[str, Any]) -> dict[str, OrganizationPart | None]:
    """Add, change or remove the parts that a change names; return them, None if they are removed."""
    return {name: _apply(organization, name, value) for name, value in after.items() if is_part(name)}


def _apply(organization: Organization, name: str, stored: Mapping[str, Any] | None) -> OrganizationPart | None:
    part = _find(organization, name)
    if stored is None:
        if part is not None:
            organization_parts.remove(part)
        return None
    if part is None:
        return _added(organization, name, stored)
    _changed(part, stored)
    return part


def _added(organization: Organization, name: str, stored: Mapping[str, Any]) -> OrganizationPart:
    values: Any = _typed(name, stored)
    if list_of(name) == "contact_details":
        return organization_parts.add_contact(organization, values)
    return organization_parts.add_name(organization, values)


def _changed(part: OrganizationPart, stored: Mapping[str, Any]) -> None:
    values: Any = _typed(name_of(part), stored)
    if isinstance(part, OrganizationContact):
        organization_parts.update_contact(part, values)
    else:
        organization_parts.update_name(part, values)


def check_there(organization: Organization, name: str, before: Mapping[str, Any] | None) -> None:
    """Raise DomainError if a part that was there when the change was proposed is not there any more."""
    if before is not None and _find(organization, name) is None:
        raise DomainError(None, N_("What this change is about was removed in the meantime."))


def _typed(name: str, stored: Mapping[str, Any]) -> dict[str, Any]:
    model, fields = _FIELDS[list_of(name)]
    columns = cast("Table", model.__table__).c
    return {field: typed(columns[field], stored[field]) for field in fields}


def _find(organization: Organization, name: str) -> OrganizationPart | None:
    kind, _, number = name.partition("/")
    parts: list[Any] = getattr(organization, kind)
    return next((part for part in parts if str(part.id) == number), None)
