"""Delegates, and people who could become one, to choose from."""

from app.forms.picking import Choice, PickField
from app.models.congress.delegations import Delegate, Delegation
from app.models.people.people import Person
from app.queries.congress import delegations
from app.queries.people import people


def offer_delegates(field: PickField, congress_id: int) -> None:
    """Let a field find a delegate of a congress by name."""
    field.choices = [_delegate(one) for one in delegations.find_delegates(congress_id)]
    field.search = lambda typed: [_delegate(one) for one in delegations.find_delegates(congress_id, typed)]


def _delegate(one: Delegate) -> Choice:
    return Choice(f"{one.person.full_name} (#{one.id})", one, (one.person.full_name,))


def people_for(delegation: Delegation) -> list[Choice]:
    """Return the people who could join a delegation; those of one name are told apart by their number."""
    found = people.not_in(delegation)
    names = [person.full_name for person in found]
    return [_person(person, alone=names.count(person.full_name) == 1) for person in found]


def _person(person: Person, *, alone: bool) -> Choice:
    return Choice(person.full_name if alone else f"{person.full_name} (#{person.id})", person)
