"""Ways to reach a person."""

from datetime import date
from typing import TypedDict

from app.domain.accounts import audit
from app.domain.people.people import facts
from app.domain.people.periods import check_order
from app.domain_errors import DomainError
from app.email_addresses import fault, normalized
from app.models.people.people import ContactDetail, ContactType, Person


class ContactDetailValues(TypedDict):
    """What is recorded about a contact detail."""

    type: ContactType
    value: str
    note: str | None
    valid_from: date | None
    valid_until: date | None


def add(person: Person, values: ContactDetailValues) -> ContactDetail:
    """Record a contact detail of a person.

    Raises DomainError on `value` if it is not an email address although it should be one, and on `valid_until` if the
    dates are in the wrong order.
    """
    detail = ContactDetail()
    with audit.changing(person, facts):
        _write(detail, values)
        person.contact_details.append(detail)
    return detail


def update(detail: ContactDetail, values: ContactDetailValues) -> None:
    """Change a contact detail; raises DomainError as `add` does."""
    with audit.changing(detail.person, facts):
        _write(detail, values)


def remove(detail: ContactDetail) -> None:
    """Remove a contact detail."""
    person = detail.person
    with audit.changing(person, facts):
        person.contact_details.remove(detail)


def check_value(kind: ContactType, value: str) -> None:
    """Raise DomainError on `value` if it cannot be used for a type."""
    sentence = fault(normalized(value)) if kind is ContactType.EMAIL else None
    if sentence:
        raise DomainError("value", sentence)


def _write(detail: ContactDetail, values: ContactDetailValues) -> None:
    check_value(values["type"], values["value"])
    check_order(values["valid_from"], values["valid_until"], "valid_until")
    detail.type = values["type"]
    detail.value = normalized(values["value"]) if values["type"] is ContactType.EMAIL else values["value"]
    detail.note = values["note"]
    detail.valid_from = values["valid_from"]
    detail.valid_until = values["valid_until"]
