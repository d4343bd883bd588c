"""People and organizations that the text of a pasted list may mean."""

import re
from collections.abc import Collection

from sqlalchemy import or_, select

from app.extensions import db
from app.models.congress.delegations import Delegation
from app.models.people.organizations import Organization
from app.models.people.people import Person
from app.queries.lookup import kept
from app.text import plain, sort_key

_CELLS = re.compile(r"[\t;|,\n]")
_MOST_CELLS = 1500
"""The maximum number of different cells that are looked up as organizations."""


def people_by_id(person_ids: Collection[int]) -> dict[int, Person]:
    """Return people by id."""
    return {one.id: one for one in db.session.scalars(select(Person).where(Person.id.in_(person_ids)))}


def organizations_by_id(organization_ids: Collection[int]) -> dict[int, Organization]:
    """Return organizations by id."""
    found = select(Organization).where(Organization.id.in_(organization_ids))
    return {one.id: one for one in db.session.scalars(found)}


def organizations_by_name(text: str) -> dict[str, Organization]:
    """Return the organizations whose name or acronym appears between separators in a text, by that folded name.

    A name that belongs to several organizations is left out.
    """
    cells = list(dict.fromkeys(cell.strip() for cell in _CELLS.split(text) if plain(cell)))[:_MOST_CELLS]
    return {name: found[0] for name, found in organizations_called(cells).items() if len(found) == 1}


def organizations_called(cells: Collection[str]) -> dict[str, list[Organization]]:
    """Return the organizations with one of these names or acronyms, by folded name."""
    keys, acronyms = {sort_key(cell) for cell in cells}, {cell.upper() for cell in cells if len(cell) <= 80}
    named = select(Organization).where(
        kept(Organization), or_(Organization.sort_key.in_(keys), Organization.acronym.in_(acronyms))
    )
    found: dict[str, list[Organization]] = {}
    for one in db.session.scalars(named.order_by(Organization.id)):
        for name in {plain(one.name), plain(one.acronym or "")} - {""}:
            found.setdefault(name, []).append(one)
    return found


def delegations_of(congress_id: int) -> set[tuple[int, str]]:
    """Return the organization and the country of every delegation to a congress."""
    listed = select(Delegation.organization_id, Delegation.country).where(Delegation.congress_id == congress_id)
    return {(organization_id, country) for organization_id, country in db.session.execute(listed)}
