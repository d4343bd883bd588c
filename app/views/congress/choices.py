"""Choices of delegates, and of people who can join a delegation."""

from functools import partial

from app.forms.picking import Choice, PickField
from app.models.congress.delegations import Delegate, Delegation
from app.queries.congress import delegations
from app.queries.people import people
from app.views.people import choices as people_choices
from app.web.templating import locale_tag


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
    people_choices.offer_people(field, partial(people.not_in, delegation))
