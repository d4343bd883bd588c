"""Choices of delegates, and of people who can join a delegation."""

import re

from app.forms.picking import Choice, PickField
from app.models.congress.delegations import Delegate, Delegation
from app.models.people.people import Person
from app.queries.congress import delegations
from app.queries.people import people
from app.web.choices import SUGGESTED
from app.web.templating import locale_tag

_NUMBERED = re.compile(r"(.*) \(#(\d{1,9})\)")
"""A label: a name, and the id that distinguishes people with the same name."""


def offer_delegates(field: PickField, congress_id: int) -> None:
    """Let a field find a delegate of a congress by name."""

    def found(typed: str) -> list[Choice]:
        return [_delegate(one) for one in delegations.find_delegates(congress_id, typed, language=locale_tag())]

    field.choices = found("")
    field.search = found


def _delegate(one: Delegate) -> Choice:
    return Choice(f"{one.person.full_name} (#{one.id})", one, (one.person.full_name,))


def offer_people(field: PickField, delegation: Delegation) -> None:
    """Let a field find everyone who can join a delegation by name; the first ones are suggested."""

    def found(typed: str) -> list[Choice]:
        label = _NUMBERED.fullmatch(typed)
        number = int(label[2]) if label else None
        listed = people.not_in(
            delegation, label[1] if label else typed, number=number, language=locale_tag(), limit=SUGGESTED
        )
        return [_person(one) for one in listed]

    field.choices = found("")
    field.search = found
    field.shown = _label


def _person(person: Person) -> Choice:
    return Choice(_label(person), person, (person.full_name,))


def _label(person: Person) -> str:
    return f"{person.full_name} (#{person.id})"
