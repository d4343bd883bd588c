"""Names of a person besides the usual one."""

from typing import TypedDict

from app.domain.accounts import audit
from app.domain.people.people import facts
from app.domain_errors import DomainError
from app.models.people.other_names import ONLY_ONE, NameKind, OtherName
from app.models.people.people import Person
from app.text import N_


class OtherNameValues(TypedDict):
    """What is recorded about a name."""

    kind: NameKind
    name: str


def add(person: Person, values: OtherNameValues) -> OtherName:
    """Record a name of a person, who is found by it from then on.

    Raises DomainError on `kind` if the person already has a name of a kind of which there is only one.
    """
    name = OtherName()
    with audit.changing(person, facts):
        _write(name, person, values)
        person.other_names.append(name)
        person.touch()
    return name


def update(name: OtherName, values: OtherNameValues) -> None:
    """Change a name; raises DomainError as `add` does."""
    with audit.changing(name.person, facts):
        _write(name, name.person, values)
        name.person.touch()


def remove(name: OtherName) -> None:
    """Remove a name."""
    person = name.person
    with audit.changing(person, facts):
        person.other_names.remove(name)
        person.touch()


def _write(name: OtherName, person: Person, values: OtherNameValues) -> None:
    others = [one.kind for one in person.other_names if one is not name]
    if values["kind"] in ONLY_ONE and values["kind"] in others:
        raise DomainError("kind", N_("A name of this kind is already recorded. Edit that one."))
    name.kind = values["kind"]
    name.name = values["name"]
